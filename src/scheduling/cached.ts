/**
 * Returns a function that calls `ask` once for all concurrent callers and keeps the answer, or the failure, for `holdsMs`
 * milliseconds.
 */
export function cached<T>(ask: () => Promise<T>, holdsMs: number): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    if (answer === undefined) {
      answer = ask();
      const forget = () => {
        setTimeout(() => {
          answer = undefined;
        }, holdsMs).unref();
      };
      answer.then(forget, forget);
    }
    return answer;
  };
}

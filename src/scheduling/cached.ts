/**
 * A question that costs something, for many who ask: it is asked once for all of them, and its answer, or that there is
 * none, holds for so many milliseconds after it came.
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

/** Returns the body of a request that starts a race, for a race of one repetition: all of them occupy every processor. */
export function withOneRepetition(body: string): string {
  const request = JSON.parse(body);
  request.variables.input.repetitions = 1;
  return JSON.stringify(request);
}

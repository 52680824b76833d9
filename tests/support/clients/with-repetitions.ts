/** Returns the body of a request that starts a race or a benchmark, for this number of repetitions: each occupies every processor. */
export function withRepetitions(body: string, repetitions: number): string {
  const request = JSON.parse(body);
  request.variables.input.repetitions = repetitions;
  return JSON.stringify(request);
}

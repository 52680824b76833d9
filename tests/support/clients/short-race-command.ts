/**
 * Loaded into the command line before its own program: it asks for a race that is as short as can be. A whole one occupies
 * every processor for half a minute.
 */
const send = globalThis.fetch;
const WHOLE = 'runRaceExperiment(input: {minimumMs: 50})';
const SHORT = 'runRaceExperiment(input: {minimumMs: 0, repetitions: 1})';

globalThis.fetch = (url, init) =>
  send(url, typeof init?.body === 'string' ? { ...init, body: init.body.replace(WHOLE, SHORT) } : init);

/** Prints as JSON what the engines read and write in this build: a program of its own, for processes that load no engine. */
import { engineInfo } from './engine-registry.js';

process.stdout.write(JSON.stringify(await engineInfo()));

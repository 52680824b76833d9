import type { Term } from '../lesson.model.js';

/** Words that lessons explain at their first use, one sentence each. */
export const TASK: Term = {
  word: 'Task',
  meaning: 'A piece of work that keeps a processor busy, such as computing a number or an image.',
};
export const EVENT_LOOP: Term = {
  word: 'Event loop',
  meaning:
    'The part of a program that takes the first thing to do from a queue, such as a visitor’s request, and ends it before it takes the next one.',
};
export const THREAD: Term = {
  word: 'Thread',
  meaning: 'A part of a program that can run at the same time as its other parts, on another processor.',
};
export const PROCESSOR: Term = {
  word: 'Processor',
  meaning: 'The part of a computer that computes; it does one thing at a time, and a computer has several.',
};
export const ASYNC_CODE: Term = {
  word: 'Async',
  meaning:
    'A way to write code that starts something and lets the event loop do other things until the result is there.',
};
export const IN_FLIGHT: Term = {
  word: 'In flight',
  meaning: 'A task that has been started and has not ended.',
};
export const WAIT_SHARE: Term = {
  word: 'Wait share',
  meaning:
    'The part of the time of a task in which it waits, such as for a file, and computes nothing. The run measures 0 % and 90 %.',
};
export const LOCK: Term = {
  word: 'Lock',
  meaning: 'Something that one thread can hold at a time; any other thread that wants it has to wait.',
};
export const GIL: Term = {
  word: 'GIL',
  meaning: 'The global interpreter lock of Python: a thread holds it while it computes in Python code.',
};
export const INCREMENT: Term = {
  word: 'Increment',
  meaning: 'Adding 1 to a number in memory, in three steps: load the number, add 1, store the result.',
};
export const ATOMIC: Term = {
  word: 'Atomic',
  meaning: 'Done in one step that no other thread can interrupt.',
};
export const PROCESS: Term = {
  word: 'Process',
  meaning: 'A running program with a memory of its own, which no other process can read.',
};
export const MESSAGE: Term = {
  word: 'Message',
  meaning: 'Bytes that are copied from one process to another: the only way in which they exchange data.',
};
export const WORKER: Term = {
  word: 'Worker',
  meaning: 'A thread or process that computes tasks, one at a time.',
};
export const IDLE: Term = {
  word: 'Idle',
  meaning: 'Having nothing to do.',
};

import { MemoryProgress } from '../../src/progress/memory.progress.js';
import { describeProgress } from './progress-suite.js';

describeProgress('MemoryProgress', async () => {
  const progress = new MemoryProgress();
  return { publisher: progress, subscriber: progress, close: () => progress.close() };
});

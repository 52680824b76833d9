import sharp from 'sharp';

// Disables the threads and the cache of libvips: one worker is one thread, otherwise benchmarks would measure
// libvips.
sharp.concurrency(1);
sharp.cache(false);

export { sharp };

import sharp from 'sharp';

// libvips has threads and a cache of its own. Here one worker is one thread, or the models would measure libvips.
sharp.concurrency(1);
sharp.cache(false);

export { sharp };

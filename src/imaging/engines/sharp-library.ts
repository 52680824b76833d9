import sharp from 'sharp';

// libvips is parallel and caches by itself. Here one worker is one thread, or the models would measure libvips.
sharp.concurrency(1);
sharp.cache(false);

export { sharp };

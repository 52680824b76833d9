import { beforeAll, describe, expect, it } from '@jest/globals';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { inspectImage } from '../../../src/imaging/inspect-image.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { run } from '../../support/fakes/run-engine.js';
import { type RestartJpeg, restartJpeg } from '../../support/images/restart-jpeg.js';
import { difference, paint } from '../../support/images/test-images.js';

const source = paint(64, 96, (x, y) => [x * 4, y * 2, (x ^ y) & 255, 255]);
const inspect = (file: Buffer) => inspectImage(file, DEFAULT_IMAGING_LIMITS);

describe.each(IMAGE_ENGINES)('%s reads a JPEG with restart markers', (engine) => {
  let jpeg: RestartJpeg;
  beforeAll(async () => {
    jpeg = await restartJpeg(source);
  });

  it('in each of twelve intervals, so that their numbers begin anew', async () => {
    const file = jpeg.join(jpeg.intervals);
    expect(await inspect(file)).toMatchObject({ width: 64, height: 96 });
    expect(difference((await run(engine, file)).data, source.data)).toBeLessThan(16);
  });

  it('before whose markers there are fill bytes', async () => {
    const file = jpeg.join(jpeg.intervals.map((each) => Buffer.concat([each, Buffer.from([0xff, 0xff])])));
    expect(await inspect(file)).toMatchObject({ width: 64 });
    expect(difference((await run(engine, file)).data, source.data)).toBeLessThan(16);
  });

  it.each<[string, (jpeg: RestartJpeg) => Buffer]>([
    ['an interval is missing', ({ join, intervals }) => join(intervals.toSpliced(4, 1))],
    [
      'an interval is cut',
      ({ join, intervals }) => join(intervals.with(4, intervals[4]?.subarray(0, 20) as Buffer)),
    ],
    [
      'an interval is overwritten',
      ({ join, intervals }) => join(intervals.with(4, Buffer.alloc(intervals[4]?.length ?? 0, 0x55))),
    ],
    ['a marker is missing', ({ join, intervals }) => cutMarker(join(intervals), 5)],
  ])('refuses it at upload where %s', async (_, damage) => {
    await expect(inspect(damage(jpeg))).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' });
  });
});

/** Removes a restart marker by its number. */
function cutMarker(file: Buffer, number: number): Buffer {
  const at = file.indexOf(Buffer.from([0xff, 0xd0 + number]));
  return Buffer.concat([file.subarray(0, at), file.subarray(at + 2)]);
}

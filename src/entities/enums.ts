import { registerEnumType } from 'type-graphql';
import type { WorkerPool } from '../execution/model.js';
import type {
  ImageEngineName,
  ImageFormat,
  OperationKind,
  ResizeFit,
  WatermarkPosition,
} from '../imaging/operation.js';
import type { JobStatus } from './job-status.js';

/** The GraphQL enums, each held by its type to the union that the rest of the code uses. */

export type EnumOf<Union extends string> = { readonly [Value in Union]: Value };

export function register<Union extends string>(
  name: string,
  description: string,
  values: Record<Union, string>,
): EnumOf<Union> {
  const names = Object.keys(values) as Union[];
  const enumObject = Object.fromEntries(names.map((value) => [value, value])) as EnumOf<Union>;
  const valuesConfig = Object.fromEntries(
    names.map((value) => [value, { description: values[value] }]),
  ) as Record<Union, { description: string }>;
  registerEnumType(enumObject, { name, description, valuesConfig });
  return enumObject;
}

export const ImageFormatEnum = register<ImageFormat>(
  'ImageFormat',
  'A file format. Which engine reads and writes which: `serverInfo.engines`.',
  {
    JPEG: 'Lossy, without transparency.',
    PNG: 'Lossless, with transparency.',
    WEBP: 'Lossy, with transparency.',
    AVIF: 'Lossy, with transparency; small files, slow to write.',
    GIF: '256 colours, transparency on or off.',
    TIFF: 'Lossless, with transparency.',
    BMP: 'Uncompressed.',
  },
);

export const ImageEngineEnum = register<ImageEngineName>('ImageEngine', 'What computes the pixels.', {
  JIMP: 'Pure JavaScript: slow, and what the concurrency benchmarks study.',
  SHARP: 'Native code (libvips): fast.',
});

export const OperationKindEnum = register<OperationKind>('OperationKind', 'What an operation does.', {
  RESIZE: 'Changes width and height.',
  BLUR: 'Gaussian blur.',
  SHARPEN: 'Unsharp mask.',
  GRAYSCALE: 'Takes the colours away.',
  ROTATE: 'Turns clockwise.',
  WATERMARK: 'Draws a text.',
  CONVERT: 'Chooses the format of the result.',
});

export const ResizeFitEnum = register<ResizeFit>(
  'ResizeFit',
  'How a picture meets a box of other proportions.',
  {
    FILL: 'Stretched to exactly the box.',
    CONTAIN: 'Scaled to lie within the box, its proportions kept: one side may come out shorter.',
    COVER: 'Scaled to cover the box, its proportions kept, and cut at the centre to exactly the box.',
  },
);

export const WatermarkPositionEnum = register<WatermarkPosition>(
  'WatermarkPosition',
  'Where a watermark stands.',
  {
    TOP_LEFT: 'Top left corner.',
    TOP_RIGHT: 'Top right corner.',
    CENTER: 'The middle.',
    BOTTOM_LEFT: 'Bottom left corner.',
    BOTTOM_RIGHT: 'Bottom right corner.',
  },
);

export const DatabaseKindEnum = register<'SQLITE' | 'POSTGRESQL'>('DatabaseKind', 'Where the rows live.', {
  SQLITE: 'A file on this machine.',
  POSTGRESQL: 'A PostgreSQL server, shared by any number of machines.',
});

export const JobStatusEnum = register<JobStatus>('JobStatus', 'How far a batch job, or one item of it, is.', {
  QUEUED: 'Waits.',
  PROCESSING: 'Under way.',
  COMPLETED: 'A job: every item ended, at least one with a result. An item: it has a result.',
  FAILED: 'A job: every item ended, none with a result. An item: it has an error.',
  CANCELLED: 'Called off by its owner; `retryJob` takes it up again.',
});

export const WorkerPoolEnum = register<WorkerPool>('WorkerPool', 'What computes the images of a batch job.', {
  THREADS: 'Worker threads, which share memory.',
  PROCESSES: 'Forked processes, each with memory of its own.',
});

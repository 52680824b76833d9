import { registerEnumType } from 'type-graphql';
import type { WorkerPool } from '../execution/model.js';
import type { ImageEngineName } from '../imaging/engine-name.js';
import type { Gravity } from '../imaging/geometry.js';
import type { ImageFormat } from '../imaging/image-format.js';
import { OPERATION_KINDS, type OperationKind } from '../imaging/operation.js';
import type { FlipAxis } from '../imaging/operations/flip.js';
import type { ResizeFit } from '../imaging/operations/resize.js';
import { OPERATIONS } from '../imaging/operations/table.js';
import type { WatermarkPosition } from '../imaging/operations/watermark.js';
import type { JobStatus } from './job-status.js';

/** GraphQL enums; their types require that they match the unions of the other code. */

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
  'A file format. `serverInfo.engines` lists the formats that each engine reads and writes.',
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

export const ImageEngineEnum = register<ImageEngineName>('ImageEngine', 'Library that computes the pixels.', {
  JIMP: 'Pure JavaScript; slow. Concurrency models differ most on it.',
  SHARP: 'Native code (libvips); fast.',
});

export const OperationKindEnum = register<OperationKind>(
  'OperationKind',
  'Kind of an operation.',
  Object.fromEntries(OPERATION_KINDS.map((kind) => [kind, OPERATIONS[kind].summary])) as Record<
    OperationKind,
    string
  >,
);

export const ResizeFitEnum = register<ResizeFit>(
  'ResizeFit',
  'How an image fills a box of another aspect ratio.',
  {
    FILL: 'Stretches to exactly the box.',
    CONTAIN: 'Scales to fit inside the box and keeps the aspect ratio: one side may be shorter.',
    COVER: 'Scales to cover the box, keeps the aspect ratio, and cuts to exactly the box.',
  },
);

export const GravityEnum = register<Gravity>('Gravity', 'The part of an image that is kept when it is cut.', {
  CENTER: 'The middle.',
  TOP: 'The middle of the top edge.',
  BOTTOM: 'The middle of the bottom edge.',
  LEFT: 'The middle of the left edge.',
  RIGHT: 'The middle of the right edge.',
  TOP_LEFT: 'Top left corner.',
  TOP_RIGHT: 'Top right corner.',
  BOTTOM_LEFT: 'Bottom left corner.',
  BOTTOM_RIGHT: 'Bottom right corner.',
  FOCAL_POINT: 'The focal point that the owner set; CENTER without one.',
  ATTENTION: 'The most salient part.',
});

export const FlipAxisEnum = register<FlipAxis>('FlipAxis', 'How an image is mirrored.', {
  HORIZONTAL: 'Left and right change places.',
  VERTICAL: 'Top and bottom change places.',
});

export const WatermarkPositionEnum = register<WatermarkPosition>(
  'WatermarkPosition',
  'Place of a watermark.',
  {
    TOP_LEFT: 'Top left corner.',
    TOP_RIGHT: 'Top right corner.',
    CENTER: 'The middle.',
    BOTTOM_LEFT: 'Bottom left corner.',
    BOTTOM_RIGHT: 'Bottom right corner.',
  },
);

export const DatabaseKindEnum = register<'SQLITE' | 'POSTGRESQL'>('DatabaseKind', 'Kind of database.', {
  SQLITE: 'A file on this machine.',
  POSTGRESQL: 'A PostgreSQL server, shared by any number of machines.',
});

export const JobStatusEnum = register<JobStatus>('JobStatus', 'Status of a batch job or of one item.', {
  QUEUED: 'Waiting for a worker.',
  PROCESSING: 'Running.',
  COMPLETED: 'Ended. A job has at least one result; an item has its result.',
  FAILED: 'Ended without a result. The error of an item says why.',
  CANCELLED: 'Cancelled by its owner; `retryJob` resumes it.',
});

export const WorkerPoolEnum = register<WorkerPool>('WorkerPool', 'Kind of workers that compute the images.', {
  THREADS: 'Worker threads; they share memory.',
  PROCESSES: 'Forked processes; each has memory of its own.',
});

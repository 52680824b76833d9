/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Gaussian blur. */
export type BlurInput = {
  /** Standard deviation in pixels, 0.3 to 100. */
  sigma: number;
};

/** Chooses the format of the result. Of several CONVERT steps the last one counts. */
export type ConvertInput = {
  /** A format that the engine can write: see `serverInfo.engines`. */
  format: ImageFormat;
  /** Upper limit of the file size in bytes: the quality is lowered from 100 until the file fits. PROCESSING_FAILED if the lowest quality is still too large. JPEG, WEBP and AVIF only. */
  maxBytes?: number | null | undefined;
  /** 1 to 100, for JPEG, WEBP and AVIF (default: 80; AVIF: 50). JPEG keeps the full colour resolution (4:4:4) from 90 on, and a quarter of it (4:2:0) below. */
  quality?: number | null | undefined;
};

/** A new API token. */
export type CreateApiTokenInput = {
  /** Lifetime in days, 1 to 365. */
  expiresInDays?: number;
  /** Display name, 1 to 100 characters. */
  name: string;
  /** What it may do. */
  scope?: TokenScope;
};

/** The images of a batch job, what to apply to them, and how. Exactly one of `preset` and `operations`; the job keeps the operations of a preset as they were. */
export type CreateBatchJobInput = {
  /** The engine. Default: the preset's, else SHARP. */
  engine?: ImageEngine | null | undefined;
  /** 1 to 255 characters. A second request of the same user with the same key returns the job of the first, so that a request can be repeated safely. */
  idempotencyKey?: string | null | undefined;
  /** Ids of 1 to `serverInfo.limits.maxBatchImages` of the user's images; each becomes one item. */
  imageIds: Array<string | number>;
  /** 1 to `serverInfo.limits.maxOperations` operations, applied in order. The result of each must stay within the pixel limit. */
  operations?: Array<OperationInput> | null | undefined;
  /** The kind of workers. */
  pool?: WorkerPool;
  /** Name of one of your presets; its operations are used as they are now. */
  preset?: string | null | undefined;
  /** Images that one machine computes at the same time, 1 to `serverInfo.limits.maxWorkers`. A machine with at most as many workers is used completely, with several images in flight for each worker on SHARP. Default: every machine is used completely. */
  workers?: number | null | undefined;
};

/** A box in pixels. `x` and `y` place it, or `gravity` if they are absent. A box that is partly outside the image is BAD_USER_INPUT. */
export type CropInput = {
  /** Place of the box if `x` and `y` are absent. */
  gravity?: Gravity;
  /** Pixels, 1 to 65535. */
  height: number;
  /** Pixels, 1 to 65535. */
  width: number;
  /** Distance of the box from the left edge, in pixels; needs `y`. */
  x?: number | null | undefined;
  /** Distance of the box from the top edge, in pixels; needs `x`. */
  y?: number | null | undefined;
};

/** Adds borders. */
export type ExtendInput = {
  /** Colour of the borders: #RRGGBB or #RRGGBBAA. Default: transparent. */
  background?: string;
  /** Pixels, 0 to 65535. */
  bottom?: number;
  /** Pixels, 0 to 65535. */
  left?: number;
  /** Pixels, 0 to 65535. */
  right?: number;
  /** Pixels, 0 to 65535. */
  top?: number;
};

/** How an image is mirrored. */
export type FlipAxis =
  /** Left and right change places. */
  | 'HORIZONTAL'
  /** Top and bottom change places. */
  | 'VERTICAL';

/** Mirrors the image. */
export type FlipInput = {
  /** HORIZONTAL mirrors left and right, VERTICAL top and bottom. */
  axis?: FlipAxis;
};

/** The part of an image that is kept when it is cut. */
export type Gravity =
  /** The most salient part. */
  | 'ATTENTION'
  /** The middle of the bottom edge. */
  | 'BOTTOM'
  /** Bottom left corner. */
  | 'BOTTOM_LEFT'
  /** Bottom right corner. */
  | 'BOTTOM_RIGHT'
  /** The middle. */
  | 'CENTER'
  /** The focal point that the owner set; CENTER without one. */
  | 'FOCAL_POINT'
  /** The middle of the left edge. */
  | 'LEFT'
  /** The middle of the right edge. */
  | 'RIGHT'
  /** The middle of the top edge. */
  | 'TOP'
  /** Top left corner. */
  | 'TOP_LEFT'
  /** Top right corner. */
  | 'TOP_RIGHT';

/** Library that computes the pixels. */
export type ImageEngine =
  /** Pure JavaScript; slow. Concurrency models differ most on it. */
  | 'JIMP'
  /** Native code (libvips); fast. */
  | 'SHARP';

/** A file format. `serverInfo.engines` lists the formats that each engine reads and writes. */
export type ImageFormat =
  /** Lossy, with transparency; small files, slow to write. */
  | 'AVIF'
  /** Uncompressed. */
  | 'BMP'
  /** 256 colours, transparency on or off. */
  | 'GIF'
  /** Lossy, without transparency. */
  | 'JPEG'
  /** Lossless, with transparency. */
  | 'PNG'
  /** Lossless, with transparency. */
  | 'TIFF'
  /** Lossy, with transparency. */
  | 'WEBP';

/** Status of a batch job or of one item. */
export type JobStatus =
  /** Cancelled by its owner; `retryJob` resumes it. */
  | 'CANCELLED'
  /** Ended. A job has at least one result; an item has its result. */
  | 'COMPLETED'
  /** Ended without a result. The error of an item says why. */
  | 'FAILED'
  /** Running. */
  | 'PROCESSING'
  /** Waiting for a worker. */
  | 'QUEUED';

/** Factors, where 1 changes nothing, and a rotation of the hue. */
export type ModulateInput = {
  /** 0 (black) to 10. */
  brightness?: number;
  /** 0 (grey) to 10. */
  contrast?: number;
  /** Degrees, -360 to 360. */
  hue?: number;
  /** 0 (no colours) to 10. */
  saturation?: number;
};

/** One operation: exactly one field must be set. Operations are applied in the order of the list. */
export type OperationInput =
  {   /** Blurs. */
  blur: BlurInput; convert?: never; crop?: never; extend?: never; flip?: never; grayscale?: never; modulate?: never; resize?: never; rotate?: never; sharpen?: never; trim?: never; watermark?: never; }
  |  { blur?: never;   /** Chooses the format of the result. */
  convert: ConvertInput; crop?: never; extend?: never; flip?: never; grayscale?: never; modulate?: never; resize?: never; rotate?: never; sharpen?: never; trim?: never; watermark?: never; }
  |  { blur?: never; convert?: never;   /** Cuts out a box. */
  crop: CropInput; extend?: never; flip?: never; grayscale?: never; modulate?: never; resize?: never; rotate?: never; sharpen?: never; trim?: never; watermark?: never; }
  |  { blur?: never; convert?: never; crop?: never;   /** Adds borders. */
  extend: ExtendInput; flip?: never; grayscale?: never; modulate?: never; resize?: never; rotate?: never; sharpen?: never; trim?: never; watermark?: never; }
  |  { blur?: never; convert?: never; crop?: never; extend?: never;   /** Mirrors. */
  flip: FlipInput; grayscale?: never; modulate?: never; resize?: never; rotate?: never; sharpen?: never; trim?: never; watermark?: never; }
  |  { blur?: never; convert?: never; crop?: never; extend?: never; flip?: never;   /** Removes the colours. Takes `true`: it has no parameters. */
  grayscale: boolean; modulate?: never; resize?: never; rotate?: never; sharpen?: never; trim?: never; watermark?: never; }
  |  { blur?: never; convert?: never; crop?: never; extend?: never; flip?: never; grayscale?: never;   /** Changes brightness, contrast and colours. */
  modulate: ModulateInput; resize?: never; rotate?: never; sharpen?: never; trim?: never; watermark?: never; }
  |  { blur?: never; convert?: never; crop?: never; extend?: never; flip?: never; grayscale?: never; modulate?: never;   /** Changes width and height. */
  resize: ResizeInput; rotate?: never; sharpen?: never; trim?: never; watermark?: never; }
  |  { blur?: never; convert?: never; crop?: never; extend?: never; flip?: never; grayscale?: never; modulate?: never; resize?: never;   /** Rotates clockwise. */
  rotate: RotateInput; sharpen?: never; trim?: never; watermark?: never; }
  |  { blur?: never; convert?: never; crop?: never; extend?: never; flip?: never; grayscale?: never; modulate?: never; resize?: never; rotate?: never;   /** Sharpens. */
  sharpen: SharpenInput; trim?: never; watermark?: never; }
  |  { blur?: never; convert?: never; crop?: never; extend?: never; flip?: never; grayscale?: never; modulate?: never; resize?: never; rotate?: never; sharpen?: never;   /** Removes borders of one colour. */
  trim: TrimInput; watermark?: never; }
  |  { blur?: never; convert?: never; crop?: never; extend?: never; flip?: never; grayscale?: never; modulate?: never; resize?: never; rotate?: never; sharpen?: never; trim?: never;   /** Draws a text. */
  watermark: WatermarkInput; };

/** Kind of an operation. */
export type OperationKind =
  /** Gaussian blur. */
  | 'BLUR'
  /** Chooses the format of the result. */
  | 'CONVERT'
  /** Cuts out a box. */
  | 'CROP'
  /** Adds borders. */
  | 'EXTEND'
  /** Mirrors left and right, or top and bottom. */
  | 'FLIP'
  /** Removes the colours and keeps the luminance. */
  | 'GRAYSCALE'
  /** Changes brightness, saturation, contrast and hue. */
  | 'MODULATE'
  /** Changes width and height. */
  | 'RESIZE'
  /** Rotates clockwise; the canvas grows to hold the whole image. */
  | 'ROTATE'
  /** Sharpens by an unsharp mask. */
  | 'SHARPEN'
  /** Removes borders of the colour of the top left pixel. */
  | 'TRIM'
  /** Draws a line of text, white with a dark edge, sized to the image. */
  | 'WATERMARK';

/** An image and what to apply to it. Exactly one of `preset` and `operations`. */
export type ProcessImageInput = {
  /** The engine. Default: the preset's, else SHARP. */
  engine?: ImageEngine | null | undefined;
  /** Id of one of the user's images. */
  imageId: string | number;
  /** 1 to `serverInfo.limits.maxOperations` operations, applied in order. The result of each must stay within the pixel limit. */
  operations?: Array<OperationInput> | null | undefined;
  /** Name of one of your presets; its operations are used as they are now. */
  preset?: string | null | undefined;
};

/** How an image fills a box of another aspect ratio. */
export type ResizeFit =
  /** Scales to fit inside the box and keeps the aspect ratio: one side may be shorter. */
  | 'CONTAIN'
  /** Scales to cover the box, keeps the aspect ratio, and cuts to exactly the box. */
  | 'COVER'
  /** Stretches to exactly the box. */
  | 'FILL';

/** Pixels. With one side only, the aspect ratio is kept. */
export type ResizeInput = {
  /** Whether the result may be larger than the source. If false, no side becomes longer than in the source; with COVER the result keeps the aspect ratio of the box. */
  enlarge?: boolean;
  /** How the image fills a box with another aspect ratio. FILL stretches. */
  fit?: ResizeFit;
  /** The part that COVER keeps. */
  gravity?: Gravity;
  /** Pixels, 1 to 65535. */
  height?: number | null | undefined;
  /** Pixels, 1 to 65535. */
  width?: number | null | undefined;
};

/** Clockwise; the canvas grows to hold the whole image. */
export type RotateInput = {
  /** Colour of the new corners: #RRGGBB or #RRGGBBAA. Default: transparent. */
  background?: string;
  /** Degrees, -360 to 360. */
  degrees: number;
};

/** A preset to save. */
export type SavePresetInput = {
  /** The engine, unless a request names another one. */
  engine?: ImageEngine;
  /** 1 to 64 characters, each one of a-z, 0-9, - and _. */
  name: string;
  /** 1 to `serverInfo.limits.maxOperations` operations, applied in order. */
  operations: Array<OperationInput>;
};

/** Unsharp mask. */
export type SharpenInput = {
  /** 0 to 10: 0 leaves the image as it is, 1 is the usual strength. */
  amount?: number;
};

/** What an API token may do. */
export type TokenScope =
  /** Queries, subscriptions and downloads. */
  | 'READ'
  /** What READ may do, and mutations. */
  | 'WRITE';

/** Removes borders of the colour of the top left pixel. An image of one colour stays as it is. Limits assume that the result is as large as the input, because its size is not known in advance. */
export type TrimInput = {
  /** Largest difference of a channel that still counts as border, 0 to 255. */
  threshold?: number;
};

/** The recipe of a variant. Exactly one of `preset` and `operations`. */
export type VariantInput = {
  /** Chooses the format by the client's Accept header: AVIF, else WEBP, else the format without it. Animations become WEBP. Engine SHARP only, and not together with `convert`. */
  autoFormat?: boolean;
  /** The engine. Default: the preset's, else SHARP. */
  engine?: ImageEngine | null | undefined;
  /** 1 to `serverInfo.limits.maxOperations` operations, applied in order. The result of each must stay within the pixel limit. */
  operations?: Array<OperationInput> | null | undefined;
  /** Name of one of your presets; its operations are used as they are now. */
  preset?: string | null | undefined;
};

/** A line of text, white with a dark edge, sized to the image. Where it is too long for the image, its end is cut off. */
export type WatermarkInput = {
  /** 0 (invisible) to 1 (opaque). */
  opacity?: number;
  /** Place of the text. */
  position?: WatermarkPosition;
  /** 1 to 100 characters of Latin, Greek or Cyrillic, digits and common punctuation. */
  text: string;
};

/** Place of a watermark. */
export type WatermarkPosition =
  /** Bottom left corner. */
  | 'BOTTOM_LEFT'
  /** Bottom right corner. */
  | 'BOTTOM_RIGHT'
  /** The middle. */
  | 'CENTER'
  /** Top left corner. */
  | 'TOP_LEFT'
  /** Top right corner. */
  | 'TOP_RIGHT';

/** Kind of workers that compute the images. */
export type WorkerPool =
  /** Forked processes; each has memory of its own. */
  | 'PROCESSES'
  /** Worker threads; they share memory. */
  | 'THREADS';

export type ImageTileFragment = { id: string, filename: string, format: ImageFormat, width: number, height: number, byteSize: number, createdAt: string, thumbHash: string | null, thumbnailUrl: string };

export type UsageQueryVariables = Exact<{ [key: string]: never; }>;


export type UsageQuery = { me: { usage: { imageCount: number, imageBytes: number, imageBytesLimit: number } } };

export type ImageTileQueryVariables = Exact<{
  id: string | number;
}>;


export type ImageTileQuery = { image: { id: string, filename: string, format: ImageFormat, width: number, height: number, byteSize: number, createdAt: string, thumbHash: string | null, thumbnailUrl: string } };

export type ImagesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type ImagesQuery = { images: { totalCount: number, edges: Array<{ node: { id: string, filename: string, format: ImageFormat, width: number, height: number, byteSize: number, createdAt: string, thumbHash: string | null, thumbnailUrl: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type UploadImageMutationVariables = Exact<{
  file: Blob;
}>;


export type UploadImageMutation = { uploadImage: { id: string, filename: string, format: ImageFormat, width: number, height: number, byteSize: number, createdAt: string, thumbHash: string | null, thumbnailUrl: string } };

export type DeleteImagesMutationVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type DeleteImagesMutation = { deleteImages: Array<string> };

export type AccountQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountQuery = { me: { createdAt: string, usage: { imageCount: number, imageBytes: number, imageBytesLimit: number } }, sessions: Array<{ id: string, createdAt: string, lastUsedAt: string, userAgent: string | null, address: string | null, current: boolean }>, apiTokens: Array<{ id: string, name: string, scope: TokenScope, createdAt: string, lastUsedAt: string | null, expiresAt: string | null }> };

export type RevokeSessionMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeSessionMutation = { revokeSession: string };

export type RevokeOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type RevokeOtherSessionsMutation = { revokeOtherSessions: number };

export type CreateApiTokenMutationVariables = Exact<{
  input: CreateApiTokenInput;
}>;


export type CreateApiTokenMutation = { createApiToken: { token: string } };

export type RevokeApiTokenMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeApiTokenMutation = { revokeApiToken: string };

export type DeleteAccountMutationVariables = Exact<{
  password: string;
}>;


export type DeleteAccountMutation = { deleteAccount: boolean };

export type JobRowFragment = { id: string, status: JobStatus, engine: ImageEngine, pool: WorkerPool, workers: number, totalCount: number, completedCount: number, failedCount: number, cancelledCount: number, progress: number, createdAt: string, startedAt: string | null, durationMs: number | null, resultUrl: string | null, operations: Array<{ kind: OperationKind, params: Record<string, unknown> }> };

export type JobsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  status?: JobStatus | null | undefined;
  hasFailures?: boolean | null | undefined;
}>;


export type JobsQuery = { jobs: { totalCount: number, edges: Array<{ node: { id: string, status: JobStatus, engine: ImageEngine, pool: WorkerPool, workers: number, totalCount: number, completedCount: number, failedCount: number, cancelledCount: number, progress: number, createdAt: string, startedAt: string | null, durationMs: number | null, resultUrl: string | null, operations: Array<{ kind: OperationKind, params: Record<string, unknown> }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type JobQueryVariables = Exact<{
  id: string | number;
}>;


export type JobQuery = { job: { id: string, status: JobStatus, engine: ImageEngine, pool: WorkerPool, workers: number, totalCount: number, completedCount: number, failedCount: number, cancelledCount: number, progress: number, createdAt: string, startedAt: string | null, durationMs: number | null, resultUrl: string | null, operations: Array<{ kind: OperationKind, params: Record<string, unknown> }> } };

export type JobProgressSubscriptionVariables = Exact<{
  jobId: string | number;
}>;


export type JobProgressSubscription = { jobProgress: { seq: number, status: JobStatus, totalCount: number, completedCount: number, failedCount: number, items: Array<{ position: number, status: JobStatus, durationMs: number | null, error: { code: string, message: string } | null }> } };

export type CreateBatchJobMutationVariables = Exact<{
  input: CreateBatchJobInput;
}>;


export type CreateBatchJobMutation = { createBatchJob: { id: string } };

export type CancelJobMutationVariables = Exact<{
  id: string | number;
}>;


export type CancelJobMutation = { cancelJob: { id: string } };

export type RetryJobMutationVariables = Exact<{
  id: string | number;
  codes?: Array<string> | string | null | undefined;
}>;


export type RetryJobMutation = { retryJob: { id: string } };

export type JobItemCursorsQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type JobItemCursorsQuery = { job: { id: string, items: { edges: Array<{ cursor: string }> } } };

export type JobItemQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type JobItemQuery = { job: { id: string, items: { edges: Array<{ node: { position: number, status: JobStatus, durationMs: number | null, error: { code: string, message: string } | null, attemptSpans: Array<{ number: number, startedAt: string, finishedAt: string | null, error: { code: string, message: string } | null }>, image: { id: string, filename: string, format: ImageFormat, width: number, height: number, byteSize: number, createdAt: string, thumbHash: string | null, thumbnailUrl: string } | null, result: { id: string, filename: string, format: ImageFormat, width: number, height: number, byteSize: number, createdAt: string, thumbHash: string | null, thumbnailUrl: string } | null } }> } } };

export type JobItemDetailFragment = { position: number, status: JobStatus, durationMs: number | null, error: { code: string, message: string } | null, attemptSpans: Array<{ number: number, startedAt: string, finishedAt: string | null, error: { code: string, message: string } | null }>, image: { id: string, filename: string, format: ImageFormat, width: number, height: number, byteSize: number, createdAt: string, thumbHash: string | null, thumbnailUrl: string } | null, result: { id: string, filename: string, format: ImageFormat, width: number, height: number, byteSize: number, createdAt: string, thumbHash: string | null, thumbnailUrl: string } | null };

export type EditedImageQueryVariables = Exact<{
  id: string | number;
}>;


export type EditedImageQuery = { image: { id: string, filename: string, format: ImageFormat, width: number, height: number, byteSize: number, frames: number, createdAt: string, url: string, thumbHash: string | null, engine: ImageEngine | null, durationMs: number | null, originalPreview: string, focalPoint: { x: number, y: number } | null, operations: Array<{ kind: OperationKind, params: Record<string, unknown> }>, source: { id: string, filename: string } | null }, serverInfo: { engines: Array<{ engine: ImageEngine, reads: Array<ImageFormat>, writes: Array<ImageFormat> }>, limits: { maxAnimationPixels: number, maxBatchImages: number, maxOperations: number, maxPixels: number } } };

export type ImageInfoQueryVariables = Exact<{
  id: string | number;
}>;


export type ImageInfoQuery = { image: { id: string, info: { bitDepth: number | null, cameraMake: string | null, cameraModel: string | null, colorSpace: string | null, density: number | null, dominantColor: string | null, hasAlpha: boolean, profile: string | null, takenAt: string | null } } };

export type PreviewUrlQueryVariables = Exact<{
  id: string | number;
  input: VariantInput;
}>;


export type PreviewUrlQuery = { image: { id: string, variantUrl: string } };

export type SaveImageMutationVariables = Exact<{
  input: ProcessImageInput;
}>;


export type SaveImageMutation = { processImage: { id: string, filename: string, format: ImageFormat, width: number, height: number, byteSize: number, createdAt: string, thumbHash: string | null, thumbnailUrl: string } };

export type SetFocalPointMutationVariables = Exact<{
  imageId: string | number;
  x?: number | null | undefined;
  y?: number | null | undefined;
}>;


export type SetFocalPointMutation = { setFocalPoint: { id: string, focalPoint: { x: number, y: number } | null } };

export type PresetRowFragment = { name: string, engine: ImageEngine, operations: Array<{ kind: OperationKind, params: Record<string, unknown> }> };

export type PresetsQueryVariables = Exact<{ [key: string]: never; }>;


export type PresetsQuery = { presets: Array<{ name: string, engine: ImageEngine, operations: Array<{ kind: OperationKind, params: Record<string, unknown> }> }> };

export type SavePresetMutationVariables = Exact<{
  input: SavePresetInput;
}>;


export type SavePresetMutation = { savePreset: { name: string, engine: ImageEngine, operations: Array<{ kind: OperationKind, params: Record<string, unknown> }> } };

export type DeletePresetMutationVariables = Exact<{
  name: string;
}>;


export type DeletePresetMutation = { deletePreset: string };

export type ImageIdsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type ImageIdsQuery = { images: { edges: Array<{ node: { id: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const JobRowFragmentDoc = new TypedDocumentString(`
    fragment JobRow on Job {
  id
  status
  engine
  pool
  workers
  totalCount
  completedCount
  failedCount
  cancelledCount
  progress
  createdAt
  startedAt
  durationMs
  resultUrl
  operations {
    kind
    params
  }
}
    `, {"fragmentName":"JobRow"}) as unknown as TypedDocumentString<JobRowFragment, unknown>;
export const ImageTileFragmentDoc = new TypedDocumentString(`
    fragment ImageTile on Image {
  id
  filename
  format
  width
  height
  byteSize
  createdAt
  thumbHash
  thumbnailUrl: variantUrl(
    input: {operations: [{resize: {width: 480, height: 360, fit: COVER, gravity: FOCAL_POINT, enlarge: false}}], autoFormat: true}
  )
}
    `, {"fragmentName":"ImageTile"}) as unknown as TypedDocumentString<ImageTileFragment, unknown>;
export const JobItemDetailFragmentDoc = new TypedDocumentString(`
    fragment JobItemDetail on JobItem {
  position
  status
  durationMs
  error {
    code
    message
  }
  attemptSpans {
    number
    startedAt
    finishedAt
    error {
      code
      message
    }
  }
  image {
    ...ImageTile
  }
  result {
    ...ImageTile
  }
}
    fragment ImageTile on Image {
  id
  filename
  format
  width
  height
  byteSize
  createdAt
  thumbHash
  thumbnailUrl: variantUrl(
    input: {operations: [{resize: {width: 480, height: 360, fit: COVER, gravity: FOCAL_POINT, enlarge: false}}], autoFormat: true}
  )
}`, {"fragmentName":"JobItemDetail"}) as unknown as TypedDocumentString<JobItemDetailFragment, unknown>;
export const PresetRowFragmentDoc = new TypedDocumentString(`
    fragment PresetRow on Preset {
  name
  engine
  operations {
    kind
    params
  }
}
    `, {"fragmentName":"PresetRow"}) as unknown as TypedDocumentString<PresetRowFragment, unknown>;
export const UsageDocument = new TypedDocumentString(`
    query Usage {
  me {
    usage {
      imageCount
      imageBytes
      imageBytesLimit
    }
  }
}
    `) as unknown as TypedDocumentString<UsageQuery, UsageQueryVariables>;
export const ImageTileDocument = new TypedDocumentString(`
    query ImageTile($id: ID!) {
  image(id: $id) {
    ...ImageTile
  }
}
    fragment ImageTile on Image {
  id
  filename
  format
  width
  height
  byteSize
  createdAt
  thumbHash
  thumbnailUrl: variantUrl(
    input: {operations: [{resize: {width: 480, height: 360, fit: COVER, gravity: FOCAL_POINT, enlarge: false}}], autoFormat: true}
  )
}`) as unknown as TypedDocumentString<ImageTileQuery, ImageTileQueryVariables>;
export const ImagesDocument = new TypedDocumentString(`
    query Images($first: Int!, $after: String) {
  images(first: $first, after: $after) {
    edges {
      node {
        ...ImageTile
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
    fragment ImageTile on Image {
  id
  filename
  format
  width
  height
  byteSize
  createdAt
  thumbHash
  thumbnailUrl: variantUrl(
    input: {operations: [{resize: {width: 480, height: 360, fit: COVER, gravity: FOCAL_POINT, enlarge: false}}], autoFormat: true}
  )
}`) as unknown as TypedDocumentString<ImagesQuery, ImagesQueryVariables>;
export const UploadImageDocument = new TypedDocumentString(`
    mutation UploadImage($file: Upload!) {
  uploadImage(file: $file) {
    ...ImageTile
  }
}
    fragment ImageTile on Image {
  id
  filename
  format
  width
  height
  byteSize
  createdAt
  thumbHash
  thumbnailUrl: variantUrl(
    input: {operations: [{resize: {width: 480, height: 360, fit: COVER, gravity: FOCAL_POINT, enlarge: false}}], autoFormat: true}
  )
}`) as unknown as TypedDocumentString<UploadImageMutation, UploadImageMutationVariables>;
export const DeleteImagesDocument = new TypedDocumentString(`
    mutation DeleteImages($ids: [ID!]!) {
  deleteImages(ids: $ids)
}
    `) as unknown as TypedDocumentString<DeleteImagesMutation, DeleteImagesMutationVariables>;
export const AccountDocument = new TypedDocumentString(`
    query Account {
  me {
    createdAt
    usage {
      imageCount
      imageBytes
      imageBytesLimit
    }
  }
  sessions {
    id
    createdAt
    lastUsedAt
    userAgent
    address
    current
  }
  apiTokens {
    id
    name
    scope
    createdAt
    lastUsedAt
    expiresAt
  }
}
    `) as unknown as TypedDocumentString<AccountQuery, AccountQueryVariables>;
export const RevokeSessionDocument = new TypedDocumentString(`
    mutation RevokeSession($id: ID!) {
  revokeSession(id: $id)
}
    `) as unknown as TypedDocumentString<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const RevokeOtherSessionsDocument = new TypedDocumentString(`
    mutation RevokeOtherSessions {
  revokeOtherSessions
}
    `) as unknown as TypedDocumentString<RevokeOtherSessionsMutation, RevokeOtherSessionsMutationVariables>;
export const CreateApiTokenDocument = new TypedDocumentString(`
    mutation CreateApiToken($input: CreateApiTokenInput!) {
  createApiToken(input: $input) {
    token
  }
}
    `) as unknown as TypedDocumentString<CreateApiTokenMutation, CreateApiTokenMutationVariables>;
export const RevokeApiTokenDocument = new TypedDocumentString(`
    mutation RevokeApiToken($id: ID!) {
  revokeApiToken(id: $id)
}
    `) as unknown as TypedDocumentString<RevokeApiTokenMutation, RevokeApiTokenMutationVariables>;
export const DeleteAccountDocument = new TypedDocumentString(`
    mutation DeleteAccount($password: String!) {
  deleteAccount(password: $password)
}
    `) as unknown as TypedDocumentString<DeleteAccountMutation, DeleteAccountMutationVariables>;
export const JobsDocument = new TypedDocumentString(`
    query Jobs($first: Int!, $after: String, $status: JobStatus, $hasFailures: Boolean) {
  jobs(first: $first, after: $after, status: $status, hasFailures: $hasFailures) {
    edges {
      node {
        ...JobRow
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
    fragment JobRow on Job {
  id
  status
  engine
  pool
  workers
  totalCount
  completedCount
  failedCount
  cancelledCount
  progress
  createdAt
  startedAt
  durationMs
  resultUrl
  operations {
    kind
    params
  }
}`) as unknown as TypedDocumentString<JobsQuery, JobsQueryVariables>;
export const JobDocument = new TypedDocumentString(`
    query Job($id: ID!) {
  job(id: $id) {
    ...JobRow
  }
}
    fragment JobRow on Job {
  id
  status
  engine
  pool
  workers
  totalCount
  completedCount
  failedCount
  cancelledCount
  progress
  createdAt
  startedAt
  durationMs
  resultUrl
  operations {
    kind
    params
  }
}`) as unknown as TypedDocumentString<JobQuery, JobQueryVariables>;
export const JobProgressDocument = new TypedDocumentString(`
    subscription JobProgress($jobId: ID!) {
  jobProgress(jobId: $jobId) {
    seq
    status
    totalCount
    completedCount
    failedCount
    items {
      position
      status
      durationMs
      error {
        code
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<JobProgressSubscription, JobProgressSubscriptionVariables>;
export const CreateBatchJobDocument = new TypedDocumentString(`
    mutation CreateBatchJob($input: CreateBatchJobInput!) {
  createBatchJob(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<CreateBatchJobMutation, CreateBatchJobMutationVariables>;
export const CancelJobDocument = new TypedDocumentString(`
    mutation CancelJob($id: ID!) {
  cancelJob(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<CancelJobMutation, CancelJobMutationVariables>;
export const RetryJobDocument = new TypedDocumentString(`
    mutation RetryJob($id: ID!, $codes: [String!]) {
  retryJob(id: $id, codes: $codes) {
    id
  }
}
    `) as unknown as TypedDocumentString<RetryJobMutation, RetryJobMutationVariables>;
export const JobItemCursorsDocument = new TypedDocumentString(`
    query JobItemCursors($id: ID!, $after: String) {
  job(id: $id) {
    id
    items(first: 100, after: $after) {
      edges {
        cursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<JobItemCursorsQuery, JobItemCursorsQueryVariables>;
export const JobItemDocument = new TypedDocumentString(`
    query JobItem($id: ID!, $after: String) {
  job(id: $id) {
    id
    items(first: 1, after: $after) {
      edges {
        node {
          ...JobItemDetail
        }
      }
    }
  }
}
    fragment ImageTile on Image {
  id
  filename
  format
  width
  height
  byteSize
  createdAt
  thumbHash
  thumbnailUrl: variantUrl(
    input: {operations: [{resize: {width: 480, height: 360, fit: COVER, gravity: FOCAL_POINT, enlarge: false}}], autoFormat: true}
  )
}
fragment JobItemDetail on JobItem {
  position
  status
  durationMs
  error {
    code
    message
  }
  attemptSpans {
    number
    startedAt
    finishedAt
    error {
      code
      message
    }
  }
  image {
    ...ImageTile
  }
  result {
    ...ImageTile
  }
}`) as unknown as TypedDocumentString<JobItemQuery, JobItemQueryVariables>;
export const EditedImageDocument = new TypedDocumentString(`
    query EditedImage($id: ID!) {
  image(id: $id) {
    id
    filename
    format
    width
    height
    byteSize
    frames
    createdAt
    url
    thumbHash
    focalPoint {
      x
      y
    }
    engine
    durationMs
    operations {
      kind
      params
    }
    source {
      id
      filename
    }
    originalPreview: variantUrl(
      input: {operations: [{resize: {width: 2560, height: 2560, fit: CONTAIN, enlarge: false}}, {convert: {format: WEBP, quality: 92}}]}
    )
  }
  serverInfo {
    engines {
      engine
      reads
      writes
    }
    limits {
      maxAnimationPixels
      maxBatchImages
      maxOperations
      maxPixels
    }
  }
}
    `) as unknown as TypedDocumentString<EditedImageQuery, EditedImageQueryVariables>;
export const ImageInfoDocument = new TypedDocumentString(`
    query ImageInfo($id: ID!) {
  image(id: $id) {
    id
    info {
      bitDepth
      cameraMake
      cameraModel
      colorSpace
      density
      dominantColor
      hasAlpha
      profile
      takenAt
    }
  }
}
    `) as unknown as TypedDocumentString<ImageInfoQuery, ImageInfoQueryVariables>;
export const PreviewUrlDocument = new TypedDocumentString(`
    query PreviewUrl($id: ID!, $input: VariantInput!) {
  image(id: $id) {
    id
    variantUrl(input: $input)
  }
}
    `) as unknown as TypedDocumentString<PreviewUrlQuery, PreviewUrlQueryVariables>;
export const SaveImageDocument = new TypedDocumentString(`
    mutation SaveImage($input: ProcessImageInput!) {
  processImage(input: $input) {
    ...ImageTile
  }
}
    fragment ImageTile on Image {
  id
  filename
  format
  width
  height
  byteSize
  createdAt
  thumbHash
  thumbnailUrl: variantUrl(
    input: {operations: [{resize: {width: 480, height: 360, fit: COVER, gravity: FOCAL_POINT, enlarge: false}}], autoFormat: true}
  )
}`) as unknown as TypedDocumentString<SaveImageMutation, SaveImageMutationVariables>;
export const SetFocalPointDocument = new TypedDocumentString(`
    mutation SetFocalPoint($imageId: ID!, $x: Float, $y: Float) {
  setFocalPoint(imageId: $imageId, x: $x, y: $y) {
    id
    focalPoint {
      x
      y
    }
  }
}
    `) as unknown as TypedDocumentString<SetFocalPointMutation, SetFocalPointMutationVariables>;
export const PresetsDocument = new TypedDocumentString(`
    query Presets {
  presets {
    ...PresetRow
  }
}
    fragment PresetRow on Preset {
  name
  engine
  operations {
    kind
    params
  }
}`) as unknown as TypedDocumentString<PresetsQuery, PresetsQueryVariables>;
export const SavePresetDocument = new TypedDocumentString(`
    mutation SavePreset($input: SavePresetInput!) {
  savePreset(input: $input) {
    ...PresetRow
  }
}
    fragment PresetRow on Preset {
  name
  engine
  operations {
    kind
    params
  }
}`) as unknown as TypedDocumentString<SavePresetMutation, SavePresetMutationVariables>;
export const DeletePresetDocument = new TypedDocumentString(`
    mutation DeletePreset($name: String!) {
  deletePreset(name: $name)
}
    `) as unknown as TypedDocumentString<DeletePresetMutation, DeletePresetMutationVariables>;
export const ImageIdsDocument = new TypedDocumentString(`
    query ImageIds($first: Int!, $after: String) {
  images(first: $first, after: $after) {
    edges {
      node {
        id
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ImageIdsQuery, ImageIdsQueryVariables>;
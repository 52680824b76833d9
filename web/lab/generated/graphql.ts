/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Values for the lists that a request omits. */
export type BenchmarkPreset =
  /** 10, 50, 100 images x 1, 2, 4, 8 workers x SYNC, THREADS_LOCKED, PROCESSES, THREADS = 48 cells. */
  | 'MATRIX'
  /** About 90 seconds on two processors: all five models on 6 images, JIMP first, then SHARP; SYNC once for each engine, the others with 2 workers and with one for each processor. */
  | 'QUICK';

/** State of a benchmark. */
export type BenchmarkStatus =
  /** Cancelled by its owner; the samples measured before are kept. */
  | 'CANCELLED'
  /** Every sample has been measured. */
  | 'COMPLETED'
  /** Ended by an error; the samples measured before it are kept. */
  | 'FAILED'
  /** Waiting: a machine runs one benchmark at a time. */
  | 'QUEUED'
  /** Being measured; continues after a restart of the server. */
  | 'RUNNING';

/** Reasons why the measured figures may be unreliable. */
export type BenchmarkWarning =
  /** Other programs used more than 10 % of the processors during at least one sample. */
  | 'BUSY_MACHINE'
  /** The standard deviation of the samples is more than 10 % of their mean. */
  | 'NOISY'
  /** The bytes of the results differ from those of the other models, so the cell is void. */
  | 'OUTPUT_MISMATCH'
  /** More threads compute than there are processors. */
  | 'OVERSUBSCRIBED'
  /** A CPU quota stopped the process during at least one sample. */
  | 'THROTTLED'
  /** Fewer than 4 worker counts up to the number of processors: no curve is fitted. */
  | 'TOO_FEW_POINTS'
  /** Fewer than 5 samples: there is no 95 % interval. */
  | 'TOO_FEW_SAMPLES'
  /** The batch is so short that the clock and the dispatch of the tasks affect its time. */
  | 'TOO_SHORT';

/** Gaussian blur. */
export type BlurInput = {
  /** Standard deviation in pixels, 0.3 to 100. */
  sigma: number;
};

/** How a cell compares with the baseline. */
export type ComparisonVerdict =
  /** Significantly faster. */
  | 'FASTER'
  /** Not decided by the samples, or the cell is void (OUTPUT_MISMATCH) on either side. */
  | 'INCONCLUSIVE'
  /** Equal within 5 %. */
  | 'INDISTINGUISHABLE'
  /** Significantly slower. */
  | 'SLOWER';

/** How a batch of CPU-bound tasks is run. */
export type ConcurrencyModel =
  /** Several tasks in flight on one event loop; only native code and waiting overlap. */
  | 'ASYNC'
  /** Forked processes; every task and result is copied between them. */
  | 'PROCESSES'
  /** One task after another on one event loop. */
  | 'SYNC'
  /** Worker threads on shared memory without a lock, as in free-threaded Python. */
  | 'THREADS'
  /** Worker threads that hold one global lock while they compute, as Python threads do with the GIL. */
  | 'THREADS_LOCKED';

/** Chooses the format of the result. Of several CONVERT steps the last one counts. */
export type ConvertInput = {
  /** A format that the engine can write: see `serverInfo.engines`. */
  format: ImageFormat;
  /** Upper limit of the file size in bytes: the quality is lowered from 100 until the file fits. PROCESSING_FAILED if the lowest quality is still too large. JPEG, WEBP and AVIF only. */
  maxBytes?: number | null | undefined;
  /** 1 to 100, for JPEG, WEBP and AVIF (default: 80; AVIF: 50). JPEG keeps the full colour resolution (4:4:4) from 90 on, and a quarter of it (4:2:0) below. */
  quality?: number | null | undefined;
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

/** At most 10 million increments of all threads together, before they are multiplied. */
export type RaceExperimentInput = {
  /** Increments of each thread. */
  incrementsPerWorker?: number;
  /** Milliseconds, 0 to 1,000. The increments are multiplied, by one factor for all variants, until a repetition of UNSYNCHRONIZED lasts this long. The factor is limited: the counter stays below 2^31, and the experiment below about 40 seconds. */
  minimumMs?: number;
  /** Repetitions of each variant, 1 to 20. */
  repetitions?: number;
  /** Threads, 1 to 32. Without it, at most as many as the server has processors. */
  workers?: number;
};

/** How threads add to a shared counter. */
export type RaceVariant =
  /** One atomic addition for each increment. */
  | 'ATOMIC'
  /** Each thread counts in a local variable and adds its sum once. */
  | 'BATCHED'
  /** Load, add and store under a lock. */
  | 'LOCKED'
  /** A counter for each thread, 128 bytes apart: no shared cache line. */
  | 'PADDED'
  /** A counter for each thread, side by side in memory: the threads share cache lines (false sharing). */
  | 'SHARDED'
  /** Load, add and store without synchronisation: increments can get lost. */
  | 'UNSYNCHRONIZED';

/** Whether the samples decide which cell to take. */
export type RecommendationOutcome =
  /** Other cells are as fast, and cost as many workers and as much memory, or more. */
  | 'TIE'
  /** Other cells may be faster: the samples do not decide it. */
  | 'UNDECIDED'
  /** Every other cell is slower. */
  | 'WIN';

/** File format of a report. */
export type ReportFormat =
  /** One line for each sample. */
  | 'CSV'
  /** One page with charts. */
  | 'HTML'
  /** Every sample, and every figure computed from them. */
  | 'JSON'
  /** Tables and text, GitHub-flavoured Markdown. */
  | 'MARKDOWN'
  /** Chrome trace events of the timelines; open the file in https://ui.perfetto.dev. */
  | 'TRACE';

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

/** Absent lists are taken from the preset. Each combination of the values of all lists is one cell; at most 240 cells. */
export type RunBenchmarkInput = {
  /** Engines to measure; ignored for work without images. Default: those of the preset. */
  engines?: Array<ImageEngine> | null | undefined;
  /** Tasks of one batch, 1 to 1,000 each; to 10,000 for TASK. Default: those of the preset. */
  imageCounts?: Array<number> | null | undefined;
  /** The user's own images, used in turn. Default: generated photo-like images. For IMAGE alone. */
  imageIds?: Array<string | number> | null | undefined;
  /** Time limit in seconds from the start, without the time in which other programs measured, 1 to 3,600. The first repetition is always measured; another one is begun only if the longest so far would end in time. The benchmark then completes with fewer repetitions. Default: no limit. */
  maxSeconds?: number | null | undefined;
  /** Models to measure. Default: those of the preset. */
  models?: Array<ConcurrencyModel> | null | undefined;
  /** Display name. Default, for a blank name too: preset and workload. */
  name?: string | null | undefined;
  /** Default: the standard pipeline (resize, blur, sharpen, watermark, JPEG). For IMAGE alone. */
  operations?: Array<OperationInput> | null | undefined;
  /** Source of the absent lists. */
  preset?: BenchmarkPreset;
  /** Measured samples of every cell, 1 to 50. */
  repetitions?: number;
  /** Decides the order of the samples, 0 to 2,147,483,647. Default: random. */
  seed?: number | null | undefined;
  /** Varies one more property of the work. */
  sweep?: SweepInput | null | undefined;
  /** Name of a task of `tasks`; required for TASK, and must be absent for other work. */
  task?: string | null | undefined;
  /** A cell gets samples, from `repetitions` up to 50, until the 95 % interval of its median is at most this wide, in percent of the median; 0.1 to 100. */
  untilPercent?: number | null | undefined;
  /** Numbers of workers, 1 to `serverInfo.limits.maxWorkers` each. SYNC is measured at each too, which shows the noise of the machine. Default: those of the preset. */
  workerCounts?: Array<number> | null | undefined;
  /** Kind of the tasks. */
  workload?: Workload;
};

/** Unsharp mask. */
export type SharpenInput = {
  /** 0 to 10: 0 leaves the image as it is, 1 is the usual strength. */
  amount?: number;
};

/** A property of the work that a sweep varies. */
export type SweepAxis =
  /** Tasks that are sent to a worker in one message. 1 to 100; for IMAGE, FIBONACCI, TASK. */
  | 'CHUNK_SIZE'
  /** Longer side of the generated source images, in pixels. 64 to 4,096; for IMAGE. */
  | 'IMAGE_EDGE'
  /** Share of the steps of a task that hold the global lock; for TASK, share of the tasks. 0 to 1; for IMAGE, FIBONACCI, TASK. */
  | 'LOCK_SHARE'
  /** Bytes that a task receives and returns, each model in its own way. 0 to 67,108,864; for FIBONACCI. */
  | 'PAYLOAD_BYTES'
  /** Share of the time of a task that it waits on a timer instead of computing. 0 to 0.95; for FIBONACCI. */
  | 'WAIT_SHARE';

/** One more axis of the plan: every cell is measured at each value. */
export type SweepInput = {
  /** The property to vary. */
  axis: SweepAxis;
  /** 1 to 12 different values. */
  values: Array<number>;
};

/** Removes borders of the colour of the top left pixel. An image of one colour stays as it is. Limits assume that the result is as large as the input, because its size is not known in advance. */
export type TrimInput = {
  /** Largest difference of a channel that still counts as border, 0 to 255. */
  threshold?: number;
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

/** Kind of the tasks of a benchmark. */
export type Workload =
  /** A naive recursive Fibonacci number: interpreter-bound work without images. */
  | 'FIBONACCI'
  /** Operations on images. */
  | 'IMAGE'
  /** A function of the user's own: a task module of the server's TASKS_DIR. */
  | 'TASK';

export type RunRowFragment = { id: string, name: string, status: BenchmarkStatus, workload: Workload, task: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, progress: number, completedCells: number, totalCells: number, imported: boolean, queuePosition: number | null };

export type CellFiguresFragment = { model: ConcurrencyModel, engine: ImageEngine | null, imageCount: number, workers: number, samplesMs: Array<number>, medianMs: number, perImageMs: number, imagesPerSecond: number, speedup: number | null, efficiency: number | null, cpuPercent: number, cpuPercentPerCore: Array<number>, peakRssBytes: number, eventLoopDelayP99Ms: number, eventLoopUtilization: number, outputDigest: string, implementation: string | null, warnings: Array<BenchmarkWarning>, sweep: { axis: SweepAxis, value: number } | null, medianInterval: { low: number, high: number } | null, speedupInterval: { low: number, high: number } | null, breakdown: { startupMs: number, computeMs: number, lockWaitMs: number, overheadMs: number }, doubts: Array<{ warning: BenchmarkWarning, meaning: string, advice: string }> };

export type MachineFragment = { environment: { nodeVersion: string, v8Version: string, os: string, cpuModel: string, availableParallelism: number, totalMemoryBytes: number, loadAverage: number, appVersion: string, runtime: string, cpuQuota: number | null, governor: string | null, cores: string | null } | null };

export type RunFactsFragment = { imageIds: Array<string> | null, repetitions: number, untilPercent: number | null, maxSeconds: number | null, seed: number, id: string, name: string, status: BenchmarkStatus, workload: Workload, task: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, progress: number, completedCells: number, totalCells: number, imported: boolean, queuePosition: number | null, operations: Array<{ kind: OperationKind, params: Record<string, unknown> }>, sweep: { axis: SweepAxis, values: Array<number> } | null, error: { code: string, message: string } | null, environment: { nodeVersion: string, v8Version: string, os: string, cpuModel: string, availableParallelism: number, totalMemoryBytes: number, loadAverage: number, appVersion: string, runtime: string, cpuQuota: number | null, governor: string | null, cores: string | null } | null };

export type RunsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type RunsQuery = { benchmarks: { totalCount: number, edges: Array<{ node: { id: string, name: string, status: BenchmarkStatus, workload: Workload, task: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, progress: number, completedCells: number, totalCells: number, imported: boolean, queuePosition: number | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RunNameQueryVariables = Exact<{
  id: string | number;
}>;


export type RunNameQuery = { benchmark: { id: string, name: string, startedAt: string | null, environment: { nodeVersion: string, v8Version: string, os: string, cpuModel: string, availableParallelism: number, totalMemoryBytes: number, loadAverage: number, appVersion: string, runtime: string, cpuQuota: number | null, governor: string | null, cores: string | null } | null } };

export type RunMediansQueryVariables = Exact<{
  id: string | number;
}>;


export type RunMediansQuery = { benchmark: { cells: Array<{ model: ConcurrencyModel, engine: ImageEngine | null, imageCount: number, workers: number, medianMs: number }> } };

export type RunQueryVariables = Exact<{
  id: string | number;
}>;


export type RunQuery = { benchmark: { imageIds: Array<string> | null, repetitions: number, untilPercent: number | null, maxSeconds: number | null, seed: number, id: string, name: string, status: BenchmarkStatus, workload: Workload, task: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, progress: number, completedCells: number, totalCells: number, imported: boolean, queuePosition: number | null, cells: Array<{ model: ConcurrencyModel, engine: ImageEngine | null, imageCount: number, workers: number, samplesMs: Array<number>, medianMs: number, perImageMs: number, imagesPerSecond: number, speedup: number | null, efficiency: number | null, cpuPercent: number, cpuPercentPerCore: Array<number>, peakRssBytes: number, eventLoopDelayP99Ms: number, eventLoopUtilization: number, outputDigest: string, implementation: string | null, warnings: Array<BenchmarkWarning>, sweep: { axis: SweepAxis, value: number } | null, medianInterval: { low: number, high: number } | null, speedupInterval: { low: number, high: number } | null, breakdown: { startupMs: number, computeMs: number, lockWaitMs: number, overheadMs: number }, doubts: Array<{ warning: BenchmarkWarning, meaning: string, advice: string }> }>, operations: Array<{ kind: OperationKind, params: Record<string, unknown> }>, sweep: { axis: SweepAxis, values: Array<number> } | null, error: { code: string, message: string } | null, environment: { nodeVersion: string, v8Version: string, os: string, cpuModel: string, availableParallelism: number, totalMemoryBytes: number, loadAverage: number, appVersion: string, runtime: string, cpuQuota: number | null, governor: string | null, cores: string | null } | null } };

export type RunAnalysisQueryVariables = Exact<{
  id: string | number;
}>;


export type RunAnalysisQuery = { benchmark: { scaling: Array<{ model: ConcurrencyModel, engine: ImageEngine | null, imageCount: number, breakEvenTasks: number | null, verdict: string, sweep: { axis: SweepAxis, value: number } | null, serialFraction: Array<{ workers: number, value: number }>, usl: { throughputOfOne: number, contention: number, coherency: number, peakWorkers: number | null, contentionInterval: { low: number, high: number } | null, coherencyInterval: { low: number, high: number } | null } | null, doubts: Array<{ warning: BenchmarkWarning, meaning: string, advice: string }> }>, recommendation: { model: ConcurrencyModel, workers: number, engine: ImageEngine | null, outcome: RecommendationOutcome, repetitionsNeeded: number | null, reason: string, alternatives: Array<{ model: ConcurrencyModel, engine: ImageEngine | null, imageCount: number, workers: number, sweep: { axis: SweepAxis, value: number } | null }> } | null } };

export type RunTracesQueryVariables = Exact<{
  id: string | number;
}>;


export type RunTracesQuery = { benchmark: { cells: Array<{ model: ConcurrencyModel, engine: ImageEngine | null, imageCount: number, workers: number, eventLoopDelaysMs: Array<number>, sweep: { axis: SweepAxis, value: number } | null, timeline: Array<{ task: number, worker: number, queuedMs: number, startMs: number, lockWaitMs: number, computeMs: number, endMs: number }> }> } };

export type RunReportQueryVariables = Exact<{
  id: string | number;
  format: ReportFormat;
}>;


export type RunReportQuery = { benchmark: { report: string } };

export type RunReportLinkQueryVariables = Exact<{
  id: string | number;
}>;


export type RunReportLinkQuery = { benchmark: { reportUrl: string } };

export type RunProgressSubscriptionVariables = Exact<{
  benchmarkId: string | number;
}>;


export type RunProgressSubscription = { benchmarkProgress: { seq: number, status: BenchmarkStatus, completedCells: number, totalCells: number, progress: number, estimatedSecondsLeft: number | null, measuring: { model: ConcurrencyModel, engine: ImageEngine | null, imageCount: number, workers: number, sweep: { axis: SweepAxis, value: number } | null } | null, cell: { model: ConcurrencyModel, engine: ImageEngine | null, imageCount: number, workers: number, samplesMs: Array<number>, medianMs: number, perImageMs: number, imagesPerSecond: number, speedup: number | null, efficiency: number | null, cpuPercent: number, cpuPercentPerCore: Array<number>, peakRssBytes: number, eventLoopDelayP99Ms: number, eventLoopUtilization: number, outputDigest: string, implementation: string | null, warnings: Array<BenchmarkWarning>, sweep: { axis: SweepAxis, value: number } | null, medianInterval: { low: number, high: number } | null, speedupInterval: { low: number, high: number } | null, breakdown: { startupMs: number, computeMs: number, lockWaitMs: number, overheadMs: number }, doubts: Array<{ warning: BenchmarkWarning, meaning: string, advice: string }> } | null } };

export type StartRunMutationVariables = Exact<{
  input: RunBenchmarkInput;
}>;


export type StartRunMutation = { runBenchmark: { id: string } };

export type CancelRunMutationVariables = Exact<{
  id: string | number;
}>;


export type CancelRunMutation = { cancelBenchmark: { id: string, status: BenchmarkStatus } };

export type DeleteRunMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteRunMutation = { deleteBenchmark: string };

export type ImportRunMutationVariables = Exact<{
  file: Blob;
}>;


export type ImportRunMutation = { importBenchmark: { id: string, name: string, startedAt: string | null } };

export type PlanQueryVariables = Exact<{
  input: RunBenchmarkInput;
}>;


export type PlanQuery = { benchmarkPlan: { totalCells: number, totalSamples: number, estimatedSeconds: number | null, warnings: Array<string> } };

export type LabFactsQueryVariables = Exact<{ [key: string]: never; }>;


export type LabFactsQuery = { serverInfo: { availableParallelism: number, tasks: Array<string>, engines: Array<{ engine: ImageEngine }>, limits: { maxWorkers: number, maxBatchImages: number } } };

export type ComparisonQueryVariables = Exact<{
  baselineId: string | number;
  candidateIds: Array<string | number> | string | number;
}>;


export type ComparisonQuery = { compareBenchmarks: { differences: Array<string>, baseline: { id: string }, rows: Array<{ benchmarkId: string, model: ConcurrencyModel, engine: ImageEngine | null, imageCount: number, workers: number, baselineMedianMs: number, medianMs: number, ratio: number, pValue: number | null, verdict: ComparisonVerdict, sweep: { axis: SweepAxis, value: number } | null, ratioInterval: { low: number, high: number } | null, doubt: { warning: BenchmarkWarning, meaning: string, advice: string } | null }> } };

export type RaceFiguresFragment = { variant: RaceVariant, expected: number, actual: Array<number>, lostPercent: number, lostPercentMax: number, overlapPercent: number, nanosecondsPerIncrement: number };

export type RaceRowFragment = { id: string, createdAt: string, workers: number, results: Array<{ variant: RaceVariant, expected: number, actual: Array<number>, lostPercent: number, lostPercentMax: number, overlapPercent: number, nanosecondsPerIncrement: number }> };

export type RacesQueryVariables = Exact<{
  first: number;
}>;


export type RacesQuery = { raceExperiments: Array<{ id: string, createdAt: string, workers: number, results: Array<{ variant: RaceVariant, expected: number, actual: Array<number>, lostPercent: number, lostPercentMax: number, overlapPercent: number, nanosecondsPerIncrement: number }> }> };

export type RacesWithReadingsQueryVariables = Exact<{
  first: number;
}>;


export type RacesWithReadingsQuery = { raceExperiments: Array<{ id: string, createdAt: string, workers: number, results: Array<{ variant: RaceVariant, expected: number, actual: Array<number>, lostPercent: number, lostPercentMax: number, overlapPercent: number, nanosecondsPerIncrement: number, readings: Array<{ ms: number, value: number }> }> }> };

export type RunRaceMutationVariables = Exact<{
  input: RaceExperimentInput;
}>;


export type RunRaceMutation = { runRaceExperiment: { id: string } };

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
export const CellFiguresFragmentDoc = new TypedDocumentString(`
    fragment CellFigures on BenchmarkCell {
  model
  engine
  imageCount
  workers
  sweep {
    axis
    value
  }
  samplesMs
  medianMs
  medianInterval {
    low
    high
  }
  perImageMs
  imagesPerSecond
  speedup
  speedupInterval {
    low
    high
  }
  efficiency
  cpuPercent
  cpuPercentPerCore
  peakRssBytes
  eventLoopDelayP99Ms
  eventLoopUtilization
  breakdown {
    startupMs
    computeMs
    lockWaitMs
    overheadMs
  }
  outputDigest
  implementation
  warnings
  doubts {
    warning
    meaning
    advice
  }
}
    `, {"fragmentName":"CellFigures"}) as unknown as TypedDocumentString<CellFiguresFragment, unknown>;
export const RunRowFragmentDoc = new TypedDocumentString(`
    fragment RunRow on Benchmark {
  id
  name
  status
  workload
  task
  createdAt
  startedAt
  finishedAt
  progress
  completedCells
  totalCells
  imported
  queuePosition
}
    `, {"fragmentName":"RunRow"}) as unknown as TypedDocumentString<RunRowFragment, unknown>;
export const MachineFragmentDoc = new TypedDocumentString(`
    fragment Machine on Benchmark {
  environment {
    nodeVersion
    v8Version
    os
    cpuModel
    availableParallelism
    totalMemoryBytes
    loadAverage
    appVersion
    runtime
    cpuQuota
    governor
    cores
  }
}
    `, {"fragmentName":"Machine"}) as unknown as TypedDocumentString<MachineFragment, unknown>;
export const RunFactsFragmentDoc = new TypedDocumentString(`
    fragment RunFacts on Benchmark {
  ...RunRow
  operations {
    kind
    params
  }
  imageIds
  repetitions
  untilPercent
  maxSeconds
  seed
  sweep {
    axis
    values
  }
  error {
    code
    message
  }
  ...Machine
}
    fragment RunRow on Benchmark {
  id
  name
  status
  workload
  task
  createdAt
  startedAt
  finishedAt
  progress
  completedCells
  totalCells
  imported
  queuePosition
}
fragment Machine on Benchmark {
  environment {
    nodeVersion
    v8Version
    os
    cpuModel
    availableParallelism
    totalMemoryBytes
    loadAverage
    appVersion
    runtime
    cpuQuota
    governor
    cores
  }
}`, {"fragmentName":"RunFacts"}) as unknown as TypedDocumentString<RunFactsFragment, unknown>;
export const RaceFiguresFragmentDoc = new TypedDocumentString(`
    fragment RaceFigures on RaceResult {
  variant
  expected
  actual
  lostPercent
  lostPercentMax
  overlapPercent
  nanosecondsPerIncrement
}
    `, {"fragmentName":"RaceFigures"}) as unknown as TypedDocumentString<RaceFiguresFragment, unknown>;
export const RaceRowFragmentDoc = new TypedDocumentString(`
    fragment RaceRow on RaceExperiment {
  id
  createdAt
  workers
  results {
    ...RaceFigures
  }
}
    fragment RaceFigures on RaceResult {
  variant
  expected
  actual
  lostPercent
  lostPercentMax
  overlapPercent
  nanosecondsPerIncrement
}`, {"fragmentName":"RaceRow"}) as unknown as TypedDocumentString<RaceRowFragment, unknown>;
export const RunsDocument = new TypedDocumentString(`
    query Runs($first: Int!, $after: String) {
  benchmarks(first: $first, after: $after) {
    edges {
      node {
        ...RunRow
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
    fragment RunRow on Benchmark {
  id
  name
  status
  workload
  task
  createdAt
  startedAt
  finishedAt
  progress
  completedCells
  totalCells
  imported
  queuePosition
}`) as unknown as TypedDocumentString<RunsQuery, RunsQueryVariables>;
export const RunNameDocument = new TypedDocumentString(`
    query RunName($id: ID!) {
  benchmark(id: $id) {
    id
    name
    startedAt
    ...Machine
  }
}
    fragment Machine on Benchmark {
  environment {
    nodeVersion
    v8Version
    os
    cpuModel
    availableParallelism
    totalMemoryBytes
    loadAverage
    appVersion
    runtime
    cpuQuota
    governor
    cores
  }
}`) as unknown as TypedDocumentString<RunNameQuery, RunNameQueryVariables>;
export const RunMediansDocument = new TypedDocumentString(`
    query RunMedians($id: ID!) {
  benchmark(id: $id) {
    cells {
      model
      engine
      imageCount
      workers
      medianMs
    }
  }
}
    `) as unknown as TypedDocumentString<RunMediansQuery, RunMediansQueryVariables>;
export const RunDocument = new TypedDocumentString(`
    query Run($id: ID!) {
  benchmark(id: $id) {
    ...RunFacts
    cells {
      ...CellFigures
    }
  }
}
    fragment RunRow on Benchmark {
  id
  name
  status
  workload
  task
  createdAt
  startedAt
  finishedAt
  progress
  completedCells
  totalCells
  imported
  queuePosition
}
fragment CellFigures on BenchmarkCell {
  model
  engine
  imageCount
  workers
  sweep {
    axis
    value
  }
  samplesMs
  medianMs
  medianInterval {
    low
    high
  }
  perImageMs
  imagesPerSecond
  speedup
  speedupInterval {
    low
    high
  }
  efficiency
  cpuPercent
  cpuPercentPerCore
  peakRssBytes
  eventLoopDelayP99Ms
  eventLoopUtilization
  breakdown {
    startupMs
    computeMs
    lockWaitMs
    overheadMs
  }
  outputDigest
  implementation
  warnings
  doubts {
    warning
    meaning
    advice
  }
}
fragment Machine on Benchmark {
  environment {
    nodeVersion
    v8Version
    os
    cpuModel
    availableParallelism
    totalMemoryBytes
    loadAverage
    appVersion
    runtime
    cpuQuota
    governor
    cores
  }
}
fragment RunFacts on Benchmark {
  ...RunRow
  operations {
    kind
    params
  }
  imageIds
  repetitions
  untilPercent
  maxSeconds
  seed
  sweep {
    axis
    values
  }
  error {
    code
    message
  }
  ...Machine
}`) as unknown as TypedDocumentString<RunQuery, RunQueryVariables>;
export const RunAnalysisDocument = new TypedDocumentString(`
    query RunAnalysis($id: ID!) {
  benchmark(id: $id) {
    scaling {
      model
      engine
      imageCount
      sweep {
        axis
        value
      }
      serialFraction {
        workers
        value
      }
      usl {
        throughputOfOne
        contention
        contentionInterval {
          low
          high
        }
        coherency
        coherencyInterval {
          low
          high
        }
        peakWorkers
      }
      breakEvenTasks
      doubts {
        warning
        meaning
        advice
      }
      verdict
    }
    recommendation {
      model
      workers
      engine
      outcome
      alternatives {
        model
        engine
        imageCount
        workers
        sweep {
          axis
          value
        }
      }
      repetitionsNeeded
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<RunAnalysisQuery, RunAnalysisQueryVariables>;
export const RunTracesDocument = new TypedDocumentString(`
    query RunTraces($id: ID!) {
  benchmark(id: $id) {
    cells {
      model
      engine
      imageCount
      workers
      sweep {
        axis
        value
      }
      eventLoopDelaysMs
      timeline {
        task
        worker
        queuedMs
        startMs
        lockWaitMs
        computeMs
        endMs
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunTracesQuery, RunTracesQueryVariables>;
export const RunReportDocument = new TypedDocumentString(`
    query RunReport($id: ID!, $format: ReportFormat!) {
  benchmark(id: $id) {
    report(format: $format)
  }
}
    `) as unknown as TypedDocumentString<RunReportQuery, RunReportQueryVariables>;
export const RunReportLinkDocument = new TypedDocumentString(`
    query RunReportLink($id: ID!) {
  benchmark(id: $id) {
    reportUrl
  }
}
    `) as unknown as TypedDocumentString<RunReportLinkQuery, RunReportLinkQueryVariables>;
export const RunProgressDocument = new TypedDocumentString(`
    subscription RunProgress($benchmarkId: ID!) {
  benchmarkProgress(benchmarkId: $benchmarkId) {
    seq
    status
    completedCells
    totalCells
    progress
    estimatedSecondsLeft
    measuring {
      model
      engine
      imageCount
      workers
      sweep {
        axis
        value
      }
    }
    cell {
      ...CellFigures
    }
  }
}
    fragment CellFigures on BenchmarkCell {
  model
  engine
  imageCount
  workers
  sweep {
    axis
    value
  }
  samplesMs
  medianMs
  medianInterval {
    low
    high
  }
  perImageMs
  imagesPerSecond
  speedup
  speedupInterval {
    low
    high
  }
  efficiency
  cpuPercent
  cpuPercentPerCore
  peakRssBytes
  eventLoopDelayP99Ms
  eventLoopUtilization
  breakdown {
    startupMs
    computeMs
    lockWaitMs
    overheadMs
  }
  outputDigest
  implementation
  warnings
  doubts {
    warning
    meaning
    advice
  }
}`) as unknown as TypedDocumentString<RunProgressSubscription, RunProgressSubscriptionVariables>;
export const StartRunDocument = new TypedDocumentString(`
    mutation StartRun($input: RunBenchmarkInput!) {
  runBenchmark(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<StartRunMutation, StartRunMutationVariables>;
export const CancelRunDocument = new TypedDocumentString(`
    mutation CancelRun($id: ID!) {
  cancelBenchmark(id: $id) {
    id
    status
  }
}
    `) as unknown as TypedDocumentString<CancelRunMutation, CancelRunMutationVariables>;
export const DeleteRunDocument = new TypedDocumentString(`
    mutation DeleteRun($id: ID!) {
  deleteBenchmark(id: $id)
}
    `) as unknown as TypedDocumentString<DeleteRunMutation, DeleteRunMutationVariables>;
export const ImportRunDocument = new TypedDocumentString(`
    mutation ImportRun($file: Upload!) {
  importBenchmark(file: $file) {
    id
    name
    startedAt
  }
}
    `) as unknown as TypedDocumentString<ImportRunMutation, ImportRunMutationVariables>;
export const PlanDocument = new TypedDocumentString(`
    query Plan($input: RunBenchmarkInput!) {
  benchmarkPlan(input: $input) {
    totalCells
    totalSamples
    estimatedSeconds
    warnings
  }
}
    `) as unknown as TypedDocumentString<PlanQuery, PlanQueryVariables>;
export const LabFactsDocument = new TypedDocumentString(`
    query LabFacts {
  serverInfo {
    availableParallelism
    tasks
    engines {
      engine
    }
    limits {
      maxWorkers
      maxBatchImages
    }
  }
}
    `) as unknown as TypedDocumentString<LabFactsQuery, LabFactsQueryVariables>;
export const ComparisonDocument = new TypedDocumentString(`
    query Comparison($baselineId: ID!, $candidateIds: [ID!]!) {
  compareBenchmarks(baselineId: $baselineId, candidateIds: $candidateIds) {
    baseline {
      id
    }
    rows {
      benchmarkId
      model
      engine
      imageCount
      workers
      sweep {
        axis
        value
      }
      baselineMedianMs
      medianMs
      ratio
      ratioInterval {
        low
        high
      }
      pValue
      verdict
      doubt {
        warning
        meaning
        advice
      }
    }
    differences
  }
}
    `) as unknown as TypedDocumentString<ComparisonQuery, ComparisonQueryVariables>;
export const RacesDocument = new TypedDocumentString(`
    query Races($first: Int!) {
  raceExperiments(first: $first) {
    ...RaceRow
  }
}
    fragment RaceFigures on RaceResult {
  variant
  expected
  actual
  lostPercent
  lostPercentMax
  overlapPercent
  nanosecondsPerIncrement
}
fragment RaceRow on RaceExperiment {
  id
  createdAt
  workers
  results {
    ...RaceFigures
  }
}`) as unknown as TypedDocumentString<RacesQuery, RacesQueryVariables>;
export const RacesWithReadingsDocument = new TypedDocumentString(`
    query RacesWithReadings($first: Int!) {
  raceExperiments(first: $first) {
    id
    createdAt
    workers
    results {
      ...RaceFigures
      readings {
        ms
        value
      }
    }
  }
}
    fragment RaceFigures on RaceResult {
  variant
  expected
  actual
  lostPercent
  lostPercentMax
  overlapPercent
  nanosecondsPerIncrement
}`) as unknown as TypedDocumentString<RacesWithReadingsQuery, RacesWithReadingsQueryVariables>;
export const RunRaceDocument = new TypedDocumentString(`
    mutation RunRace($input: RaceExperimentInput!) {
  runRaceExperiment(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<RunRaceMutation, RunRaceMutationVariables>;
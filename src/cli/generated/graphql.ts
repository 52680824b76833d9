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

export type SignedInQueryVariables = Exact<{ [key: string]: never; }>;


export type SignedInQuery = { me: { id: string } };

export type RunBenchmarkMutationVariables = Exact<{
  input: RunBenchmarkInput;
}>;


export type RunBenchmarkMutation = { runBenchmark: { id: string, name: string, totalCells: number, repetitions: number } };

export type CancelBenchmarkMutationVariables = Exact<{
  id: string | number;
}>;


export type CancelBenchmarkMutation = { cancelBenchmark: { status: BenchmarkStatus } };

export type BenchmarkProgressSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type BenchmarkProgressSubscription = { benchmarkProgress: { status: BenchmarkStatus, progress: number, estimatedSecondsLeft: number | null, measuring: { model: ConcurrencyModel } | null, cell: { model: ConcurrencyModel, engine: ImageEngine | null, imageCount: number, workers: number, samplesMs: Array<number>, medianMs: number, speedup: number | null, warnings: Array<BenchmarkWarning>, medianInterval: { low: number, high: number } | null, sweep: { axis: SweepAxis, value: number } | null } | null } };

export type RankedFragment = { model: ConcurrencyModel, engine: ImageEngine | null, imageCount: number, workers: number, samplesMs: Array<number>, medianMs: number, speedup: number | null, warnings: Array<BenchmarkWarning>, medianInterval: { low: number, high: number } | null, sweep: { axis: SweepAxis, value: number } | null };

export type BenchmarkPlanQueryVariables = Exact<{
  input: RunBenchmarkInput;
}>;


export type BenchmarkPlanQuery = { benchmarkPlan: { totalCells: number, totalSamples: number, estimatedSeconds: number | null, warnings: Array<string> } };

export type BenchmarkResultQueryVariables = Exact<{
  id: string | number;
}>;


export type BenchmarkResultQuery = { benchmark: { status: BenchmarkStatus, maxSeconds: number | null, repetitions: number, untilPercent: number | null, error: { code: string, message: string } | null, recommendation: { model: ConcurrencyModel, workers: number, engine: ImageEngine | null, outcome: RecommendationOutcome, reason: string, alternatives: Array<{ model: ConcurrencyModel, engine: ImageEngine | null, imageCount: number, workers: number, sweep: { axis: SweepAxis, value: number } | null }> } | null, cells: Array<{ cpuPercent: number, peakRssBytes: number, eventLoopDelayP99Ms: number, model: ConcurrencyModel, engine: ImageEngine | null, imageCount: number, workers: number, samplesMs: Array<number>, medianMs: number, speedup: number | null, warnings: Array<BenchmarkWarning>, speedupInterval: { low: number, high: number } | null, doubts: Array<{ warning: BenchmarkWarning, meaning: string, advice: string }>, medianInterval: { low: number, high: number } | null, sweep: { axis: SweepAxis, value: number } | null }> } };

export type BenchmarkReportQueryVariables = Exact<{
  id: string | number;
  format: ReportFormat;
}>;


export type BenchmarkReportQuery = { benchmark: { report: string } };

export type RunRaceExperimentMutationVariables = Exact<{ [key: string]: never; }>;


export type RunRaceExperimentMutation = { runRaceExperiment: { workers: number, results: Array<{ variant: RaceVariant, lostPercent: number, lostPercentMax: number, overlapPercent: number, nanosecondsPerIncrement: number }> } };

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
export const RankedFragmentDoc = new TypedDocumentString(`
    fragment Ranked on BenchmarkCell {
  model
  engine
  imageCount
  workers
  samplesMs
  medianMs
  medianInterval {
    low
    high
  }
  speedup
  sweep {
    axis
    value
  }
  warnings
}
    `, {"fragmentName":"Ranked"}) as unknown as TypedDocumentString<RankedFragment, unknown>;
export const SignedInDocument = new TypedDocumentString(`
    query SignedIn {
  me {
    id
  }
}
    `) as unknown as TypedDocumentString<SignedInQuery, SignedInQueryVariables>;
export const RunBenchmarkDocument = new TypedDocumentString(`
    mutation RunBenchmark($input: RunBenchmarkInput!) {
  runBenchmark(input: $input) {
    id
    name
    totalCells
    repetitions
  }
}
    `) as unknown as TypedDocumentString<RunBenchmarkMutation, RunBenchmarkMutationVariables>;
export const CancelBenchmarkDocument = new TypedDocumentString(`
    mutation CancelBenchmark($id: ID!) {
  cancelBenchmark(id: $id) {
    status
  }
}
    `) as unknown as TypedDocumentString<CancelBenchmarkMutation, CancelBenchmarkMutationVariables>;
export const BenchmarkProgressDocument = new TypedDocumentString(`
    subscription BenchmarkProgress($id: ID!) {
  benchmarkProgress(benchmarkId: $id) {
    status
    progress
    estimatedSecondsLeft
    measuring {
      model
    }
    cell {
      ...Ranked
    }
  }
}
    fragment Ranked on BenchmarkCell {
  model
  engine
  imageCount
  workers
  samplesMs
  medianMs
  medianInterval {
    low
    high
  }
  speedup
  sweep {
    axis
    value
  }
  warnings
}`) as unknown as TypedDocumentString<BenchmarkProgressSubscription, BenchmarkProgressSubscriptionVariables>;
export const BenchmarkPlanDocument = new TypedDocumentString(`
    query BenchmarkPlan($input: RunBenchmarkInput!) {
  benchmarkPlan(input: $input) {
    totalCells
    totalSamples
    estimatedSeconds
    warnings
  }
}
    `) as unknown as TypedDocumentString<BenchmarkPlanQuery, BenchmarkPlanQueryVariables>;
export const BenchmarkResultDocument = new TypedDocumentString(`
    query BenchmarkResult($id: ID!) {
  benchmark(id: $id) {
    status
    maxSeconds
    repetitions
    untilPercent
    error {
      code
      message
    }
    recommendation {
      model
      workers
      engine
      outcome
      reason
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
    }
    cells {
      ...Ranked
      speedupInterval {
        low
        high
      }
      cpuPercent
      peakRssBytes
      eventLoopDelayP99Ms
      doubts {
        warning
        meaning
        advice
      }
    }
  }
}
    fragment Ranked on BenchmarkCell {
  model
  engine
  imageCount
  workers
  samplesMs
  medianMs
  medianInterval {
    low
    high
  }
  speedup
  sweep {
    axis
    value
  }
  warnings
}`) as unknown as TypedDocumentString<BenchmarkResultQuery, BenchmarkResultQueryVariables>;
export const BenchmarkReportDocument = new TypedDocumentString(`
    query BenchmarkReport($id: ID!, $format: ReportFormat!) {
  benchmark(id: $id) {
    report(format: $format)
  }
}
    `) as unknown as TypedDocumentString<BenchmarkReportQuery, BenchmarkReportQueryVariables>;
export const RunRaceExperimentDocument = new TypedDocumentString(`
    mutation RunRaceExperiment {
  runRaceExperiment(input: {minimumMs: 50}) {
    workers
    results {
      variant
      lostPercent
      lostPercentMax
      overlapPercent
      nanosecondsPerIncrement
    }
  }
}
    `) as unknown as TypedDocumentString<RunRaceExperimentMutation, RunRaceExperimentMutationVariables>;
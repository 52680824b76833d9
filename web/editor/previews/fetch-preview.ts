import { type GraphQLFailure, noAnswer, toAppError } from '../../../src/client/graphql-request.js';
import { AppError } from '../../../src/errors.js';
import { type ImageEngine, type OperationInput, PreviewUrlDocument } from '../../api/generated/graphql.js';
import { ask } from '../../session/session.js';
import { engineMs, type PreviewResult } from './preview.model.js';

export interface PreviewRequest {
  imageId: string;
  engine: ImageEngine;
  operations: OperationInput[];
}

/** Where the server is busy, the request is sent again after this. */
const BUSY_PAUSE_MS = 1_000;
const BUSY_TRIES = 3;
/** Wait for the image, in ms: longer than the server computes one. */
const ANSWER_MS = 120_000;
/** Formats that no browser but Safari shows. */
const UNSHOWN = ['image/tiff'];

/** Engines that have computed a preview for this page. */
const warm = new Set<ImageEngine>();

/** Computes an image without storing it, as a variant. @throws AppError */
export async function fetchPreview(request: PreviewRequest, signal: AbortSignal): Promise<PreviewResult> {
  const response = await fetchVariant(request, signal);
  const blob = await response.blob();
  const shown = UNSHOWN.includes(blob.type) ? await asPng(request, signal) : blob;
  const url = URL.createObjectURL(shown);
  const fileUrl = shown === blob ? url : URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    signal.throwIfAborted();
    const isFirst = !warm.has(request.engine);
    warm.add(request.engine);
    return {
      url,
      fileUrl,
      isFirst,
      byteSize: blob.size,
      ms: engineMs(response.headers.get('server-timing')),
      width: image.naturalWidth,
      height: image.naturalHeight,
      format: blob.type.replace('image/', '').toUpperCase(),
    };
  } catch (error) {
    releasePreview({ url, fileUrl });
    throw error;
  }
}

/** Frees the files of a preview. */
export function releasePreview({ url, fileUrl }: Pick<PreviewResult, 'url' | 'fileUrl'>): void {
  URL.revokeObjectURL(url);
  URL.revokeObjectURL(fileUrl);
}

/** The same pixels in a format that the browser shows. */
async function asPng(request: PreviewRequest, signal: AbortSignal): Promise<Blob> {
  const unconverted = request.operations.filter((operation) => !('convert' in operation));
  const operations = [...unconverted, { convert: { format: 'PNG' } } as OperationInput];
  return (await fetchVariant({ ...request, operations }, signal)).blob();
}

async function fetchVariant(
  { imageId, engine, operations }: PreviewRequest,
  signal: AbortSignal,
): Promise<Response> {
  const input = { engine, operations, autoFormat: false };
  const { image } = await ask(PreviewUrlDocument, { id: imageId, input });
  for (let tries = 1; ; tries++) {
    signal.throwIfAborted();
    const response = await fetchFile(image.variantUrl, signal);
    if (response.ok) return response;
    const problem = await refusalOf(response);
    if (problem.code !== 'SERVER_BUSY' || tries >= BUSY_TRIES) throw problem;
    await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS));
  }
}

async function fetchFile(url: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]) });
  } catch (error) {
    if (signal.aborted) throw error;
    throw noAnswer(location.origin, 'the preview was interrupted');
  }
}

async function refusalOf(response: Response): Promise<AppError> {
  const { errors } = (await response.json().catch(() => ({}))) as { errors?: GraphQLFailure[] };
  return errors?.[0]
    ? toAppError(errors[0])
    : new AppError('SERVER_BUSY', `The server answered with status ${response.status}`);
}

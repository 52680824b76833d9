/** Fields of the process dialog, and the operations that they stand for. */
import type { ImageFormat, OperationInput } from '../api/generated/graphql.js';

export interface PipelineForm {
  width: string;
  height: string;
  grayscale: boolean;
  watermark: string;
  /** Empty: the format of the source. */
  format: ImageFormat | '';
}

/**
 * Translates the form into operations. With both sides, the image covers the box and keeps its aspect ratio; with
 * one side, the other follows from the aspect ratio.
 */
export function operationsOf({
  width,
  height,
  grayscale,
  watermark,
  format,
}: PipelineForm): OperationInput[] {
  const operations: OperationInput[] = [];
  const size = { ...(width && { width: Number(width) }), ...(height && { height: Number(height) }) };
  if (width || height) operations.push({ resize: { ...size, fit: 'COVER' } } as OperationInput);
  if (grayscale) operations.push({ grayscale: true } as OperationInput);
  if (watermark.trim()) operations.push({ watermark: { text: watermark.trim() } } as OperationInput);
  if (format) operations.push({ convert: { format } } as OperationInput);
  return operations;
}

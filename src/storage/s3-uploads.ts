import type { ListMultipartUploadsOutput, S3 } from '@aws-sdk/client-s3';
import { fromS3Error } from './s3-errors.js';

/**
 * Aborts multipart uploads under the prefix that started before that moment; returns how many. A service that cannot list
 * them (501) has to remove them itself.
 */
export async function abortUploadsBefore(
  olderThan: Date,
  s3: S3,
  bucket: string,
  prefix: string,
): Promise<number> {
  let aborted = 0;
  let page: ListMultipartUploadsOutput = {};
  try {
    do {
      page = await s3.listMultipartUploads({
        Bucket: bucket,
        Prefix: prefix,
        KeyMarker: page.NextKeyMarker,
        UploadIdMarker: page.NextUploadIdMarker,
      });
      for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
        if (Initiated === undefined || Initiated >= olderThan) continue;
        await s3.abortMultipartUpload({ Bucket: bucket, Key, UploadId });
        aborted++;
      }
    } while (page.IsTruncated);
    return aborted;
  } catch (error) {
    if ((error as { name?: string }).name === 'NotImplemented') return aborted;
    throw fromS3Error(error, prefix);
  }
}

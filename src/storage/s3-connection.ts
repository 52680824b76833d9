import type { S3 } from '@aws-sdk/client-s3';

export interface S3Options {
  bucket: string;
  /** Prefix of our keys in the bucket: empty, or with a slash at its end. */
  prefix: string;
  /** Another service than AWS, addressed by path. */
  endpoint: string | undefined;
  /** Default: from the AWS environment. */
  region: string | undefined;
}

/** Loads the SDK and returns a client. */
export async function connectS3({ endpoint, region }: S3Options): Promise<S3> {
  const { S3 } = await import('@aws-sdk/client-s3');
  return new S3({
    // The SDK has no timeouts by default. 256, because each slow reader holds a connection.
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: 60_000,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: 256 },
      httpsAgent: { maxSockets: 256 },
    },
    ...(region && { region }),
    // Few other services support the checksums that the SDK sends by default.
    ...(endpoint && {
      endpoint,
      region: region ?? 'us-east-1',
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED' as const,
      responseChecksumValidation: 'WHEN_REQUIRED' as const,
    }),
  });
}

import { fileURLToPath } from 'node:url';
import { explainFolder } from './file-start-errors.js';
import { causesOf, codeAmong, type Explain, type Explanation, innermostMessage } from './start-error.js';

const CREDENTIALS = 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or a role of the machine.';
const RIGHTS =
  'Allow them to list, read, write and delete objects under the prefix, or set other credentials.';

/** By the name that the AWS SDK gives an error. */
const S3_ERRORS: Readonly<Record<string, Explanation>> = {
  CredentialsProviderError: { cause: 'there are no AWS credentials', remedy: CREDENTIALS },
  InvalidAccessKeyId: { cause: 'the store does not know AWS_ACCESS_KEY_ID', remedy: CREDENTIALS },
  SignatureDoesNotMatch: {
    cause: 'AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID',
    remedy: CREDENTIALS,
  },
  ExpiredToken: { cause: 'the AWS credentials have expired', remedy: CREDENTIALS },
  AccessDenied: { cause: 'the credentials may not write to the bucket', remedy: RIGHTS },
  Forbidden: { cause: 'the credentials may not write to the bucket', remedy: RIGHTS },
  NoSuchBucket: {
    cause: 'the bucket does not exist',
    remedy: 'Create the bucket, or correct its name in STORAGE_URL.',
  },
  PermanentRedirect: {
    cause: 'the bucket is in another region',
    remedy: 'Set the region of the bucket: s3://bucket/prefix?region=…, or AWS_REGION.',
  },
  AuthorizationHeaderMalformed: {
    cause: 'the bucket is in another region',
    remedy: 'Set the region of the bucket: s3://bucket/prefix?region=…, or AWS_REGION.',
  },
  TimeoutError: {
    cause: 'the store does not answer',
    remedy: 'Check the endpoint in STORAGE_URL and the network.',
  },
};

const UNREACHABLE = {
  ECONNREFUSED: 'refuses connections',
  ECONNRESET: 'closes connections',
  ENOTFOUND: 'has a host name that cannot be resolved',
  EAI_AGAIN: 'has a host name that cannot be resolved now',
  ETIMEDOUT: 'does not answer',
  EHOSTUNREACH: 'cannot be reached',
} as const;

/** Explains why the storage cannot be used. */
export function explainStorage(storageUrl: string, setting: string): Explain {
  if (storageUrl.startsWith('file:')) return explainFolder(fileURLToPath(storageUrl), setting);
  return (error) => {
    for (const { name, message } of causesOf(error)) {
      const known = S3_ERRORS[name];
      if (known) return known;
      if (/region is missing/i.test(message)) {
        return {
          cause: 'the region of the bucket is unknown',
          remedy: 'Set it: s3://bucket/prefix?region=eu-central-1, or AWS_REGION.',
        };
      }
    }
    const code = codeAmong(error, UNREACHABLE);
    const cause = code ? `the store ${UNREACHABLE[code]} (${code})` : `the store: ${innermostMessage(error)}`;
    return { cause, remedy: 'Check the bucket and the endpoint in STORAGE_URL, and the network.' };
  };
}

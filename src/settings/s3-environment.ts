/**
 * Variables that the AWS SDK reads by itself in every process that opens the bucket (HOME has its profiles), and those of
 * Node and OpenSSL for certificates and proxies.
 */
const READ_BY_SDK =
  /^(?:AWS_\w+|HOME|NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR)|HTTPS?_PROXY|NO_PROXY|https?_proxy|no_proxy|NODE_USE_ENV_PROXY)$/;

/** The variables that a process needs to open a bucket. */
export function environmentOfS3(env: Readonly<NodeJS.ProcessEnv>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => READ_BY_SDK.test(entry[0]) && entry[1] !== undefined,
    ),
  );
}

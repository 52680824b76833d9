/** Secrets that tests sent or received. The log of every server of the run is searched for them. */
const seen = new Set<string>();

const IN_JSON =
  /"(?:password|currentPassword|newPassword|accessToken|refreshToken|token)":"((?:[^"\\]|\\.){6,})"/g;
const IN_LINK = /\bsignature=([\w-]{20,})/g;

/** Records the passwords, tokens and signatures in the JSON of a request or an answer. */
export function noteSecrets(json: string): void {
  for (const pattern of [IN_JSON, IN_LINK]) {
    for (const [, secret] of json.matchAll(pattern)) if (secret) seen.add(secret);
  }
}

/** Throws if a log contains a recorded secret or a bcrypt hash. */
export function expectNoSecrets(log: string): void {
  const lines = log.split('\n');
  const found = lines.filter(
    (line) => [...seen].some((secret) => line.includes(secret)) || /\$2[aby]\$\d\d\$/.test(line),
  );
  if (found.length > 0) throw new Error(`The log contains a secret:\n${found.slice(0, 5).join('\n')}`);
}

/** Returns the code of a failed system call. Not by `instanceof`: an error may come from another realm. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** The file does not exist; a symbolic link in its place is treated as missing. */
const ABSENT: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'ELOOP'];

/** The file system is unavailable for any file until the operator acts; the same call may succeed later. */
const UNAVAILABLE: readonly unknown[] = [
  // Full: the disk, the user's quota on it, or the largest file that it takes.
  ...['ENOSPC', 'EDQUOT', 'EFBIG'],
  // Read-only after an error, revoked permissions, a broken disk.
  ...['EROFS', 'EACCES', 'EPERM', 'EIO'],
  // Too many open files, in the process or on the machine; no memory for one more.
  ...['EMFILE', 'ENFILE', 'ENOMEM'],
  // A network file system that lost its server.
  ...['ESTALE', 'ETIMEDOUT', 'EHOSTDOWN', 'EREMOTEIO', 'ENODEV', 'ENXIO'],
];

export function isAbsent(error: unknown): boolean {
  return ABSENT.includes(codeOf(error));
}

export function isUnavailable(error: unknown): boolean {
  return UNAVAILABLE.includes(codeOf(error));
}

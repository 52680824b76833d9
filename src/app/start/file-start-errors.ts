import { codeAmong, type Explain } from './start-error.js';

const CAUSES = {
  EACCES: 'this user may not read or write it',
  EPERM: 'this user may not read or write it',
  EROFS: 'it is on a read-only file system',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'it, or a part of its path, is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  ENOENT: 'it does not exist and cannot be created',
  ELOOP: 'its symbolic links form a loop',
  ENAMETOOLONG: 'the path is too long',
  ENOSPC: 'the disk is full',
  EDQUOT: "the user's disk quota is used up",
  EIO: 'the disk reports an input/output error',
  EMFILE: 'this process has too many open files',
  ENFILE: 'the machine has too many open files',
} as const;

/** Explains why a folder that is read and written cannot be used. */
export function explainFolder(folder: string, setting: string): Explain {
  return (error) => {
    const code = codeAmong(error, CAUSES);
    if (code === undefined) return undefined;
    return {
      cause: `${folder} cannot be used: ${CAUSES[code]} (${code})`,
      remedy: `Give the user of this process read and write access to it, or set ${setting} to another folder.`,
    };
  };
}

import { codeAmong, type Explain } from './start-error.js';

const CAUSES = {
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'the name cannot be resolved',
  EAI_AGAIN: 'the name cannot be resolved now',
  EINVAL: 'it is not an address',
  EACCES: 'this user may not listen on a port below 1024',
  EPERM: 'this user may not listen on a port below 1024',
} as const;

/** Explains why a server cannot listen. */
export function explainListening(host: string): Explain {
  return (error) => {
    const code = codeAmong(error, CAUSES);
    if (code === undefined) return undefined;
    if (/^\w+:\/\/|^[^:]+:\d+$/.test(host)) {
      return { cause: `${host} is not a host name or address`, remedy: 'Write the port into PORT alone.' };
    }
    return {
      cause: `the server cannot listen on ${host}: ${CAUSES[code]} (${code})`,
      remedy: 'Set HOST to localhost, to 0.0.0.0 for every address of this machine, or to one of them.',
    };
  };
}

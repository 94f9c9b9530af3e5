import { aroundSymbols, isUnknown, knownPart } from '#lib/symbolic.ts';
import type { Named } from './tool.ts';

/** Hosts that are nobody's own: this machine, and the forges that code is fetched from. */
const NOT_OF_THE_ESTATE =
  /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1|host\.docker\.internal|(?:ssh\.)?(?:github|gitlab)\.com|bitbucket\.org|ssh\.dev\.azure\.com|git-codecommit\..*|heroku\.com|serveo\.net)$/i;

/** The host of `user@host`, `ssh://user@host:22`, `[::1]`. Nothing when it is known only at run time. */
export function hostNamed(text: string): Named[] {
  const host = aroundSymbols(text.trim(), (hidden) =>
    hidden
      .replace(/^ssh:\/\//, '')
      .replace(/^[^@/]*@/, '')
      .replace(/^\[([^\]]+)\].*$/, '$1')
      .replace(/:\d+$/, '')
      .replace(/\/.*$/, ''),
  );
  const isHost = /^[A-Za-z0-9_.:-]+$/.test(knownPart(host)) && !/^[-.]/.test(host);
  return isHost && !isUnknown(host) && !NOT_OF_THE_ESTATE.test(host) ? [{ kind: 'Host', name: host }] : [];
}

/** The hosts of `host:path` words, as scp and rsync write them. */
export const hostsOfPaths = (words: readonly string[]): Named[] =>
  words.flatMap((word) => {
    const host = aroundSymbols(
      word,
      (hidden) => /^(?:rsync:\/\/|scp:\/\/)?((?:[^@/:\s]+@)?[^/:\s]+):/.exec(hidden)?.[1],
    );
    return host === undefined || /^[A-Za-z]$/.test(host) ? [] : hostNamed(host);
  });

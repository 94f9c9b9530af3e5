import type { CallEvidence } from '#model/evidence.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { nginxConfig } from './config.ts';
import { fitsPattern, folderOf, isPattern, plainPath } from './include-path.ts';
import { loadNginx } from './load.ts';
import { proxyExcerpt } from './masked.ts';

/** A certificate that the configuration names, and the servers that use it. */
export interface NamedCertificate {
  path: string;
  usedBy: string[];
}

const FILE = /^# configuration file (\/.{1,1000}):$/;

/**
 * The effective configuration that `nginx -T` prints: what it tests and warns of stands before the first file, and each
 * file follows its own line `# configuration file PATH:`. Every file that is included is in it. Secret values are not
 * kept. nginx documentation, “Command-line parameters”, `-T`.
 * @param text what it printed, on both of its outputs or the one
 * @param at the read, whose operation and time the evidence bears
 */
export function nginxFromDump(
  text: string,
  at: CallEvidence,
  runsIn: ProxyConfig['runsIn'] = {},
  host?: string,
): { config: ProxyConfig; certificates: NamedCertificate[] } {
  const files = filesOf(text);
  const [main] = files.keys();
  const prefix = main === undefined ? '/etc/nginx' : folderOf(main);
  const loaded = loadNginx(main === undefined ? [] : [main], {
    text: (file) => files.get(file),
    included: (pattern) => {
      const path = plainPath(pattern.startsWith('/') ? pattern : `${prefix}/${pattern}`);
      if (!isPattern(path)) return files.has(path) ? [path] : 'unknown';
      return [...files.keys()].filter((file) => fitsPattern(path, file)).sort();
    },
  });
  const lines = new Map<string, string[]>();
  const lineOf = (file: string, line: number): string => {
    const kept = lines.get(file) ?? (files.get(file) ?? '').split('\n');
    lines.set(file, kept);
    return kept[line - 1] ?? '';
  };
  const version = /^nginx version: (?:nginx|openresty|angie|freenginx|tengine)\/(\S{1,40})/im.exec(
    text.slice(0, 4_000),
  )?.[1];
  const made = nginxConfig(
    loaded,
    {
      source: 'host',
      standing: 'declared',
      files: [],
      runsIn,
      ...(host !== undefined && { host }),
      ...(version !== undefined && { version }),
    },
    ({ file, line }) => ({ ...at, excerpt: `${file}:${line} ${proxyExcerpt(lineOf(file, line))}`.trim() }),
  );
  for (const broken of loaded.broken)
    made.config.blindSpots.push({ what: `${broken.file}:${broken.line}`, at });
  // what came of no file says nothing of what is served
  if (main === undefined) made.config.blindSpots.push({ what: 'nginx -T', at });
  return made;
}

/** The files in the order in which they were printed; a file that several places include is printed once. */
function filesOf(text: string): Map<string, string> {
  const files = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const path = FILE.exec(line)?.[1];
    if (path !== undefined) {
      // a comment of a file that looks like the mark of one already read is a comment
      const before = files.get(path);
      if (before && current) {
        current.push(line);
        continue;
      }
      current = [];
      files.set(path, current);
    } else current?.push(line);
  }
  return new Map([...files].map(([path, lines]) => [path, lines.join('\n')]));
}

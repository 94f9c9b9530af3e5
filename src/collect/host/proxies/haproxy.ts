import { excerpt } from '#lib/excerpt.ts';
import { shellQuote } from '#lib/shell-quote.ts';
import type { CallEvidence } from '#model/evidence.ts';
import { haproxyConfig } from '../../haproxy/config.ts';
import { sectionsOf } from '../../haproxy/sections.ts';
import { maskHaproxyLine } from '../../nginx/masked.ts';
import { filesOf, filesScript } from '../os/files.ts';
import { note, notUnderstood, seenInPart } from '../refusals.ts';
import { defineSection } from '../section.ts';
import {
  keepProxy,
  type RunningProxy,
  runningProxies,
  runsInside,
  startWords,
  unreadProxy,
} from './running.ts';

const MOST_BYTES = 2_000_000;
const PACKAGED = '/etc/haproxy/haproxy.cfg';
const OF_IMAGE = '/usr/local/etc/haproxy/haproxy.cfg';

/** The files that it was started with: `-f PATH`, or of Debian's unit `-f $CONFIG`. haproxy(1). */
function filesGiven(proxy: RunningProxy): string[] {
  const words = startWords(proxy);
  const given = words.flatMap((word, index) =>
    word === '-f' || word === '--' ? [words[index + 1] ?? ''] : [],
  );
  const paths = given.flatMap((word) => {
    const name = /^\$\{?(\w{1,60})\}?$/.exec(word)?.[1];
    const value = name === undefined ? word : proxy.unit?.environment.find((one) => one.name === name)?.shown;
    return value !== undefined && /^\/[\w./-]{1,300}$/.test(value) ? [value] : [];
  });
  return paths.length > 0 ? [...new Set(paths)].slice(0, 20) : [proxy.container ? OF_IMAGE : PACKAGED];
}

/** HAProxy has no call that gives its configuration: the files that it was started with are read. */
export const haproxy = defineSection({
  parts: ['haproxy'],
  round: 2,
  commands: (known) =>
    runningProxies('haproxy', known).map((proxy) => {
      const paths = filesGiven(proxy);
      return {
        id: proxy.id,
        operation: 'cat haproxy.cfg',
        script: proxy.container
          ? paths
              .map(
                (path) => `t=$(${runsInside(proxy)}cat ${shellQuote(path)} </dev/null) || exit $?
echo "F "${shellQuote(path)}; printf '%s\\n' "$t" | sed 's/^/|/'`,
              )
              .join('\n')
          : // of a folder every file that ends so is read, by name
            filesScript([], {
              globs: paths.map(
                (path) => `$(if [ -d ${path} ]; then echo ${path}/*.cfg; else echo ${path}; fi)`,
              ),
              most: MOST_BYTES,
            }),
        needsRoot: true,
      };
    }),
  read(answers, state) {
    for (const proxy of runningProxies('haproxy', state)) {
      const answer = answers.get(proxy.id);
      if (!answer) continue;
      note(state, 'haproxy', unreadProxy('haproxy', proxy, answer));
      if (answer.end !== 'done') continue;
      const files = filesOf(answer.stdout);
      const at: CallEvidence = { source: 'host', operation: answer.operation, at: state.at };
      const read = files.filter(({ state: how }) => how === 'read');
      if (read.length < files.length || files.length === 0)
        note(
          state,
          'haproxy',
          files.some(({ state: how }) => how === 'denied') ? seenInPart(answer) : notUnderstood(answer),
        );
      const parts = read.map(({ path, text }) => sectionsOf(text, path));
      const sections = parts.flatMap((part) => part.sections);
      if (sections.length === 0) {
        note(state, 'haproxy', notUnderstood(answer));
        continue;
      }
      const lines = new Map(read.map(({ path, text }) => [path, text.split('\n')]));
      const config = haproxyConfig(
        sections,
        parts.flatMap((part) => part.astray),
        { source: 'host', standing: 'declared', files: read.map(({ path }) => path) },
        ({ line, file }) => {
          const path = file;
          const shown = excerpt(maskHaproxyLine(lines.get(path)?.[line - 1] ?? '')).trim();
          return { ...at, excerpt: `${path}:${line} ${shown}`.trim() };
        },
      );
      if (read.length < files.length) config.blindSpots.push({ what: answer.operation, at });
      keepProxy(state, config, proxy);
    }
  },
});

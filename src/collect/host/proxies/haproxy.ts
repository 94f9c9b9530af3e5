import { excerpt } from '#lib/excerpt.ts';
import { shellQuote } from '#lib/shell-quote.ts';
import type { HostState } from '#model/host.ts';
import { haproxyConfig } from '../../haproxy/config.ts';
import { sectionsOf } from '../../haproxy/sections.ts';
import { maskHaproxyLine } from '../../nginx/masked.ts';
import type { HostAnswer } from '../../readers/host/session.ts';
import { note, notUnderstood, refusalOf } from '../refusals.ts';
import { defineSection } from '../section.ts';
import { optionIn, placeOf, type Runner, runnersOf } from './runners.ts';
import { unasked } from './unasked.ts';

const MOST_RUNNERS = 10;

/** The file that it is started with. haproxy(1), `-f`. A variable of its unit is put in where its value is known. */
export function haproxyFile({ container, command, unit }: Runner, state: Readonly<HostState>): string {
  const named = optionIn(command, ['-f', '--']);
  const variable = /^\$\{?(\w{1,60})\}?$/.exec(named ?? '')?.[1];
  const environment = state.units.find(({ name }) => name === unit)?.environment ?? [];
  const path = variable === undefined ? named : environment.find(({ name }) => name === variable)?.shown;
  if (path?.startsWith('/')) return path;
  return container ? '/usr/local/etc/haproxy/haproxy.cfg' : '/etc/haproxy/haproxy.cfg';
}

/** The file as it lies there; of a folder, its files in the order of their names, as HAProxy reads them. */
function script(runner: Runner, state: Readonly<HostState>): string {
  const file = shellQuote(haproxyFile(runner, state));
  const cat = `if [ -d ${file} ]; then cat ${file}/*.cfg; else cat ${file}; fi`;
  const { container } = runner;
  return container ? `${container.engine} exec ${container.id} sh -c ${shellQuote(cat)}` : cat;
}

/** What runs HAProxy, and the file of each. It says what a reload would load: what runs it tells to its own socket alone. */
export const haproxy = defineSection({
  parts: ['haproxy'],
  round: 2,
  commands: (known) =>
    runnersOf('haproxy', known)
      .slice(0, MOST_RUNNERS)
      .map((runner, index) => ({
        id: `haproxy.${index}`,
        operation: 'cat haproxy.cfg',
        script: script(runner, known),
        needsRoot: true,
      })),
  read(answers, state) {
    unasked(state, 'haproxy');
    for (const [index, runner] of runnersOf('haproxy', state).entries()) {
      const answer = answers.get(`haproxy.${index}`);
      if (answer) take(answer, runner, state);
    }
  },
});

function take(answer: HostAnswer, runner: Runner, state: HostState): void {
  const refusal = refusalOf(answer, 'root');
  note(state, 'haproxy', refusal);
  if (refusal) return;
  const file = haproxyFile(runner, state);
  const { sections, astray } = sectionsOf(answer.stdout, file);
  if (sections.length === 0) {
    note(state, 'haproxy', notUnderstood(answer));
    return;
  }
  const lines = answer.stdout.split('\n');
  const at = ({ line }: { line: number }) => ({
    source: 'host' as const,
    operation: `cat ${file}`,
    at: state.at,
    excerpt: `${file}:${line} ${excerpt(maskHaproxyLine(lines[line - 1] ?? '')).trim()}`.trim(),
  });
  const config = haproxyConfig(sections, astray, { source: 'host', standing: 'declared', files: [] }, at);
  state.proxies.push({ ...config, host: state.name, runsIn: placeOf(runner) });
}

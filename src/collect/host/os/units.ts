import { batches } from '#lib/batches.ts';
import { shellQuote } from '#lib/shell-quote.ts';
import type { HostState, HostUnit } from '#model/host.ts';
import { givenValue } from '../../given-value.ts';
import { note, notUnderstood, refuse } from '../refusals.ts';
import { defineSection } from '../section.ts';
import { filesOf, filesScript } from './files.ts';
import { PROPERTIES, propertyBlocks, unitOf } from './unit-properties.ts';

const TYPES = ['service', 'timer', 'socket', 'path'];
const SHOW = `systemctl show --no-pager -p ${PROPERTIES.join(',')}`;
const MOST_FILES = 300;
const PLAIN_NAME = /^[A-Za-z0-9:_.@\\-]{1,255}$/;

/** Unit files that are installed and not loaded; kept between the rounds of one reading by the state that they are of. */
const unloaded = new WeakMap<object, string[]>();

/** Units of one answer, without those that only other units name. */
const unitsOf = (stdout: string): HostUnit[] =>
  propertyBlocks(stdout)
    .flatMap((block) => unitOf(block) ?? [])
    .filter(({ load, active }) => load !== 'not-found' || active !== 'inactive');

/** Names of `systemctl list-unit-files`: `NAME STATE [PRESET]`. Templates are no units, aliases are those that they lead to. */
export const unitFileNames = (stdout: string): string[] =>
  stdout.split('\n').flatMap((line) => {
    const [name = '', state = ''] = line.trim().split(/\s+/);
    return PLAIN_NAME.test(name) &&
      !name.includes('@.') &&
      !['alias', 'generated', 'transient'].includes(state)
      ? [name]
      : [];
  });

function add(state: HostState, units: readonly HostUnit[]): void {
  const known = new Set(state.units.map(({ name }) => name));
  for (const unit of units)
    if (!known.has(unit.name)) {
      known.add(unit.name);
      state.units.push(unit);
    }
}

/** What is loaded, in one command for all of it; what is installed beside. systemctl(1): patterns match loaded units. */
export const units = defineSection({
  parts: ['units'],
  round: 1,
  commands: () => [
    {
      id: 'units.loaded',
      operation: 'systemctl show',
      script: `${SHOW} ${TYPES.map((type) => `'*.${type}'`).join(' ')}`,
      seconds: 30,
    },
    {
      id: 'units.files',
      operation: 'systemctl list-unit-files',
      script: `systemctl list-unit-files --no-pager --no-legend --type=${TYPES.join(',')}`,
    },
  ],
  read(answers, state) {
    const loaded = answers.get('units.loaded');
    if (loaded) {
      if (/not been booted with systemd/i.test(loaded.stderr))
        note(state, 'units', {
          sort: 'unavailable',
          operation: loaded.operation,
          why: { fr: 'systemd ne dirige pas cet hôte', en: 'systemd does not run this host' },
        });
      else if (!refuse(state, 'units', loaded)) {
        add(state, unitsOf(loaded.stdout));
        // A host that systemd runs has services: nothing at all is an answer that was not understood.
        if (state.units.length === 0) note(state, 'units', notUnderstood(loaded));
      }
    }
    const files = answers.get('units.files');
    if (files && !state.refusals.units && !refuse(state, 'units', files)) {
      const known = new Set(state.units.map(({ name }) => name));
      unloaded.set(
        state,
        unitFileNames(files.stdout).filter((name) => !known.has(name)),
      );
    }
  },
});

/** Units that are installed and not loaded: a disabled one that nothing names. */
export const unloadedUnits = defineSection({
  parts: ['units'],
  round: 2,
  commands: (known) =>
    batches(unloaded.get(known) ?? [], 200).map((names, index) => ({
      id: `units.unloaded.${index}`,
      operation: 'systemctl show',
      script: `${SHOW} -- ${names.map(shellQuote).join(' ')}`,
    })),
  read(answers, state) {
    for (const [id, answer] of answers)
      if (id.startsWith('units.unloaded.') && !refuse(state, 'units', answer))
        add(state, unitsOf(answer.stdout));
  },
});

/** `NAME=value` lines as systemd reads them: comments, `export`-less, quotes, continued lines. systemd.exec(5), `EnvironmentFile=`. */
export function environmentEntries(text: string): [string, string][] {
  return text
    .replace(/\\\r?\n/g, '')
    .split(/\r?\n/)
    .slice(0, 5_000)
    .flatMap((line): [string, string][] => {
      const [, name, value = ''] =
        /^\s*([A-Za-z_][A-Za-z0-9_]{0,200})\s*=(.*)$/.exec(line.slice(0, 20_000)) ?? [];
      if (!name) return [];
      const given = value.trim();
      return [[name, given.replace(/^(["'])(.*)\1$/, '$2')]];
    });
}

/** Variables of the files that units name. Values end here. */
export const environmentFiles = defineSection({
  parts: ['environment-files'],
  round: 2,
  commands(known) {
    const paths = [
      ...new Set(known.units.flatMap((unit) => unit.environmentFiles.map(({ path }) => path))),
    ].filter((path) => !/[*?[\]\n%]/.test(path));
    return paths.length === 0
      ? []
      : [
          {
            id: 'environment-files',
            operation: 'cat EnvironmentFile',
            script: filesScript(paths.slice(0, MOST_FILES)),
            needsRoot: true,
          },
        ];
  },
  read(answers, state) {
    const answer = answers.get('environment-files');
    if (!answer || refuse(state, 'environment-files', answer, 'root')) return;
    const files = new Map(filesOf(answer.stdout).map((file) => [file.path, file]));
    for (const unit of state.units)
      for (const one of unit.environmentFiles) {
        const file = files.get(one.path);
        if (!file) continue;
        one.state = file.state;
        one.variables = environmentEntries(file.text).map(([name, value]) => givenValue(name, value));
        if (file.state === 'denied')
          note(state, 'environment-files', {
            sort: 'denied',
            operation: answer.operation,
            permission: 'root',
            why: {
              fr: 'des fichiers `EnvironmentFile` ne peuvent être lus que par `root`',
              en: 'files of `EnvironmentFile` can be read by `root` only',
            },
          });
      }
  },
});

import { maskSecrets } from '#lib/mask.ts';
import type { UnitFile } from '#model/unit-file.ts';
import { givenValue } from '../../given-value.ts';
import {
  assignmentsOf,
  commandWords,
  isOpen,
  itemsOf,
  listed,
  single,
  specified,
} from '../../systemd/unit-text.ts';
import { portOf, portsOfCommand } from './ports.ts';
import type { PlacedAssignment, UnitPart } from './unit-part.ts';

/** A unit of systemd with what its files give it: its own file first, drop-ins in the order of their names. */
export interface DeclaredUnit {
  unit: UnitFile;
  /** The first of them is its own file, where there is one. */
  parts: readonly UnitPart[];
  assignments: readonly PlacedAssignment[];
}

const LONGEST_SHOWN = 2_000;
const SECRETS =
  /^(?:SetCredential|SetCredentialEncrypted|LoadCredentialEncrypted|PodmanArgs|GlobalArgs|Secret)$/;
/** Of systemd.timer(5): what a timer runs by. */
const SCHEDULES = [
  'OnCalendar',
  'OnBootSec',
  'OnStartupSec',
  'OnActiveSec',
  'OnUnitActiveSec',
  'OnUnitInactiveSec',
];
const LISTENS = ['ListenStream', 'ListenDatagram'];
const PORT_VARIABLE =
  /^(?:(?:APP|API|WEB|HTTP|HTTPS|SERVER|LISTEN|BIND|SERVICE|BACKEND|FRONTEND|UVICORN|GUNICORN|NODE|FLASK_RUN)_)?PORT$/;

/** A value that may be shown: names alone of what is given to the process, secrets masked. */
function shown({ key, value }: PlacedAssignment): string {
  if (/^(?:Environment|Label|Annotation)$/.test(key))
    return assignmentsOf(value)
      .map(({ name }) => `${name}=…`)
      .join(' ');
  return SECRETS.test(key) && value !== '' ? '…' : maskSecrets(value.slice(0, LONGEST_SHOWN));
}

/** A command line as systemctl(1) shows it: marks and quotes taken off, words joined by a space, secrets masked. */
export const commandText = (value: string, unit: string): string =>
  maskSecrets(specified(commandWords(value).join(' ').slice(0, LONGEST_SHOWN), unit));

/** What parts of one unit say, merged as systemd merges them. systemd.unit(5). */
export function declaredUnit(parts: readonly UnitPart[]): DeclaredUnit | undefined {
  const [first] = parts;
  if (!first) return undefined;
  const { name, type, standing } = first;
  const own = parts.filter((part) => !part.isDropIn);
  const assignments = parts.flatMap((part) => part.assignments);
  const text = (section: string, key: string) => {
    const value = single(assignments, section, key)?.value;
    return value === undefined ? undefined : specified(value, name);
  };
  const words = (section: string, ...keys: string[]) =>
    listed(assignments, section, ...keys).flatMap(({ value }) => itemsOf(specified(value, name)));
  const place = ({ file, line }: PlacedAssignment) => ({ file, line });
  const exec = listed(assignments, 'Service', 'ExecStart');
  const user = text('Service', 'User');
  const folder = text('Service', 'WorkingDirectory')?.replace(/^[-!]/, '');
  const unit: UnitFile = {
    name,
    type,
    ...(own[0] && { file: own[0].file }),
    dropIns: parts.filter((part) => part.isDropIn).map(({ file }) => file),
    standing: standing.sort,
    line: exec[0]?.file === first.file ? exec[0].line : (first.assignments[0]?.line ?? 1),
    settings: assignments.map((one) => ({
      section: one.section,
      key: one.key,
      value: shown(one),
      ...place(one),
    })),
    execStart: exec.map((one) => ({ text: commandText(one.value, name), ...place(one) })),
    environment: variablesOf(assignments, name),
    environmentFiles: listed(assignments, 'Service', 'EnvironmentFile').map((one) => ({
      path: specified(one.value.replace(/^-/, '').replace(/^"(.*)"$/, '$1'), name),
      isOptional: one.value.startsWith('-'),
      ...place(one),
    })),
    ...(user !== undefined && { user }),
    ...(folder !== undefined && { workingDirectory: folder }),
    ports: [],
    triggers: triggersOf(name, type, assignments),
    schedule: listed(assignments, 'Timer', ...SCHEDULES).map(({ key, value }) =>
      key === 'OnCalendar' ? value : `${key}=${value}`,
    ),
    requires: unique(words('Unit', 'Requires', 'Requisite', 'BindsTo')),
    conflicts: unique(words('Unit', 'Conflicts')),
    wantedBy: unique(words('Install', 'WantedBy', 'RequiredBy')),
  };
  unit.ports = portsIn(unit, exec, assignments);
  return { unit, parts, assignments };
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];

/** The variables of `Environment=`; where one is given twice the last one counts. systemd.exec(5). */
function variablesOf(assignments: readonly PlacedAssignment[], unit: string): UnitFile['environment'] {
  const found = new Map<string, UnitFile['environment'][number]>();
  for (const { value: written, file, line, isConditional } of listed(assignments, 'Service', 'Environment')) {
    for (const { name, value: text } of assignmentsOf(written)) {
      const value = specified(text, unit);
      const { digest, shown: plain, ...rest } = givenValue(name, value);
      const isKnown = !isConditional && !isOpen(value);
      found.set(name, {
        ...rest,
        ...(isKnown && { digest, ...(plain !== undefined && { shown: plain }) }),
        file,
        line,
      });
    }
  }
  return [...found.values()];
}

function triggersOf(name: string, type: string, assignments: readonly PlacedAssignment[]): string[] {
  const stem = name.slice(0, name.lastIndexOf('.'));
  const given = (section: string, key: string) => single(assignments, section, key)?.value;
  if (type === 'timer') return [given('Timer', 'Unit') ?? `${stem}.service`];
  if (type === 'path') return [given('Path', 'Unit') ?? `${stem}.service`];
  if (type !== 'socket') return [];
  const isPerConnection = /^(?:yes|true|on|1)$/i.test(given('Socket', 'Accept') ?? '');
  return [given('Socket', 'Service') ?? `${stem}${isPerConnection ? '@' : ''}.service`];
}

function portsIn(
  unit: UnitFile,
  exec: readonly PlacedAssignment[],
  assignments: readonly PlacedAssignment[],
): UnitFile['ports'] {
  const ofCommands = exec.flatMap(({ value, file, line }) =>
    portsOfCommand(withVariables(commandWords(specified(value, unit.name)), unit)).map((port) => ({
      ...port,
      file,
      line,
    })),
  );
  const ofSockets = [
    ...listed(assignments, 'Socket', ...LISTENS),
    ...listed(assignments, 'Container', 'PublishPort'),
    ...listed(assignments, 'Pod', 'PublishPort'),
  ].flatMap(({ key, value, file, line }) => {
    const port = key === 'PublishPort' ? portsOfCommand(['podman', '-p', value])[0] : portOf(value);
    return port ? [{ ...port, file, line }] : [];
  });
  const ofVariables = unit.environment.flatMap(({ name, shown: value, file, line }) => {
    const port = PORT_VARIABLE.test(name) && value !== undefined ? portOf(value) : undefined;
    return port ? [{ ...port, file, line }] : [];
  });
  const seen = new Set<number>();
  return [...ofCommands, ...ofSockets, ...ofVariables].filter(
    ({ port }) => !seen.has(port) && seen.add(port),
  );
}

/** Words with the variables put in that the unit itself gives and that are plain: `--port $PORT`. systemd.service(5). */
function withVariables(words: readonly string[], { environment }: UnitFile): string[] {
  const values = new Map(
    environment.flatMap(({ name, shown: value }) => (value === undefined ? [] : [[name, value]])),
  );
  return words.map((word) =>
    word.replace(
      /\$\{(\w{1,128})\}|\$(\w{1,128})/g,
      (whole, braced?: string, bare?: string) => values.get(braced ?? bare ?? '') ?? whole,
    ),
  );
}

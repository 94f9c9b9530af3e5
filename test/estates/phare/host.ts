import { rmSync } from 'node:fs';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { audit } from '#audit.ts';
import { type HostRecording, recordedHost } from '#collect/readers/host/recording.ts';
import type { Report } from '#model/report.ts';
import { reportOf } from '#report/json.ts';
import type { Language } from '#model/text.ts';
import type { MachineUser, Scenario } from '../../host/machine.ts';
import { recorded } from '../../host/recordings.ts';
import { copyOf } from '../../support/audit-folder.ts';

/** A recording of `phare-1` as a value, and when it was made (RFC 3339). */
export type PhareHost = HostRecording & { at: string };

/** One thing that is otherwise on the host: it changes answers in place. */
export type Change = (host: PhareHost) => void;

const REPOSITORY = path.join(import.meta.dirname, 'repository');

/** The default secret that the example file shows to everyone: recordings mask it, the host is given it again. */
const DEFAULT_SECRET =
  /^PHARE_SECRET_KEY=(.+)$/m.exec(readFileSync(path.join(REPOSITORY, 'backend/.env.example'), 'utf8'))?.[1] ??
  '';

/**
 * The host in a state that was recorded, with these changes. It is given the default secret that the recording masks, and
 * its worker the restarts of a day: the recording was made seconds after the start.
 */
export function phareHost(
  changes: readonly Change[] = [],
  scenario: Scenario = 'baseline',
  user: MachineUser = 'root',
): PhareHost {
  const host = recorded(scenario, user);
  // an ordinary user read neither the file nor the engine
  if (host.answers['environment-files']?.stdout.includes('PHARE_SECRET_KEY='))
    variable('/opt/phare/backend/.env', 'PHARE_SECRET_KEY', DEFAULT_SECRET)(host);
  if (host.answers['docker.containers']?.stdout.includes('"/phare-worker"'))
    container('phare-worker', (one) => {
      one.RestartCount = 1440;
    })(host);
  for (const change of changes) change(host);
  return host;
}

/** What a command printed, otherwise; throws where nothing is changed by it. */
export const printed =
  (id: string, edit: (stdout: string) => string): Change =>
  ({ answers }) => {
    const answer = answers[id];
    if (!answer) throw new Error(`${id} was not recorded`);
    const stdout = edit(answer.stdout);
    if (stdout === answer.stdout) throw new Error(`${id} is as before`);
    answers[id] = { ...answer, stdout };
  };

/** A command that is not allowed. */
export const denied =
  (id: string): Change =>
  ({ answers }) => {
    const answer = answers[id];
    if (!answer) throw new Error(`${id} was not recorded`);
    answers[id] = {
      ...answer,
      end: 'denied',
      code: 1,
      stdout: '',
      stderr: 'permission denied',
      asRoot: false,
    };
  };

// biome-ignore lint/suspicious/noExplicitAny: what `docker inspect` prints has no type of its own here
type Inspected = any;

/** A list that the engine's commands print: their number, then one JSON value a line. */
const inspected = (id: string, edit: (list: Inspected[]) => Inspected[]): Change =>
  printed(id, (stdout) => {
    const list = edit(
      stdout
        .split('\n')
        .slice(1)
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    );
    return `${[`${list.length}`, ...list.map((one) => JSON.stringify(one))].join('\n')}\n`;
  });

const named = (name: string) => (one: Inspected) => one.Name === `/${name}` || one.Name === name;

function changed(list: Inspected[], name: string, edit: (one: Inspected) => void): Inspected[] {
  const one = list.find(named(name));
  if (!one) throw new Error(`there is no ${name}`);
  edit(one);
  return list;
}

/** One container, changed as `docker inspect` prints it. */
export const container = (name: string, edit: (one: Inspected) => void): Change =>
  inspected('docker.containers', (list) => changed(list, name, edit));

/** One network, changed as `docker network inspect` prints it. */
export const network = (name: string, edit: (one: Inspected) => void): Change =>
  inspected('docker.networks', (list) => changed(list, name, edit));

/** A container that is not there any more. */
export const without = (name: string): Change =>
  inspected('docker.containers', (list) => list.filter((one) => !named(name)(one)));

/** One more container, like `like` and by hand: Compose knows nothing of it, and it publishes nothing. */
export const another = (name: string, like: string, edit: (one: Inspected) => void = () => {}): Change =>
  inspected('docker.containers', (list) => {
    const one = structuredClone(list.find(named(like)));
    one.Id = `${name.length}`.repeat(64).slice(0, 64);
    one.Name = `/${name}`;
    one.RestartCount = 0;
    for (const label of Object.keys(one.Config.Labels))
      if (label.startsWith('com.docker.compose.')) delete one.Config.Labels[label];
    publish(one, {});
    one.HostConfig.Binds = null;
    one.Mounts = [];
    edit(one);
    return [...list, one];
  });

/** What a container publishes: `{ 80: '0.0.0.0:8002' }`. */
export function publish(one: Inspected, ports: Record<number, string>): void {
  const bindings = Object.fromEntries(
    Object.entries(ports).map(([port, address]) => {
      const at = address.lastIndexOf(':');
      return [`${port}/tcp`, [{ HostIp: address.slice(0, at), HostPort: address.slice(at + 1) }]];
    }),
  );
  one.HostConfig.PortBindings = structuredClone(bindings);
  one.NetworkSettings.Ports = bindings;
}

/** Properties of a unit as `systemctl show` prints them. */
export const unit = (name: string, properties: Record<string, string>): Change =>
  printed('units.loaded', (stdout) =>
    stdout
      .split('\n\n')
      .map((block) =>
        block.includes(`\nId=${name}\n`)
          ? block
              .split('\n')
              .map((line) => {
                const key = line.slice(0, line.indexOf('='));
                return Object.hasOwn(properties, key) ? `${key}=${properties[key]}` : line;
              })
              .join('\n')
          : block,
      )
      .join('\n\n'),
  );

/** A unit that is not installed: neither loaded nor among the files. */
export const uninstalled =
  (name: string): Change =>
  (host) => {
    printed('units.loaded', (stdout) =>
      stdout
        .split('\n\n')
        .filter((block) => !block.includes(`\nId=${name}\n`))
        .join('\n\n'),
    )(host);
    printed('units.files', (stdout) =>
      stdout
        .split('\n')
        .filter((line) => !line.startsWith(`${name} `))
        .join('\n'),
    )(host);
  };

/** What `systemctl list-unit-files` says of a unit. */
export const unitFile = (name: string, state: string): Change =>
  printed('units.files', (stdout) =>
    stdout
      .split('\n')
      .map((line) => (line.startsWith(`${name} `) ? `${name} ${state} enabled` : line))
      .join('\n'),
  );

/** A socket that listens, as `ss` prints it. */
export const listens = (address: string, program: string, pid: number): Change =>
  printed(
    'listeners',
    (stdout) =>
      `${stdout.trimEnd()}\ntcp LISTEN 0 128 ${address} 0.0.0.0:* users:(("${program}",pid=${pid},fd=3))\n`,
  );

/** Nothing listens on a port any more. */
export const silent = (port: number): Change =>
  printed('listeners', (stdout) =>
    stdout
      .split('\n')
      .filter((line) => !new RegExp(`:${port}\\s`).test(line.slice(0, 60)))
      .join('\n'),
  );

/** A variable of an environment file; undefined: the file does not set it. */
export const variable = (file: string, name: string, value: string | undefined): Change =>
  printed('environment-files', (stdout) =>
    stdout
      .split(/(?=^[FM] )/m)
      .map((part) =>
        part.startsWith(`F ${file}\n`)
          ? part
              .split('\n')
              .flatMap((line) =>
                !line.startsWith(`|${name}=`) ? [line] : value === undefined ? [] : [`|${name}=${value}`],
              )
              .join('\n')
          : part,
      )
      .join(''),
  );

/** Files of the repository that are otherwise: their text, what is made of it, or null where they are gone. */
export type Files = Record<string, string | ((text: string) => string) | null>;

/** The estate audited as `constat audit --host phare-1=…` does it, on the day of the recording. */
export async function auditPhare(
  host: PhareHost | undefined = phareHost(),
  files: Files = {},
  lang: Language = 'en',
): Promise<Report> {
  const repository = copyOf(REPOSITORY);
  try {
    for (const [file, content] of Object.entries(files)) {
      const at = path.join(repository, file);
      if (content === null) rmSync(at, { recursive: true });
      else if (typeof content === 'string') {
        mkdirSync(path.dirname(at), { recursive: true });
        writeFileSync(at, content);
      } else {
        const before = readFileSync(at, 'utf8');
        const after = content(before);
        if (after === before) throw new Error(`${file} is as before`);
        writeFileSync(at, after);
      }
    }
    const result = await audit({
      path: repository,
      shownAs: 'phare',
      name: 'phare',
      config: {},
      lock: { version: 1, next: 1, gaps: {} },
      lang,
      version: '0.0.0',
      clock: () => new Date(host?.at ?? '2026-11-28T17:00:00Z'),
      ...(host && { hosts: [{ address: host.address, name: 'phare-1', session: recordedHost(host) }] }),
    });
    return JSON.parse(JSON.stringify(reportOf(result.audit)));
  } finally {
    rmSync(path.dirname(repository), { recursive: true });
  }
}

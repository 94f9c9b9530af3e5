import type { GivenValue, HostContainer, HostState, HostUnit } from '#model/host.ts';
import type { ProgramSettings } from '#model/settings.ts';

/** Where a program of the repository was seen to run, with what it is given there. */
export interface RunningProgram {
  host: HostState;
  kind: 'Systemd::Unit' | 'Docker::Container';
  name: string;
  unit?: HostUnit;
  container?: HostContainer;
  /** By name, the last one that gives it counts. */
  given: ReadonlyMap<string, GivenValue>;
  /** A file that gives variables was not read: a name that is not among them may be given all the same. */
  isInPart: boolean;
}

/** Settings that many programs have, and that tell none of them. */
const COMMON =
  /^(?:PATH|HOME|USER|PORT|HOST|NODE_ENV|ENV|ENVIRONMENT|DEBUG|LOG_LEVEL|TZ|LANG|DATABASE_URL|REDIS_URL|PYTHONPATH|PYTHONUNBUFFERED)$/;

/**
 * The units and containers that run a program: those that are given at least one variable of its own, one that its code
 * reads and that no other program of the repository reads.
 */
export function runningPrograms(
  program: ProgramSettings,
  programs: readonly ProgramSettings[],
  hosts: readonly HostState[],
): RunningProgram[] {
  const others = new Set(
    programs.filter((one) => one !== program).flatMap(({ settings }) => settings.map(({ name }) => name)),
  );
  const own = new Set(
    program.settings.map(({ name }) => name).filter((name) => !others.has(name) && !COMMON.test(name)),
  );
  return hosts.flatMap((host) =>
    [...ofUnits(host), ...ofContainers(host)].filter(({ given }) =>
      [...given.keys()].some((name) => own.has(name)),
    ),
  );
}

const byName = (values: readonly GivenValue[]): Map<string, GivenValue> =>
  new Map(values.map((one) => [one.name, one]));

/** Units that run, and what they are given: files come after `Environment=`. systemd.exec(5), `EnvironmentFile=`. */
const ofUnits = (host: HostState): RunningProgram[] =>
  host.units
    .filter(({ active, type }) => active === 'active' && type === 'service')
    .map((unit) => ({
      host,
      kind: 'Systemd::Unit',
      name: unit.name,
      unit,
      given: byName([...unit.environment, ...unit.environmentFiles.flatMap(({ variables }) => variables)]),
      isInPart: unit.environmentFiles.some(({ state }) => state === 'denied' || state === 'unread'),
    }));

const ofContainers = (host: HostState): RunningProgram[] =>
  host.containers
    .filter(({ state }) => state === 'running')
    .map((container) => ({
      host,
      kind: 'Docker::Container',
      name: container.name,
      container,
      given: byName(container.environment),
      isInPart: false,
    }));

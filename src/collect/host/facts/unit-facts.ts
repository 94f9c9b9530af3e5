import type { Fact, RelationFact } from '#model/fact.ts';
import type { CronJob, HostState, HostUnit } from '#model/host.ts';
import { observed } from './observed.ts';

/** Units that systemd makes of other things, and states them as: mounts of fstab, slices, devices. */
const MADE = new Set(['device', 'slice', 'scope', 'swap', 'automount']);
/** What packages of Debian and Red Hat put into the folders of cron. */
const OF_PACKAGES =
  /\brun-parts\b|\b(?:e2scrub|anacron|debian-sa1|sessionclean|0hourly|raid-check)|\/usr\/lib\/(?:sa|mdadm|php)\/|certbot -q renew|popularity-contest/;

/**
 * Units of the host: those of its administrators, and of a package's those that failed or that files name.
 * @param isDeclared whether files name a unit
 */
export function unitFacts(state: HostState, isDeclared: (name: string) => boolean): Fact[] {
  return state.units
    .filter(
      (unit) =>
        !MADE.has(unit.type) &&
        // a name that something only wants is no unit
        unit.load !== 'not-found' &&
        // what somebody masked does not run, which is what was meant
        (unit.load !== 'masked' || isDeclared(unit.name)) &&
        (!unit.isVendor || unit.active === 'failed' || isDeclared(unit.name)),
    )
    .map((unit) => unitFact(state, unit, isDeclared(unit.name)));
}

function unitFact(state: HostState, unit: HostUnit, isNamed: boolean): Fact {
  const relations: RelationFact[] = unit.triggers.map((name) => ({
    type: 'triggers',
    to: { kind: 'Systemd::Unit', name },
  }));
  const listens = state.listeners.filter((one) => one.unit === unit.name && one.container === undefined);
  return observed(state, {
    kind: 'Systemd::Unit',
    name: unit.name,
    operation: 'systemctl show',
    properties: {
      activeState: unit.active,
      subState: unit.sub,
      loadState: unit.load,
      unitFileState: unit.enabled,
      fragment: unit.fragment,
      dropIns: unit.dropIns,
      needsReload: unit.needsReload || undefined,
      execStart: unit.execStart,
      user: unit.user,
      group: unit.group,
      workingDirectory: unit.workingDirectory,
      restart: unit.restart,
      restarts: unit.restarts,
      result: unit.result,
      environmentFiles: unit.environmentFiles.map(({ path }) => path),
      listens: [...new Set(listens.map(({ address, port }) => addressOf(address, port)))].sort(),
      lastTrigger: unit.timer?.last,
      nextTrigger: unit.timer?.next,
    },
    relations,
    builtIn: unit.isVendor && !isNamed,
  });
}

/** `address:port` as URLs write it. RFC 3986, section 3.2.2. */
export const addressOf = (address: string, port: number): string =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`;

export const cronFacts = (state: HostState): Fact[] =>
  state.cron.map((job) =>
    observed(state, {
      kind: 'Cron::Job',
      name: `${job.file} ${job.command}`,
      operation: 'cron',
      properties: { schedule: job.schedule, user: job.user, command: job.command, file: job.file },
      builtIn: isOfPackage(job),
    }),
  );

const isOfPackage = ({ command }: CronJob): boolean => OF_PACKAGES.test(command);

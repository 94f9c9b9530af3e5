import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { CONTAINERS } from './faults/containers.ts';
import { PROXIES } from './faults/proxies.ts';
import { READINGS } from './faults/readings.ts';
import { RETIRED } from './faults/retired.ts';
import { UNITS } from './faults/units.ts';
import { UPKEEP } from './faults/upkeep.ts';
import { auditPhare, phareHost } from './host.ts';
import { SOUND } from './sound.ts';

const FAULTS = [...UNITS, ...CONTAINERS, ...UPKEEP, ...PROXIES, ...RETIRED, ...READINGS];

/** How many there are changes with each of them. */
const titleOf = ({ rule, title }: Report['findings'][number]): string =>
  `${rule}: ${title.en}`.replace(/\d+ resources? that nothing declares/, 'what nothing declares');

const findingsOf = ({ findings }: Report): string[] => [...new Set(findings.map(titleOf))].sort();
const resourcesOf = ({ resources }: Report): string[] =>
  resources
    .filter(({ properties }) => properties.builtIn !== true)
    .map(({ status, kind, name, drift }) => [status, kind, name, ...drift.map(({ path }) => path)].join(' '));
const foretoldOf = ({ whatIf = [] }: Report): string[] =>
  whatIf
    .filter(({ file }) => file === 'docker-compose.yml.OBSOLETE')
    .flatMap(({ effects }) =>
      effects.map(({ id, fails, affects }) =>
        [id, ...(fails ? ['fails'] : []), ...affects.map(({ name }) => name).sort()].join(' '),
      ),
    );
const beyond = (list: string[], known: string[]): string[] =>
  list.filter((one) => !known.includes(one)).sort();

let before: Report;
beforeAll(async () => {
  before = await auditPhare();
});

test('there are enough faults, each under its own name', () => {
  expect(new Set(FAULTS.map(({ what }) => what)).size).toBe(FAULTS.length);
  expect(FAULTS.filter(({ lacking }) => lacking === undefined).length).toBeGreaterThan(40);
});

describe.each(FAULTS)(
  '$what',
  ({ host, scenario, user, files, finds, ends, resources, foretold, isRace }) => {
    test('is told, and nothing else', async () => {
      const report = await auditPhare(phareHost(host, scenario, user), files);
      const seen = {
        finds: beyond(findingsOf(report), findingsOf(before)),
        ends: beyond(findingsOf(before), findingsOf(report)),
        resources: beyond(resourcesOf(report), resourcesOf(before)),
        foretold: beyond(foretoldOf(report), foretoldOf(before)),
      };
      const all = (list: string[] = []) => (isRace ? expect.arrayContaining(list) : list.toSorted());
      expect(seen).toEqual({
        finds: all(finds),
        ends: all(ends),
        resources: all(resources),
        foretold: all(foretold),
      });
      const told = new Set(report.findings.flatMap((finding) => finding.resources));
      const silent = report.resources.filter(
        ({ id, status, properties, kind }) =>
          properties.builtIn !== true &&
          kind !== 'Docker::Image' &&
        // those of a project are told with its services
        !(status === 'undocumented' && /^Docker::(?:Network|Volume)$/.test(kind)) &&
          (status === 'undocumented' || status === 'missing' || status === 'drifted') &&
          !told.has(id),
      );
      expect(silent.map(({ id }) => id)).toEqual([]);
    });
  },
);

for (const { what, lacking } of FAULTS) if (lacking !== undefined) test.todo(`${what}: ${lacking}`);

test('where all of it is mended, nothing is told', async () => {
  const report = await auditPhare(phareHost(SOUND.host), SOUND.files);
  expect(findingsOf(report)).toEqual([]);
  expect(report.resources.filter(({ status }) => /missing|drifted|failed/.test(status))).toEqual([]);
});

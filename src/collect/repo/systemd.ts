import { defineCollector, type Sink } from '../collector.ts';
import { isUnitText } from '../systemd/unit-text.ts';
import { standingOf } from './standing.ts';
import { unitFacts } from './systemd/unit-facts.ts';
import { declaredUnit } from './systemd/unit-file.ts';
import { mayBeUnit, unitOfPath } from './systemd/unit-name.ts';
import { type UnitPart, unitPart } from './systemd/unit-part.ts';

const LONGEST = 300_000;

/** Unit files, drop-ins, templates and quadlets: what they declare that systemd runs on a host. */
export const systemd = defineCollector({
  id: 'systemd',
  source: 'repo',
  title: { fr: 'unité systemd', en: 'systemd unit' },
  reads: ({ path, plain }) => mayBeUnit(path, plain),
  holds: isUnitText,
  collectAll(readings, sinkOf) {
    const parts = readings.flatMap((reading): UnitPart[] => {
      const { path, text } = reading;
      if (text.length > LONGEST) {
        sinkOf(path).unread(1, { fr: 'unité systemd de plus de 300 Ko', en: 'systemd unit over 300 kB' });
        return [];
      }
      const unit = unitOfPath(path);
      // networks of systemd-networkd bear the ending of a quadlet
      if (!unit || (unit.quadlet && /^\[(?:Match|Link|NetDev)\]/m.test(text))) return [];
      const part = unitPart(unit, text, {
        file: path,
        before: 0,
        standing: standingOf(path, { rendered: true }),
        at: (line) => reading.at(line),
      });
      return part ? [part] : [];
    });
    for (const group of grouped(parts)) collectUnit(group, sinkOf(group[0]?.file ?? ''));
  },
});

/** Puts a unit that parts give into the sink: its artifact and its facts. */
export function collectUnit(parts: readonly UnitPart[], sink: Sink): void {
  const declared = declaredUnit(parts);
  if (!declared) return;
  sink.artifact('unitFiles', declared.unit);
  for (const fact of unitFacts(declared)) sink.fact(fact);
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);
/** The folder in which the folder of drop-ins stands. */
const besideOf = (file: string): string => folderOf(folderOf(file).slice(0, -1));

/**
 * Each unit with its drop-ins: those that stand beside it, and, where one file and one folder of drop-ins in the whole
 * repository are of that name, those two. Others stand for themselves: a repository may hold the units of several hosts.
 */
export function grouped(parts: readonly UnitPart[]): UnitPart[][] {
  const byName = Map.groupBy(parts, ({ name, standing, quadlet }) =>
    JSON.stringify([name, standing.sort, quadlet]),
  );
  return [...byName.values()].flatMap((same): UnitPart[][] => {
    const own = same.filter((part) => !part.isDropIn);
    const folders = [
      ...Map.groupBy(
        same.filter((part) => part.isDropIn),
        ({ file, installedAs }) => besideOf(installedAs ?? file),
      ),
    ];
    const taken = new Set<string>();
    const whole = own.map((part) => {
      const beside = folders.filter(
        ([folder]) =>
          folder === folderOf(part.installedAs ?? part.file) || (own.length === 1 && folders.length === 1),
      );
      for (const [folder] of beside) taken.add(folder);
      return [part, ...beside.flatMap(([, dropIns]) => sorted(dropIns))];
    });
    return [
      ...whole,
      ...folders.filter(([folder]) => !taken.has(folder)).map(([, dropIns]) => sorted(dropIns)),
    ];
  });
}

/** systemd.unit(5): drop-ins apply in the order of their file names. */
const sorted = (parts: readonly UnitPart[]): UnitPart[] => {
  const base = ({ installedAs, file }: UnitPart) => (installedAs ?? file).split('/').at(-1) ?? '';
  return [...parts].sort((a, b) => (base(a) < base(b) ? -1 : 1));
};

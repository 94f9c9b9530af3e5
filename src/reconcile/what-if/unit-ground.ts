import type { Evidence } from '#model/evidence.ts';
import type { HostState, HostUnit } from '#model/host.ts';
import type { UnitFile } from '#model/unit-file.ts';
import { lineOf, seen } from './effect.ts';

/** A unit's file beside the host that it would be started on. */
export interface Ground {
  unit: UnitFile;
  host: HostState;
  /** The unit of the same name as the host has it loaded. */
  loaded: HostUnit | undefined;
  place: Evidence;
}

export const shows = ({ host, unit }: Ground, excerpt?: string) =>
  seen(host, 'systemctl show', excerpt ?? unit.name);

export const isActive = (unit: HostUnit | undefined): boolean =>
  unit !== undefined &&
  (unit.active === 'active' || unit.active === 'activating' || unit.active === 'reloading');

/** The line of a setting; the unit's own where it is not kept. */
export function settingLine({ unit, place }: Ground, keys: readonly string[], value: string): Evidence {
  const found = unit.settings.findLast(
    (one) => keys.includes(one.key) && one.value.split(/\s+/).includes(value),
  );
  return found ? lineOf(found.file, found.line) : place;
}

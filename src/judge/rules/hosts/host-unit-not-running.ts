import type { HostUnit } from '#model/host.ts';
import { defineRule, type Gap, gaps, notApplicable, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import type { UnitFile } from '#model/unit-file.ts';
import { idsOn, onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { at, titled } from '../../derived/place.ts';
import { isLongRunning } from '../../derived/units.ts';

const STARTED = /^(?:service|timer|socket|path)$/;

/** A unit that is installed and does not run, or will not after the next boot. */
export const hostUnitNotRunning = defineRule({
  id: 'host-unit-not-running',
  severity: 'medium',
  subject: 'host',
  title: {
    fr: 'Unité déclarée qui ne tourne pas, ou plus après un redémarrage',
    en: 'Declared unit that does not run, or will not after a reboot',
  },
  risk: {
    fr: 'Ce qu’elle sert est absent, ou disparaît au prochain démarrage de la machine sans que personne n’y ait touché.',
    en: 'What it serves is absent, or goes away with the next boot although nobody touched it.',
  },
  remedy: {
    fr: 'Activer et lancer l’unité\u00a0; la retirer du dépôt si elle ne sert plus.',
    en: 'Enable and start the unit; remove it from the repository where it no longer serves.',
  },
  references: ['https://www.freedesktop.org/software/systemd/man/latest/systemctl.html'],
  evaluate(host, estate) {
    const { unitFiles } = estate.artifacts;
    const declared = unitFiles.filter(
      (one) => one.standing === 'declared' && STARTED.test(one.type) && one.wantedBy.length > 0,
    );
    const seen = declared.flatMap((file) => {
      const unit = host.units.find(({ name, load }) => name === file.name && load === 'loaded');
      return unit ? [{ file, unit }] : [];
    });
    if (seen.length === 0) return unreadOn(host, ['units']) ?? notApplicable;
    const found = seen.flatMap(({ file, unit }): Gap[] => {
      const started = host.units.some(
        ({ triggers, active }) => active === 'active' && triggers.includes(unit.name),
      );
      const isOff = unit.enabled === 'disabled' && !started;
      const isDown =
        unit.active === 'inactive' && !started && (unit.type !== 'service' || isLongRunning(file, unitFiles));
      return isOff || isDown ? [gapOf(file, unit, isOff, isDown)] : [];
    });
    function gapOf(file: UnitFile, unit: HostUnit, isOff: boolean, isDown: boolean): Gap {
      const name = code(unit.name);
      return onHost(host, {
        key: unit.name,
        severity: isDown && unit.type === 'service' ? 'high' : 'medium',
        title: titled(
          name,
          isDown ? `à l’arrêt sur ${code(host.name)}` : `non activée sur ${code(host.name)}`,
          isDown ? `not running on ${code(host.name)}` : `not enabled on ${code(host.name)}`,
        ),
        message: isDown
          ? {
              fr: `L’unité ${name} est installée et arrêtée${isOff ? ', et n’est pas activée\u00a0: rien ne la lance' : ''}.`,
              en: `The unit ${name} is installed and stopped${isOff ? ', and is not enabled: nothing starts it' : ''}.`,
            }
          : {
              fr: `L’unité ${name} tourne, mais n’est pas activée\u00a0: elle ne revient pas après un redémarrage.`,
              en: `The unit ${name} runs, but is not enabled: it does not come back after a reboot.`,
            },
        resources: idsOn(estate, host, 'Systemd::Unit', unit.name),
        evidence: [
          seenOn(
            host,
            'systemctl show',
            `${unit.name}: ActiveState=${unit.active} UnitFileState=${unit.enabled ?? ''}`,
          ),
          ...(file.file === undefined ? [] : [at(file.file, file.line)]),
        ],
        values: { unit: unit.name, isOff, isDown },
      });
    }
    return found.length > 0 ? gaps(found) : ok;
  },
});

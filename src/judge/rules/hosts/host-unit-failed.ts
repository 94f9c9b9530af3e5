import type { Severity } from '#model/finding.ts';
import type { HostUnit } from '#model/host.ts';
import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { idsOn, isDeclaredUnit, onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';

/** What has failed does nothing until somebody looks. */
export const hostUnitFailed = defineRule({
  id: 'host-unit-failed',
  severity: 'medium',
  subject: 'host',
  title: { fr: 'Unité en échec sur l’hôte', en: 'Failed unit on the host' },
  risk: {
    fr: 'Ce que l’unité devait faire n’est pas fait, et rien ne la relance.',
    en: 'What the unit was to do is not done, and nothing starts it again.',
  },
  remedy: {
    fr: 'Lire son journal, corriger la cause, relancer l’unité\u00a0; la désactiver si elle ne sert plus.',
    en: 'Read its journal, mend the cause, start the unit again; disable it where it no longer serves.',
  },
  references: ['https://www.freedesktop.org/software/systemd/man/latest/systemctl.html'],
  evaluate(host, estate) {
    const failed = host.units.filter(
      ({ active, sub, restarts = 0 }) => active === 'failed' || (sub === 'auto-restart' && restarts > 2),
    );
    if (failed.length === 0) return unreadOn(host, ['units']) ?? (host.units.length > 0 ? ok : notApplicable);
    return gaps(
      failed.map((unit) => {
        const name = code(unit.name);
        const isLoop = unit.active !== 'failed';
        const why = unit.result && unit.result !== 'success' ? ` (${code(unit.result)})` : '';
        return onHost(host, {
          key: unit.name,
          severity: severityOf(unit, isDeclaredUnit(estate, unit.name), isLoop),
          title: titled(
            name,
            isLoop ? `relancée sans fin sur ${code(host.name)}` : `en échec sur ${code(host.name)}`,
            isLoop ? `restarted over and over on ${code(host.name)}` : `failed on ${code(host.name)}`,
          ),
          message: isLoop
            ? {
                fr: `L’unité ${name} s’arrête aussitôt lancée\u00a0: systemd l’a relancée ${unit.restarts} fois${why}.`,
                en: `The unit ${name} ends as soon as it is started: systemd has restarted it ${unit.restarts} times${why}.`,
              }
            : {
                fr: `L’unité ${name} a échoué${why}\u00a0; elle reste arrêtée.`,
                en: `The unit ${name} has failed${why}; it stays down.`,
              },
          resources: idsOn(estate, host, 'Systemd::Unit', unit.name),
          evidence: [
            seenOn(
              host,
              'systemctl show',
              `${unit.name}: ActiveState=${unit.active}${unit.result ? ` Result=${unit.result}` : ''}`,
            ),
          ],
          values: {
            unit: unit.name,
            isLoop,
            isDeclared: isDeclaredUnit(estate, unit.name),
            type: unit.type,
          },
        });
      }),
    );
  },
});

/** What files declare is what the host is there for; what a package brings, and nobody named, is often of no use to it. */
const severityOf = ({ type, isVendor }: HostUnit, isDeclared: boolean, isLoop: boolean): Severity => {
  if (isVendor && !isDeclared) return 'low';
  return isDeclared && type === 'service' && isLoop ? 'high' : 'medium';
};

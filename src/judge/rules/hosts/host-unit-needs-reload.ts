import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { idsOn, onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';

/** What runs is not what its file says, until somebody reloads it at a moment that nobody chose. */
export const hostUnitNeedsReload = defineRule({
  id: 'host-unit-needs-reload',
  severity: 'low',
  subject: 'host',
  title: { fr: 'Unité modifiée sans être rechargée', en: 'Unit changed without being reloaded' },
  risk: {
    fr: 'Le fichier et ce qui tourne diffèrent\u00a0; le changement prendra effet au prochain redémarrage, quand personne n’y pense.',
    en: 'The file and what runs differ; the change takes effect at the next restart, when nobody thinks of it.',
  },
  remedy: {
    fr: 'Recharger systemd et relancer l’unité, ou remettre le fichier comme il était.',
    en: 'Reload systemd and restart the unit, or put the file back as it was.',
  },
  references: ['https://www.freedesktop.org/software/systemd/man/latest/systemctl.html#daemon-reload'],
  evaluate(host, estate) {
    const changed = host.units.filter(({ needsReload, isVendor }) => needsReload && !isVendor);
    if (changed.length === 0)
      return unreadOn(host, ['units']) ?? (host.units.length > 0 ? ok : notApplicable);
    return gaps(
      changed.map((unit) =>
        onHost(host, {
          key: unit.name,
          title: titled(
            code(unit.name),
            `modifiée sur ${code(host.name)}, non rechargée`,
            `changed on ${code(host.name)}, not reloaded`,
          ),
          message: {
            fr: `${code(unit.fragment ?? unit.name)} ou un de ses compléments a changé depuis que systemd l’a lu.`,
            en: `${code(unit.fragment ?? unit.name)} or one of its drop-ins has changed since systemd read it.`,
          },
          resources: idsOn(estate, host, 'Systemd::Unit', unit.name),
          evidence: [seenOn(host, 'systemctl show', `${unit.name}: NeedDaemonReload=yes`)],
          values: { unit: unit.name },
        }),
      ),
    );
  },
});

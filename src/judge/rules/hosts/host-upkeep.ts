import type { HostState } from '#model/host.ts';
import { defineRule, type Gap, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { daysBetween, onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';

/** File systems of packages and images: they are full by nature. */
const READ_ONLY = /^(?:squashfs|iso9660|overlay|erofs|tmpfs|devtmpfs|efivarfs)$/;
const FULL = 0.9;
const NEARLY_OVER = 0.97;
/** Days after which a list of packages says nothing of today. */
const OLD = 30;

/** A host that is about to stop for want of room or of care. */
export const hostUpkeep = defineRule({
  id: 'host-upkeep',
  severity: 'medium',
  subject: 'host',
  title: { fr: 'Hôte mal entretenu', en: 'Host in want of upkeep' },
  risk: {
    fr: 'Un disque plein arrête bases et journaux\u00a0; une horloge fausse fait refuser jetons et certificats\u00a0; une faille connue reste ouverte.',
    en: 'A full disk stops databases and logs; a wrong clock makes tokens and certificates refused; a known hole stays open.',
  },
  remedy: {
    fr: 'Faire de la place, synchroniser l’horloge, installer les mises à jour de sécurité et redémarrer quand elles le demandent.',
    en: 'Make room, synchronise the clock, install security updates, and reboot where they ask for it.',
  },
  evaluate(host) {
    const found = [...disks(host), ...clock(host), ...updates(host), ...reboot(host)];
    if (found.length > 0) return gaps(found);
    const asOf = host.updates?.asOf;
    if (host.updates && (asOf === undefined || daysBetween(asOf, host.at) > OLD))
      return unknown({
        fr: `les listes de paquets ${asOf === undefined ? 'ne disent pas leur date' : `sont du ${asOf.slice(0, 10)}`}\u00a0: ce qui manque aujourd’hui n’est pas connu`,
        en: `the lists of packages ${asOf === undefined ? 'do not say their date' : `are of ${asOf.slice(0, 10)}`}: what is missing today is not known`,
      });
    const isRead = host.disks.length > 0 || host.time || host.updates;
    return unreadOn(host, ['disks', 'time', 'updates']) ?? (isRead ? ok : notApplicable);
  },
});

function disks(host: HostState): Gap[] {
  return host.disks.flatMap((disk) => {
    const inodes = disk.inodesUsed ?? 0;
    const share = Math.max(disk.bytes > 0 ? disk.usedBytes / disk.bytes : 0, inodes);
    if (READ_ONLY.test(disk.type) || disk.mount.startsWith('/snap/') || share < FULL) return [];
    const percent = Math.round(share * 100);
    const isInodes = share === inodes;
    return [
      onHost(host, {
        key: `disk ${disk.mount}`,
        severity: share >= NEARLY_OVER ? 'high' : 'medium',
        title: titled(
          code(disk.mount),
          `plein à ${percent}\u00a0% sur ${code(host.name)}`,
          `${percent}% full on ${code(host.name)}`,
        ),
        message: {
          fr: `${isInodes ? 'Les inodes' : 'L’espace'} de ${code(disk.mount)} ${isInodes ? 'sont utilisés' : 'est utilisé'} à ${percent}\u00a0%.`,
          en: `${percent}% of the ${isInodes ? 'inodes' : 'space'} of ${code(disk.mount)} is used.`,
        },
        evidence: [seenOn(host, isInodes ? 'df -i' : 'df', `${disk.mount}: ${percent} %`)],
        values: { mount: disk.mount },
      }),
    ];
  });
}

function clock(host: HostState): Gap[] {
  if (host.time?.isSynchronised !== false) return [];
  return [
    onHost(host, {
      key: 'clock',
      severity: 'low',
      title: titled(code(host.name), 'horloge non synchronisée', 'clock not synchronised'),
      message: {
        fr: 'Aucun service de temps ne tient l’horloge à l’heure.',
        en: 'No time service keeps the clock right.',
      },
      evidence: [seenOn(host, 'timedatectl show', 'NTPSynchronized=no')],
      values: { clock: true },
    }),
  ];
}

function updates(host: HostState): Gap[] {
  const { updates: waiting } = host;
  // a list of last year knows nothing of the holes of this one
  if (!waiting?.security || !waiting.asOf || daysBetween(waiting.asOf, host.at) > OLD) return [];
  const count = waiting.security;
  return [
    onHost(host, {
      key: 'updates',
      severity: 'medium',
      title: titled(
        code(host.name),
        `${count} ${count > 1 ? 'mises à jour' : 'mise à jour'} de sécurité en attente`,
        `${count} security ${count === 1 ? 'update' : 'updates'} waiting`,
      ),
      message: {
        fr: `D’après les listes du ${waiting.asOf.slice(0, 10)}, ${count} ${count > 1 ? 'paquets ont' : 'paquet a'} une mise à jour de sécurité${waiting.needsReboot ? ', et la machine attend un redémarrage' : ''}.`,
        en: `By the lists of ${waiting.asOf.slice(0, 10)}, ${count} ${count === 1 ? 'package has' : 'packages have'} a security update${waiting.needsReboot ? ', and the machine waits for a reboot' : ''}.`,
      },
      evidence: [seenOn(host, `${waiting.manager} updates`, `${count} security`)],
      values: { manager: waiting.manager },
    }),
  ];
}

/** A kernel or a library that is installed and not in use yet. */
function reboot(host: HostState): Gap[] {
  if (host.updates?.needsReboot !== true || updates(host).length > 0) return [];
  return [
    onHost(host, {
      key: 'reboot',
      severity: 'low',
      title: titled(code(host.name), 'attend un redémarrage', 'waits for a reboot'),
      message: {
        fr: 'Une mise à jour est installée et ne prend effet qu’au redémarrage de la machine.',
        en: 'An update is installed, and takes effect only once the machine is restarted.',
      },
      evidence: [seenOn(host, `${host.updates.manager} updates`, 'reboot required')],
      values: { reboot: true },
    }),
  ];
}

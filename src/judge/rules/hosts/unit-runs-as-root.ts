import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { at, titled } from '../../derived/place.ts';
import { isLongRunning, isOfApplication, isOn, settingOf } from '../../derived/units.ts';

/** Settings that take from root what makes it root. systemd.exec(5), “Capabilities”, “Sandboxing”. */
const NARROWED = [
  'CapabilityBoundingSet',
  'NoNewPrivileges',
  'ProtectSystem',
  'PrivateUsers',
  'RootDirectory',
];

/** A fault in the program is then a fault of the whole machine. */
export const unitRunsAsRoot = defineRule({
  id: 'unit-runs-as-root',
  severity: 'medium',
  subject: 'unitFile',
  title: { fr: 'Service applicatif lancé en root', en: 'Application service runs as root' },
  risk: {
    fr: 'Qui détourne le programme tient toute la machine\u00a0: ses fichiers, ses secrets et ses autres services.',
    en: 'Whoever takes over the program holds the whole machine: its files, its secrets and its other services.',
  },
  remedy: {
    fr: 'Créer un utilisateur pour le service et l’écrire dans `User=`, ou donner `DynamicUser=yes`.',
    en: 'Make a user for the service and write it in `User=`, or give `DynamicUser=yes`.',
  },
  references: ['https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#User='],
  evaluate(unit, { artifacts }) {
    if (!isOfApplication(unit) || /(?:^|\/)systemd\/user\//.test(unit.file ?? '')) return notApplicable;
    if (isOn(settingOf(unit, 'Service', 'DynamicUser')?.value)) return ok;
    const given = settingOf(unit, 'Service', 'User');
    if (given && !/^(?:root|0)$/.test(unit.user ?? given.value)) return ok;
    // another file of the repository may be what gives it its user
    const others = artifacts.unitFiles.filter((other) => other !== unit && other.name === unit.name);
    if (!given && others.some(({ user }) => user !== undefined)) return notApplicable;
    const isNarrowed = NARROWED.some((key) => settingOf(unit, 'Service', key) !== undefined);
    const isSlight = isNarrowed || !isLongRunning(unit, artifacts.unitFiles);
    const name = code(unit.name);
    const [command] = unit.execStart;
    const place = given ?? command;
    return gaps([
      {
        ...(isSlight && { severity: 'low' }),
        title: titled(name, 'lancé en root', 'runs as root'),
        message: given
          ? {
              fr: `L’unité ${name} donne ${code(`User=${given.value}`)}.`,
              en: `The unit ${name} gives ${code(`User=${given.value}`)}.`,
            }
          : {
              fr: `L’unité ${name} ne donne ni \`User=\` ni \`DynamicUser=\`\u00a0: systemd la lance en root.`,
              en: `The unit ${name} gives neither \`User=\` nor \`DynamicUser=\`: systemd starts it as root.`,
            },
        evidence: [at(place?.file ?? unit.file ?? '', place?.line ?? unit.line)],
      },
    ]);
  },
});

import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { at, titled } from '../../derived/place.ts';
import { isLongRunning, isOfApplication, settingOf } from '../../derived/units.ts';

/** Nobody notices until somebody asks why it does not answer. */
export const unitWithoutRestart = defineRule({
  id: 'unit-without-restart',
  severity: 'low',
  subject: 'unitFile',
  title: { fr: 'Service qui reste arrêté après une panne', en: 'Service that stays down after a crash' },
  risk: {
    fr: 'Une seule panne du programme l’arrête jusqu’à ce que quelqu’un le relance.',
    en: 'A single crash of the program stops it until somebody starts it again.',
  },
  remedy: {
    fr: 'Ajouter `Restart=on-failure` à la section `[Service]`, ou `Restart=no` si l’arrêt est voulu.',
    en: 'Add `Restart=on-failure` to the section `[Service]`, or `Restart=no` where it is meant to stay down.',
  },
  references: ['https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Restart='],
  evaluate(unit, { artifacts }) {
    if (!isOfApplication(unit) || !isLongRunning(unit, artifacts.unitFiles)) return notApplicable;
    if (settingOf(unit, 'Service', 'Restart')) return ok;
    const others = artifacts.unitFiles.filter((other) => other !== unit && other.name === unit.name);
    if (others.some((other) => settingOf(other, 'Service', 'Restart'))) return notApplicable;
    const [command] = unit.execStart;
    if (!command) return notApplicable;
    const name = code(unit.name);
    return gaps([
      {
        title: titled(name, 'reste arrêté après une panne', 'stays down after a crash'),
        message: {
          fr: `L’unité ${name} ne donne pas \`Restart=\`, dont la valeur par défaut est \`no\`.`,
          en: `The unit ${name} does not give \`Restart=\`, whose default is \`no\`.`,
        },
        evidence: [at(command.file, command.line)],
      },
    ]);
  },
});

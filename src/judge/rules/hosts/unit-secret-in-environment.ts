import type { FileEvidence } from '#model/evidence.ts';
import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { isForDevelopment } from '../../derived/development.ts';
import { some, titled } from '../../derived/place.ts';

/** Units are readable by every user of the machine, and so is what they give. systemd.exec(5), `Environment=`. */
export const unitSecretInEnvironment = defineRule({
  id: 'unit-secret-in-environment',
  severity: 'high',
  subject: 'unitFile',
  title: { fr: 'Secret écrit dans une unité systemd', en: 'Secret written in a systemd unit' },
  risk: {
    fr: 'La valeur se lit dans le dépôt et son historique, et par tout utilisateur de la machine (`systemctl show`).',
    en: 'The value can be read in the repository and its history, and by every user of the machine (`systemctl show`).',
  },
  remedy: {
    fr: 'Remplacer la valeur, et la donner par un fichier `EnvironmentFile=` lisible de root seul, ou par `LoadCredential=`.',
    en: 'Replace the value, and give it by an `EnvironmentFile=` that only root can read, or by `LoadCredential=`.',
  },
  references: ['https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Environment='],
  evaluate(unit, { artifacts }) {
    if (unit.standing !== 'declared' || unit.environment.length === 0) return notApplicable;
    // a value that is known by its form is told as a secret in the repository
    const told = new Set(artifacts.secrets.map(({ file, line }) => `${file}\n${line}`));
    const secrets = unit.environment.filter(
      ({ secret, class: worth, digest, file, line }) =>
        secret &&
        digest !== undefined &&
        /^(?:strong|weak|default)$/.test(worth) &&
        !told.has(`${file}\n${line}`) &&
        !isForDevelopment(file),
    );
    const evidence = some(
      secrets.map(({ name, file, line }): FileEvidence => {
        return { source: 'repo', file, line, excerpt: `Environment=${name}=…` };
      }),
    );
    if (!evidence) return gaps([]);
    const names = codes(secrets.map(({ name }) => name));
    const isStrong = secrets.some(({ class: worth }) => worth === 'strong');
    return gaps([
      {
        ...(!isStrong && { severity: 'medium', confidence: 'medium' }),
        title: titled(code(unit.name), 'secret dans `Environment=`', 'secret in `Environment=`'),
        message: {
          fr: `Secrets d’après leur nom ou leur forme, dont la valeur est écrite en clair dans l’unité\u00a0: ${names.fr}.`,
          en: `By name or form these are secrets, and their values stand in the clear in the unit: ${names.en}.`,
        },
        evidence,
      },
    ]);
  },
});

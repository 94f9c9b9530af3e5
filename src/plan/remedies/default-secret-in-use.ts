import { shellQuote } from '#lib/shell-quote.ts';
import { code, codes } from '#model/text.ts';
import { say } from '../draft.ts';
import { hostOf, hostStep } from '../hosts.ts';
import { hostProof } from '../on-host.ts';
import { defineRemedy } from '../remedy.ts';

const UNIT = /^[\w@][\w@:.\\-]{0,250}$/;
const VARIABLE = /^[A-Za-z_]\w{0,100}$/;
/** Bits of randomness of a new value: what HMAC with SHA-256 can use in full. RFC 2104, section 3. */
const BYTES = 32;

/** A new value is made on the host itself, where nobody sees it, and the unit is restarted with it. */
export const defaultSecretInUse = defineRemedy({
  for: ['default-secret-in-use'],
  plan(problem) {
    const host = hostOf(problem);
    const unit = host?.units.find(({ name }) => name === problem.maybeText('subject'));
    const names = problem.texts('names').filter((name) => VARIABLE.test(name));
    const shown = codes(names);
    const path = problem.maybeText('path');
    if (!host || names.length === 0) return [];
    const title = say(
      `Donner une valeur propre à ${shown.fr} sur ${code(host.name)}`,
      `Give ${shown.en} a value of its own on ${code(host.name)}`,
    );
    const reason = say(
      'La valeur en service est connue de qui lit le dépôt.',
      'The value in use is known to whoever reads the repository.',
    );
    const rotate = say(
      'Les sessions et les données chiffrées ou signées avec l’ancienne valeur ne sont plus lisibles ensuite\u00a0: prévenir ceux qui s’en servent.',
      'Sessions and data encrypted or signed with the old value cannot be read afterwards: tell those who use them.',
    );
    if (!unit || !path || !UNIT.test(unit.name) || !path.startsWith('/'))
      return [
        {
          title,
          reason,
          risk: 'restart',
          changes: [],
          proofs: [],
          needs: [
            rotate,
            say(
              `Une valeur aléatoire (${code(`openssl rand -hex ${BYTES}`)}), donnée là où ${code(problem.maybeText('subject') ?? '')} prend ses variables.`,
              `A random value (${code(`openssl rand -hex ${BYTES}`)}), given where ${code(problem.maybeText('subject') ?? '')} takes its variables from.`,
            ),
          ],
        },
      ];
    const [file, kept] = [shellQuote(path), shellQuote(`${path}.before`)];
    return [
      hostStep(host, {
        title,
        reason,
        risk: 'restart',
        needs: [rotate],
        commands: [
          `cp -p ${file} ${kept}`,
          ...names.map((name) => `sed -i "s|^${name}=.*|${name}=$(openssl rand -hex ${BYTES})|" ${file}`),
          `systemctl restart ${shellQuote(unit.name)}`,
        ],
        undo: [`mv ${kept} ${file}`, `systemctl restart ${shellQuote(unit.name)}`],
        before: { [path]: names.map((name) => `${name}=…`) },
        proofs: [
          hostProof(
            host,
            say(
              `${code(unit.name)} tourne avec les nouvelles valeurs`,
              `${code(unit.name)} runs with the new values`,
            ),
            say('`active`', '`active`'),
            { ask: 'unit', unit: unit.name, property: 'ActiveState' },
            ['active'],
            30,
          ),
        ],
      }),
    ];
  },
});

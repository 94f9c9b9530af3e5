import { shellQuote } from '#lib/shell-quote.ts';
import { code, codes } from '#model/text.ts';
import { say } from '../draft.ts';
import { hostOf, hostStep } from '../hosts.ts';
import { hostProof } from '../on-host.ts';
import { defineRemedy } from '../remedy.ts';

const UNIT = /^[\w@][\w@:.\\-]{0,250}$/;
const VARIABLE = /^[A-Za-z_]\w{0,100}$/;

/** A value is made on the host itself, where nobody sees it, and added to the file that the unit reads. */
export const codeDefaultSecretInUse = defineRemedy({
  for: ['code-default-secret-in-use'],
  plan(problem) {
    const host = hostOf(problem);
    const subject = problem.maybeText('subject') ?? '';
    const unit = host?.units.find(({ name }) => name === subject);
    const names = problem.texts('names').filter((name) => VARIABLE.test(name));
    const path = problem.maybeText('path');
    if (!host || names.length === 0) return [];
    const shown = codes(names);
    const title = say(
      `Donner une valeur à ${shown.fr} sur ${code(host.name)}`,
      `Give ${shown.en} a value on ${code(host.name)}`,
    );
    const reason = say(
      `${code(subject)} prend celle de son code, que tout lecteur connaît.`,
      `${code(subject)} takes that of its code, which every reader knows.`,
    );
    const need = say(
      'Un mot de passe d’un compte qui existe déjà est à changer dans le compte aussi\u00a0; ce qui est signé ou chiffré avec l’ancienne valeur n’est plus lisible ensuite.',
      'The password of an account that is there already is to be changed in the account too; what is signed or encrypted with the old value cannot be read afterwards.',
    );
    if (!unit || !UNIT.test(unit.name) || path === undefined || !path.startsWith('/'))
      return [{ title, reason, risk: 'restart', changes: [], proofs: [], needs: [need] }];
    const [file, kept] = [shellQuote(path), shellQuote(`${path}.before`)];
    return [
      hostStep(host, {
        title,
        reason,
        risk: 'restart',
        needs: [need],
        commands: [
          `cp -p ${file} ${kept}`,
          ...names.map((name) => `printf '\\n%s=%s\\n' ${name} "$(openssl rand -hex 32)" >> ${file}`),
          `systemctl restart ${shellQuote(unit.name)}`,
        ],
        undo: [`mv ${kept} ${file}`, `systemctl restart ${shellQuote(unit.name)}`],
        before: { [path]: names.map((name) => `${name} is not in it`) },
        proofs: [
          hostProof(
            host,
            say(`${code(unit.name)} tourne`, `${code(unit.name)} runs`),
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

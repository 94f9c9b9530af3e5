import { shellQuote } from '#lib/shell-quote.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { hostOf } from '../hosts.ts';
import { hostProof, onHost } from '../on-host.ts';
import { defineRemedy } from '../remedy.ts';

const UNIT = /^[\w@][\w@:.\\-]{0,200}\.service$/;
const PLAIN = /^[\w.-]{1,60}$/;

/** The mode that keeps commands apart, given to the unit by a drop-in of its own once what it needs is there. */
export const commandExecutionOnHost = defineRemedy({
  for: ['command-execution-on-host'],
  plan(problem) {
    const host = hostOf(problem);
    const [unit, name, value] = ['unit', 'name', 'value'].map((one) => problem.maybeText(one) ?? '');
    const apart = problem.maybeText('apart') ?? '';
    if (!host || !unit || !name || !UNIT.test(unit) || !PLAIN.test(name)) return [];
    const folder = `/etc/systemd/system/${unit}.d`;
    const isKnown = PLAIN.test(apart);
    const title = say(
      `Isoler les commandes que lance ${code(unit)} sur ${code(host.name)}`,
      `Keep apart the commands that ${code(unit)} runs on ${code(host.name)}`,
    );
    return [
      {
        title,
        reason: say(
          `${code(`${name}=${value}`)} les lance avec tous les droits du service.`,
          `${code(`${name}=${value}`)} runs them with all the rights of the service.`,
        ),
        risk: 'restart',
        changes: [],
        needs: [
          say(
            `Ce que le mode ${isKnown ? code(apart) : 'isolé'} demande (une image, un moteur, un utilisateur), et si ${code(name)} vient d’un \`EnvironmentFile=\`, où il faut alors le changer\u00a0: il l’emporte sur \`Environment=\`.`,
            `What the mode ${isKnown ? code(apart) : 'that keeps them apart'} needs (an image, an engine, a user), and whether ${code(name)} comes from an \`EnvironmentFile=\`, where it is to be changed then: that one wins over \`Environment=\`.`,
          ),
        ],
        ...(isKnown && {
          suggestion: onHost(host, [
            `mkdir -p ${shellQuote(folder)}`,
            `printf '[Service]\\nEnvironment=%s\\n' ${shellQuote(`${name}=${apart}`)} > ${shellQuote(`${folder}/90-isolation.conf`)}`,
            'systemctl daemon-reload',
            `systemctl restart ${shellQuote(unit)}`,
          ]),
        }),
        proofs: [
          hostProof(
            host,
            say(`${code(unit)} tourne`, `${code(unit)} runs`),
            say('`active`', '`active`'),
            { ask: 'unit', unit, property: 'ActiveState' },
            ['active'],
            30,
          ),
        ],
      },
    ];
  },
});

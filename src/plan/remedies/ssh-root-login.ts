import { code, codes } from '#model/text.ts';
import { say } from '../draft.ts';
import { hostOf, hostStep } from '../hosts.ts';
import { hostProof } from '../on-host.ts';
import { defineRemedy } from '../remedy.ts';

/** The first file that gives a keyword counts. sshd_config(5), “Include”. */
const DROP_IN = '/etc/ssh/sshd_config.d/00-no-root.conf';
const RELOAD = '{ systemctl reload ssh.service || systemctl reload sshd.service; }';

/** Root is left to `sudo`, once somebody else can log in. */
export const sshRootLogin = defineRemedy({
  for: ['ssh-root-login'],
  plan(problem) {
    const host = hostOf(problem);
    if (!host) return [];
    const listed = problem.maybe('others');
    const others = codes(
      (Array.isArray(listed) ? listed : []).filter((one): one is string => typeof one === 'string'),
    );
    return [
      hostStep(host, {
        title: say(
          `Ne plus laisser root se connecter à ${code(host.name)}`,
          `Let root log in to ${code(host.name)} no more`,
        ),
        reason: say(
          'Chacun se connecte alors sous son nom, et `sudo` écrit qui a agi.',
          'Everybody then logs in under their own name, and `sudo` writes who acted.',
        ),
        risk: 'none',
        needs: [
          others.en === ''
            ? say(
                'Un compte avec une clé et `sudo`, essayé dans une seconde session avant de fermer celle-ci\u00a0: aucun n’a été vu.',
                'An account with a key and `sudo`, tried in a second session before this one is closed: none was seen.',
              )
            : say(
                `Que ${others.fr}, qui ${others.fr.includes(',') ? 'ont' : 'a'} une clé, ${others.fr.includes(',') ? 'puissent' : 'puisse'} passer par \`sudo\`, essayé dans une seconde session\u00a0; et que rien (sauvegarde, déploiement, cet audit) n’entre en root.`,
                `That ${others.en}, who ${others.en.includes(',') ? 'have' : 'has'} a key, can use \`sudo\`, tried in a second session; and that nothing (a backup, a deployment, this audit) comes in as root.`,
              ),
        ],
        commands: [`printf 'PermitRootLogin no\\n' > ${DROP_IN}`, 'sshd -t', RELOAD],
        undo: [`rm ${DROP_IN}`, RELOAD],
        before: { 'sshd -T': `permitrootlogin ${problem.maybeText('permitRootLogin') ?? ''}` },
        proofs: [
          hostProof(
            host,
            say('root ne se connecte plus', 'root logs in no more'),
            say('`no`', '`no`'),
            { ask: 'sshd', keyword: 'permitrootlogin' },
            ['no'],
          ),
        ],
      }),
    ];
  },
});

import { shellQuote } from '#lib/shell-quote.ts';
import { code } from '#model/text.ts';
import { type DraftStep, say } from '../draft.ts';
import { hostOf, hostStep } from '../hosts.ts';
import { hostProof } from '../on-host.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

/** Where Debian, Ubuntu, Fedora and their kin include files from; the first that gives a keyword counts. sshd_config(5). */
const DROP_IN = '/etc/ssh/sshd_config.d/00-keys-only.conf';

/** One command: what checks the configuration before it must not be passed over. */
const RELOAD = '{ systemctl reload ssh.service || systemctl reload sshd.service; }';

/** How the host itself is set up: who may log in, certificates, the clock. */
export const hostSettings = defineRemedy({
  for: ['ssh-password-login', 'certificate-on-disk-expiring', 'host-upkeep'],
  plan(problem) {
    if (problem.id === 'ssh-password-login') return keysOnly(problem);
    return problem.id === 'host-upkeep' ? upkeep(problem) : renewed(problem);
  },
});

function keysOnly(problem: Problem): DraftStep[] {
  const host = hostOf(problem);
  if (!host) return [];
  return [
    hostStep(host, {
      title: say(
        `N’accepter que des clés par SSH sur ${code(host.name)}`,
        `Take keys alone over SSH on ${code(host.name)}`,
      ),
      reason: say(
        'Un mot de passe se devine\u00a0; une clé, non.',
        'A password can be guessed; a key cannot.',
      ),
      risk: 'none',
      needs: [
        say(
          'Une clé pour chaque personne qui se connecte aujourd’hui par mot de passe, essayée dans une seconde session avant de fermer celle-ci.',
          'A key for everybody who logs in by password today, tried in a second session before this one is closed.',
        ),
      ],
      commands: [`printf 'PasswordAuthentication no\\n' > ${DROP_IN}`, 'sshd -t', RELOAD],
      undo: [`rm ${DROP_IN}`, RELOAD],
      before: { 'sshd -T': 'passwordauthentication yes' },
      proofs: [
        hostProof(
          host,
          say('SSH n’accepte plus les mots de passe', 'SSH takes passwords no more'),
          say('`no`', '`no`'),
          { ask: 'sshd', keyword: 'passwordauthentication' },
          ['no'],
        ),
      ],
    }),
  ];
}

/** A certificate on the disk of a host that is over, or soon will be. */
export function renewed(problem: Problem): DraftStep[] {
  const host = hostOf(problem);
  const path = problem.maybeText('path');
  if (!host || !path) return [];
  const title = say(`Renouveler ${code(path)}`, `Renew ${code(path)}`);
  const reason = say(
    'Après son dernier jour, les clients refusent la connexion.',
    'After its last day clients refuse to connect.',
  );
  const name = /^\/etc\/letsencrypt\/live\/([\w.-]{1,200})\//.exec(path)?.[1];
  if (name === undefined)
    return [
      {
        title,
        reason,
        risk: 'none',
        changes: [],
        proofs: [],
        needs: [
          say(
            'Un certificat de l’autorité qui a émis celui-ci, ou d’une autorité qui se renouvelle seule (ACME).',
            'A certificate from who issued this one, or from an authority that renews by itself (ACME).',
          ),
        ],
      },
    ];
  return [
    {
      title,
      reason,
      risk: 'none',
      irreversible: say(
        'L’ancien certificat reste dans `archive/`.',
        'The former certificate stays in `archive/`.',
      ),
      changes: [],
      proofs: [],
      hand: {
        command: hostStep(host, {
          title,
          reason,
          risk: 'none',
          commands: [`certbot renew --cert-name ${shellQuote(name)}`],
          before: {},
          proofs: [],
        }).hand?.command as string,
        before: { [path]: 'notAfter' },
        proof: {
          title: say(
            `${code(name)} est valable plus de 21 jours`,
            `${code(name)} is good for more than 21 days`,
          ),
          command: hostStep(host, {
            title,
            reason,
            risk: 'none',
            commands: [`openssl x509 -in ${shellQuote(path)} -noout -checkend ${21 * 86_400}`],
            before: {},
            proofs: [],
          }).hand?.command as string,
          expected: say('`Certificate will not expire`', '`Certificate will not expire`'),
        },
      },
    },
  ];
}

function upkeep(problem: Problem): DraftStep[] {
  const host = hostOf(problem);
  if (!host || problem.maybe('clock') !== true) return [];
  return [
    hostStep(host, {
      title: say(
        `Synchroniser l’horloge de ${code(host.name)}`,
        `Synchronise the clock of ${code(host.name)}`,
      ),
      reason: say(
        'Jetons et certificats sont refusés quand l’heure est fausse.',
        'Tokens and certificates are refused where the time is wrong.',
      ),
      risk: 'none',
      commands: ['timedatectl set-ntp true'],
      undo: ['timedatectl set-ntp false'],
      before: { 'timedatectl show': 'NTPSynchronized=no' },
      proofs: [
        hostProof(
          host,
          say('Un service de temps tourne', 'A time service runs'),
          say('`active`', '`active`'),
          { ask: 'unit', unit: 'systemd-timesyncd.service', property: 'ActiveState' },
          ['active'],
          30,
        ),
      ],
    }),
  ];
}

import { code, codes } from '#model/text.ts';
import { say } from '../draft.ts';
import { hostOf } from '../hosts.ts';
import { onHost } from '../on-host.ts';
import { defineRemedy } from '../remedy.ts';

/** A firewall that closes all but what is served; which ports those are, people say. */
export const firewallAbsent = defineRemedy({
  for: ['firewall-absent'],
  plan(problem) {
    const host = hostOf(problem);
    if (!host) return [];
    const listed = problem.maybe('ssh');
    const ssh = (Array.isArray(listed) ? listed : []).filter(
      (one): one is number => typeof one === 'number' && Number.isInteger(one) && one > 0 && one < 65_536,
    );
    const open = codes(problem.texts('open'), 12);
    const usesUfw = /^(?:debian|ubuntu)$/.test(host.system?.id ?? '');
    return [
      {
        title: say(
          `Activer un pare-feu sur ${code(host.name)}`,
          `Switch on a firewall on ${code(host.name)}`,
        ),
        reason: say(
          `Tout ce qui écoute y est joignable\u00a0: ${open.fr}, en plus de SSH et du web.`,
          `Whatever listens there can be reached: ${open.en}, beside SSH and the web.`,
        ),
        risk: 'brief-outage',
        changes: [],
        proofs: [],
        ...(usesUfw &&
          ssh.length > 0 && {
            suggestion: onHost(host, [
              'apt-get install --yes ufw',
              'ufw default deny incoming',
              ...ssh.map((port) => `ufw allow ${port}/tcp`),
              'ufw allow 80/tcp',
              'ufw allow 443',
              'ufw --force enable',
            ]),
          }),
        needs: [
          say(
            'Les ports qui doivent rester ouverts, à ajouter (`ufw allow PORT`)\u00a0; une seconde session SSH ouverte pendant l’opération, ou la console du fournisseur. Les ports que Docker publie passent avant `ufw`\u00a0: les publier sur `127.0.0.1`.',
            'The ports that have to stay open, to be added (`ufw allow PORT`); a second SSH session kept open meanwhile, or the provider’s console. Ports that Docker publishes pass before `ufw`: publish them on `127.0.0.1`.',
          ),
        ],
      },
    ];
  },
});

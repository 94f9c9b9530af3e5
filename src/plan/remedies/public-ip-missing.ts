import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';
import { deploys, serviceOf } from '../services.ts';

/**
 * Tasks in a public subnet without a public address: an internet gateway carries nothing of theirs. The configuration of
 * the network is given whole, so it is read and edited.
 */
export const publicIpMissing = defineRemedy({
  for: ['public-ip-missing'],
  plan(problem) {
    const own = serviceOf(problem);
    const place = '/awsvpcConfiguration/assignPublicIp';
    const set = (value: string | { $before: string }) =>
      own.update(
        {},
        {
          edit: {
            read: own.describe('services[0].networkConfiguration'),
            as: 'networkConfiguration',
            set: [{ path: place, value }],
          },
        },
      );
    return [
      {
        ...deploys(problem, own),
        title: say(
          `Donner une adresse publique aux tâches de ${own.name}`,
          `Give the tasks of ${own.name} a public address`,
        ),
        reason: say(
          'Le sous-réseau sort par une passerelle internet, qui ne sert que les adresses publiques. L’autre voie, plus chère, est un sous-réseau privé avec une passerelle NAT ou des points de terminaison.',
          'The subnet leads out by an internet gateway, which serves public addresses alone. The other way, which costs more, is a private subnet with a NAT gateway or endpoints.',
        ),
        cost: say(
          'environ 3,65\u00a0USD par mois et par tâche (adresse IPv4 publique)',
          'about 3.65 USD a month for each task (public IPv4 address)',
        ),
        changes: [
          {
            write: set('ENABLED'),
            state: own.describe(
              "services[0].networkConfiguration.awsvpcConfiguration.assignPublicIp || 'DISABLED'",
            ),
            after: 'ENABLED',
            undo: set({ $before: '@' }),
          },
        ],
      },
    ];
  },
});

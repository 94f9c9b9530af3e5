import { code, codes } from '#model/text.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';
import { authorize, peersOf, portsOf, shownPorts } from '../traffic.ts';

/** Traffic of the path that no rule of a security group lets through: a rule for it, and for nothing else. */
export const securityGroupBlocks = defineRemedy({
  for: ['security-group-blocks'],
  plan(problem) {
    const direction = problem.maybeText('direction') === 'egress' ? 'egress' : 'ingress';
    const group = problem.text('group');
    const ports = portsOf(problem);
    const peers = peersOf(problem, direction);
    const [name, shown, ends] = [code(problem.nameOf(group)), shownPorts(ports), codes(peers)];
    const isIn = direction === 'ingress';
    return [
      {
        title: isIn
          ? say(
              `Laisser entrer ${shown} depuis ${ends.fr} dans ${name}`,
              `Let ${shown} from ${ends.en} into ${name}`,
            )
          : say(
              `Laisser sortir ${shown} de ${name} vers ${ends.fr}`,
              `Let ${shown} out of ${name} to ${ends.en}`,
            ),
        reason: say(
          `Aucune règle de ${name} ne laisse passer ce trafic, dont le chemin a besoin. La règle ajoutée n’ouvre que cela.`,
          `No rule of ${name} lets this traffic through, which the path needs. The rule that is added opens nothing else.`,
        ),
        risk: 'none',
        duration: say('aussitôt', 'at once'),
        changes: peers.map((peer) => authorize(problem, { group, direction, peer, ...ports })),
        proofs: [],
        provides: problem.provided('network'),
      },
    ];
  },
});

import { shellQuote } from '#lib/shell-quote.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { hostOf, hostStep } from '../hosts.ts';
import { hostProof } from '../on-host.ts';
import { defineRemedy } from '../remedy.ts';

const NAME = /^[\w@][\w@:.-]{0,250}$/;
const WITHIN = 60;

/** A route whose servers are gone: the container that is stopped is started; else somebody has to say what was to answer. */
export const routerWithoutServer = defineRemedy({
  for: ['router-without-server'],
  plan(problem) {
    const host = hostOf(problem);
    if (!host) return [];
    const route = code(problem.maybeText('router')?.replace(/@$/, '') ?? '');
    const one = host.containers.find(({ name }) => name === problem.maybeText('container'));
    if (one && NAME.test(one.name) && (one.state === 'exited' || one.state === 'created')) {
      const [engine, name] = [one.engine, shellQuote(one.name)];
      return [
        hostStep(host, {
          title: say(
            `Relancer ${code(one.name)}, auquel mène ${route}`,
            `Start ${code(one.name)}, to which ${route} leads`,
          ),
          reason: say(
            `Il est ${code(one.state)} sur ${code(host.name)}, et la route échoue tant qu’il l’est. S’il ne doit plus servir, retirer plutôt la route.`,
            `It is ${code(one.state)} on ${code(host.name)}, and the route fails as long as it is. Where it is not to serve any more, remove the route instead.`,
          ),
          risk: 'none',
          commands: [`${engine} start ${name}`],
          undo: [`${engine} stop ${name}`],
          before: { [`${engine} inspect ${one.name}`]: one.state },
          proofs: [
            hostProof(
              host,
              say(`${code(one.name)} tourne`, `${code(one.name)} runs`),
              say('`running`', '`running`'),
              { ask: 'container', engine, name: one.name, property: '.State.Status' },
              ['running'],
              WITHIN,
            ),
          ],
        }),
      ];
    }
    const port = problem.maybeNumber('port');
    return [
      {
        title: say(`Faire répondre ce à quoi mène ${route}`, `Make answer what ${route} leads to`),
        reason: say('La route échoue à chaque requête.', 'The route fails at every request.'),
        risk: 'none',
        changes: [],
        proofs: [],
        needs: [
          port === undefined
            ? say(
                'Ce qui devait répondre à cette adresse, ou le nom qu’il porte aujourd’hui\u00a0; si plus rien ne le doit, retirer la route.',
                'What was to answer at this address, or the name that it has today; where nothing is to any more, remove the route.',
              )
            : say(
                `Ce qui devait écouter sur le port ${code(port)}, à relancer, ou le port où il écoute aujourd’hui (${code('ss -lntp')}), à écrire dans la configuration du proxy.`,
                `What was to listen on port ${code(port)}, to be started, or the port on which it listens today (${code('ss -lntp')}), to be written in the configuration of the proxy.`,
              ),
        ],
      },
    ];
  },
});

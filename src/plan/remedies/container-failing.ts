import { shellQuote } from '#lib/shell-quote.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { hostOf, hostStep } from '../hosts.ts';
import { hostProof } from '../on-host.ts';
import { defineRemedy } from '../remedy.ts';

const NAME = /^[\w@][\w@:.-]{0,250}$/;
/** Seconds until which a container may take to be up and to say that it is well. */
const WITHIN = 90;

/** A container that does not stay up: its lines say why, and what it does afterwards proves whether it was mended. */
export const containerFailing = defineRemedy({
  for: ['container-failing', 'container-not-running', 'container-unhealthy'],
  plan(problem) {
    const host = hostOf(problem);
    const one = host?.containers.find(({ name }) => name === problem.maybeText('container'));
    if (!host || !one || !NAME.test(one.name)) return [];
    const [engine, name] = [one.engine, shellQuote(one.name)];
    const isUp = one.state === 'running';
    return [
      hostStep(host, {
        title: say(
          `Lire pourquoi ${code(one.name)} ne tient pas, et le relancer`,
          `Read why ${code(one.name)} does not stay up, and start it again`,
        ),
        reason: say(
          `Sur ${code(host.name)}, il est ${code(one.health ?? one.state)}. Si ses lignes montrent une cause, la corriger avant de relancer.`,
          `On ${code(host.name)}, it is ${code(one.health ?? one.state)}. Where its lines show a cause, mend it before starting again.`,
        ),
        risk: 'restart',
        commands: [`${engine} logs --tail 50 ${name}`, `${engine} restart ${name}`],
        ...(!isUp && { undo: [`${engine} stop ${name}`] }),
        ...(isUp && {
          irreversible: say(
            'Il tournait déjà\u00a0: rien n’est à défaire.',
            'It ran before: there is nothing to undo.',
          ),
        }),
        before: { [`${engine} inspect ${one.name}`]: `${one.state}, RestartCount ${one.restartCount}` },
        proofs: [
          one.health === undefined
            ? hostProof(
                host,
                say(`${code(one.name)} tourne`, `${code(one.name)} runs`),
                say('`running`', '`running`'),
                { ask: 'container', engine, name: one.name, property: '.State.Status' },
                ['running'],
                WITHIN,
              )
            : hostProof(
                host,
                say(`${code(one.name)} se dit sain`, `${code(one.name)} says that it is healthy`),
                say('`healthy`', '`healthy`'),
                { ask: 'container', engine, name: one.name, property: '.State.Health.Status' },
                ['healthy'],
                WITHIN,
              ),
          // one that ends over and over runs at times: since somebody started it, the engine has not had to again
          ...(engine === 'docker' && one.restartCount > 0
            ? [
                hostProof(
                  host,
                  say(
                    `Docker n’a plus à relancer ${code(one.name)}`,
                    `Docker has not had to restart ${code(one.name)}`,
                  ),
                  say('`0`, une minute après au moins', '`0`, a minute later at least'),
                  { ask: 'container', engine, name: one.name, property: '.RestartCount' },
                  ['0'],
                ),
              ]
            : []),
        ],
      }),
    ];
  },
});

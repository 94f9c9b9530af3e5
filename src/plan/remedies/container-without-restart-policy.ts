import { shellQuote } from '#lib/shell-quote.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { hostOf, hostStep } from '../hosts.ts';
import { hostProof } from '../on-host.ts';
import { defineRemedy } from '../remedy.ts';

const NAME = /^[\w@][\w@:.-]{0,250}$/;

/** The policy of a container can be changed while it runs. Docker documentation, “docker container update”. */
export const containerWithoutRestartPolicy = defineRemedy({
  for: ['container-without-restart-policy'],
  plan(problem) {
    const host = hostOf(problem);
    const one = host?.containers.find(({ name }) => name === problem.maybeText('container'));
    if (!host || !one || !NAME.test(one.name)) return [];
    const [engine, name] = [one.engine, shellQuote(one.name)];
    return [
      hostStep(host, {
        title: say(
          `Relancer ${code(one.name)} après un redémarrage de ${code(host.name)}`,
          `Start ${code(one.name)} again after a reboot of ${code(host.name)}`,
        ),
        reason: say(
          'Rien ne le relance aujourd’hui. Donner aussi `restart: unless-stopped` au service dans le fichier Compose\u00a0: le recréer remettrait la règle du fichier.',
          'Nothing starts it again today. Give the service `restart: unless-stopped` in the Compose file too: to make it again would bring back the policy of the file.',
        ),
        risk: 'none',
        commands: [`${engine} update --restart unless-stopped ${name}`],
        undo: [`${engine} update --restart no ${name}`],
        before: { [`${engine} inspect ${one.name}`]: `RestartPolicy ${one.restartPolicy || 'no'}` },
        proofs: [
          hostProof(
            host,
            say(`${code(one.name)} revient de lui-même`, `${code(one.name)} comes back by itself`),
            say('`unless-stopped`', '`unless-stopped`'),
            { ask: 'container', engine, name: one.name, property: '.HostConfig.RestartPolicy.Name' },
            ['unless-stopped', 'always'],
          ),
        ],
      }),
    ];
  },
});

import { code, codes } from '#model/text.ts';
import { say } from '../draft.ts';
import { hostOf } from '../hosts.ts';
import { onHost } from '../on-host.ts';
import { defineRemedy } from '../remedy.ts';
import { upCommand } from './host-ports.ts';

/** Which side is right is for people to say; the command that makes the container again as its file says is given. */
export const containerEnvironmentDiffers = defineRemedy({
  for: ['container-environment-differs'],
  plan(problem) {
    const host = hostOf(problem);
    const one = host?.containers.find(({ name }) => name === problem.maybeText('container'));
    if (!host || !one?.compose) return [];
    const names = codes(problem.texts('names'));
    return [
      {
        title: say(
          `Accorder les variables de ${code(one.name)} et celles de son fichier`,
          `Make the variables of ${code(one.name)} agree with those of its file`,
        ),
        reason: say(
          `Le prochain démarrage changerait ${names.fr} sans prévenir.`,
          `The next start would change ${names.en} without warning.`,
        ),
        risk: 'restart',
        changes: [],
        proofs: [],
        ...(one.compose.files.length > 0 && {
          suggestion: onHost(host, [upCommand(one.engine, one.compose)]),
        }),
        needs: [
          say(
            `À choisir\u00a0: porter dans le fichier du dépôt les valeurs qui servent, ou mettre ce fichier sur l’hôte et recréer le service par cette commande (${code('docker inspect')} montre les valeurs d’aujourd’hui, sur l’hôte).`,
            `To choose: put the values that serve into the file of the repository, or put this file on the host and make the service again by this command (${code('docker inspect')} shows today’s values, on the host).`,
          ),
        ],
      },
    ];
  },
});

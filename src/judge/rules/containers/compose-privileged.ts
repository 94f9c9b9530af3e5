import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { isInUse } from '../../derived/compose.ts';
import { at, titled } from '../../derived/place.ts';

/** A privileged container holds the devices and kernel of its host: whoever owns one owns the other. */
export const composePrivileged = defineRule({
  id: 'compose-privileged',
  severity: 'medium',
  subject: 'composeFile',
  title: { fr: 'Service compose privilégié', en: 'Privileged compose service' },
  risk: {
    fr: 'Un processus du conteneur a tous les droits sur l’hôte : périphériques, modules du noyau, disques.',
    en: 'A process in the container has full rights over the host: devices, kernel modules, disks.',
  },
  remedy: {
    fr: 'Retirer `privileged` et n’accorder que les capacités et périphériques nécessaires (`cap_add`, `devices`).',
    en: 'Remove `privileged` and grant only the capabilities and devices that are needed (`cap_add`, `devices`).',
  },
  references: ['https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities'],
  evaluate(compose) {
    if (!isInUse(compose)) return notApplicable;
    return gaps(
      compose.services.flatMap(({ name, privileged }): Gap[] =>
        privileged === undefined
          ? []
          : [
              {
                key: name,
                title: titled(code(name), 'conteneur privilégié', 'privileged container'),
                message: {
                  fr: `${code(compose.file)} lance ${code(name)} avec \`privileged: true\`.`,
                  en: `${code(compose.file)} starts ${code(name)} with \`privileged: true\`.`,
                },
                evidence: [at(compose.file, privileged)],
              },
            ],
      ),
    );
  },
});

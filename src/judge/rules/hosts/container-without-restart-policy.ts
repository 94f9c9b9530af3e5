import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { declaredServices } from '../../derived/declared-services.ts';
import { idsOfContainer, onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';
import { placeOfServer } from '../../derived/proxy-targets.ts';

/** What serves requests and is gone with the next reboot. */
export const containerWithoutRestartPolicy = defineRule({
  id: 'container-without-restart-policy',
  severity: 'low',
  subject: 'host',
  title: {
    fr: 'Conteneur en service sans règle de redémarrage',
    en: 'Serving container without a restart policy',
  },
  risk: {
    fr: 'Après une panne du programme ou un redémarrage de l’hôte, le service reste absent jusqu’à ce que quelqu’un le relance.',
    en: 'After a crash of the program or a reboot of the host, the service stays absent until somebody starts it.',
  },
  remedy: {
    fr: 'Donner `restart: unless-stopped` au service dans le fichier Compose.',
    en: 'Give the service `restart: unless-stopped` in the Compose file.',
  },
  references: ['https://docs.docker.com/engine/containers/start-containers-automatically/'],
  evaluate(host, estate) {
    const served = new Set(
      host.proxies.flatMap((proxy) =>
        proxy.services.flatMap(({ servers }) =>
          servers.flatMap((server) => {
            const place = placeOfServer(server, proxy, host);
            return place.is === 'container' ? [place.container.name] : [];
          }),
        ),
      ),
    );
    const found = host.containers.filter(
      (one) =>
        one.state === 'running' &&
        one.compose !== undefined &&
        (one.restartPolicy === 'no' || one.restartPolicy === '') &&
        // a container that `compose run` started is somebody's task
        one.labels['com.docker.compose.oneoff'] !== 'True' &&
        // where its file gives a policy, that it differs is told
        !declaredServices(estate, one).some(({ service }) =>
          /^(?:always|unless-stopped|on-failure)/.test(service.restart ?? ''),
        ) &&
        !/[-_]run[-_][0-9a-f]{8,}$/.test(one.name) &&
        (one.ports.length > 0 ||
          served.has(one.name) ||
          host.proxies.some(({ runsIn }) => runsIn?.container === one.name)),
    );
    if (found.length === 0)
      return unreadOn(host, ['containers']) ?? (host.containers.length > 0 ? ok : notApplicable);
    return gaps(
      found.map((one) => {
        const name = code(one.name);
        return onHost(host, {
          key: one.name,
          title: titled(
            name,
            `ne revient pas après un redémarrage de ${code(host.name)}`,
            `does not come back after a reboot of ${code(host.name)}`,
          ),
          message: {
            fr: `Le conteneur ${name} sert des requêtes, et sa règle de redémarrage est \`no\`.`,
            en: `The container ${name} serves requests, and its restart policy is \`no\`.`,
          },
          resources: idsOfContainer(estate, host, one),
          evidence: [seenOn(host, `${one.engine} inspect`, `${one.name}: RestartPolicy=no`)],
          values: { container: one.name, engine: one.engine },
        });
      }),
    );
  },
});

import type { ComposeFile } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { isForServer, isInUse } from '../../derived/compose.ts';
import { idsOfContainer, isUp, seenOn } from '../../derived/hosts.ts';
import { at, titled } from '../../derived/place.ts';

const SOCKET = /^(\/var)?\/run\/docker\.sock$/;
/** Images made to stand between the socket and the rest: they need it, and it is their purpose to hold it. */
const PROXIES = /socket-proxy|docker-proxy|socketproxy/i;
/** Images that read the list of containers to route, watch or measure: a filtering proxy is enough for them. */
const READERS =
  /traefik|caddy-docker|nginx-proxy|docker-gen|cadvisor|datadog|vector|promtail|alloy|netdata|dozzle|homepage|acme-companion/i;

/** The socket is the engine's whole API, without a password: read-only mounts do not limit what is asked of it. */
export const composeMountsDockerSocket = defineRule({
  id: 'compose-mounts-docker-socket',
  severity: 'medium',
  subject: 'composeFile',
  title: { fr: 'Socket Docker monté dans un conteneur', en: 'Docker socket mounted into a container' },
  risk: {
    fr: 'Qui prend le conteneur peut en lancer un autre avec le disque de l’hôte : c’est un accès root à la machine. Le montage en lecture seule n’y change rien.',
    en: 'Whoever takes the container can start another with the disk of the host: that is root on the machine. Mounting it read-only changes nothing.',
  },
  remedy: {
    fr: 'Mettre un proxy filtrant entre le socket et le conteneur, limité aux appels nécessaires, ou retirer le montage.',
    en: 'Put a filtering proxy between the socket and the container, limited to the calls it needs, or remove the mount.',
  },
  references: ['https://docs.docker.com/engine/security/protect-access/'],
  evaluate(compose, estate) {
    if (!isInUse(compose)) return notApplicable;
    return gaps(
      compose.services.flatMap(({ name, image, volumes }): Gap[] => {
        const mount = volumes.find(({ source }) => SOCKET.test(source));
        const reference = image?.reference ?? '';
        if (!mount || PROXIES.test(reference) || PROXIES.test(name)) return [];
        const seen = runningWith(compose, name, estate);
        const isReader = READERS.test(reference);
        const readOnly = seen?.one.engineSocket?.isReadOnly
          ? {
              fr: ', en lecture seule, ce qui n’empêche de rien demander au moteur',
              en: ', read-only, which keeps nothing from being asked of the engine',
            }
          : { fr: '', en: '' };
        return [
          {
            key: name,
            ...(seen
              ? { severity: isReader ? ('medium' as const) : ('high' as const) }
              : (isReader || !isForServer(compose, estate)) && { severity: 'low' as const }),
            title: titled(code(name), 'socket Docker monté', 'Docker socket mounted'),
            message: {
              fr: `${code(compose.file)} donne ${code(mount.source)} à ${code(name)}, donc tout le moteur Docker de l’hôte.${seen ? ` Sur ${code(seen.host.name)}, ${code(seen.one.name)} tourne avec lui${readOnly.fr}.` : ''}`,
              en: `${code(compose.file)} gives ${code(mount.source)} to ${code(name)}, and with it the whole Docker engine of the host.${seen ? ` On ${code(seen.host.name)}, ${code(seen.one.name)} runs with it${readOnly.en}.` : ''}`,
            },
            ...(seen && { resources: idsOfContainer(estate, seen.host, seen.one) }),
            evidence: [
              at(compose.file, mount.line),
              ...(seen
                ? [seenOn(seen.host, `${seen.one.engine} inspect`, `${seen.one.name}: ${mount.source}`)]
                : []),
            ],
          },
        ];
      }),
    );
  },
});

/** The container of a host that was read which runs the service and holds the socket. */
function runningWith(
  { project }: ComposeFile,
  service: string,
  { hosts }: Estate,
): { host: HostState; one: HostContainer } | undefined {
  for (const host of hosts) {
    const one = host.containers.find(
      ({ compose, engineSocket, state }) =>
        compose?.project === project &&
        compose.service === service &&
        engineSocket !== undefined &&
        isUp({ state }),
    );
    if (one) return { host, one };
  }
  return undefined;
}

import type { HostContainer } from '#model/host.ts';
import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { declaredServices } from '../../derived/declared-services.ts';
import { idsOfContainer, isUp, onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';

/** Images made to stand between the socket and the rest: to hold it is what they are for. */
const SOCKET_PROXIES = /socket-proxy|docker-proxy|socketproxy/i;
/** Images that read the list of containers to route, watch or measure: a filtering proxy is enough for them. */
const READERS =
  /traefik|caddy-docker|nginx-proxy|docker-gen|cadvisor|datadog|vector|promtail|alloy|netdata|dozzle|homepage|acme-companion/i;
const DOCKER_SOCKET = /^(?:\/var)?\/run\/docker\.sock$/;

/** The socket is the engine's whole API, without a password. */
export const engineSocketMounted = defineRule({
  id: 'engine-socket-mounted',
  severity: 'high',
  subject: 'host',
  title: {
    fr: 'Socket du moteur de conteneurs dans un conteneur en service',
    en: 'Socket of the container engine in a running container',
  },
  risk: {
    fr: 'Qui prend le conteneur en lance un autre avec le disque de l’hôte\u00a0: c’est un accès root à la machine. Le montage en lecture seule n’y change rien, il ne porte que sur le fichier.',
    en: 'Whoever takes the container starts another with the disk of the host: that is root on the machine. Mounting it read-only changes nothing, it is about the file alone.',
  },
  remedy: {
    fr: 'Mettre un proxy filtrant entre le socket et le conteneur, limité aux appels nécessaires, ou retirer le montage.',
    en: 'Put a filtering proxy between the socket and the container, limited to the calls that it needs, or remove the mount.',
  },
  references: ['https://docs.docker.com/engine/security/protect-access/'],
  evaluate(host, estate) {
    const holders = host.containers.filter((one) => isUp(one) && one.engineSocket !== undefined);
    const found = holders.filter(
      (one) => !SOCKET_PROXIES.test(`${one.image} ${one.name}`) && !isToldOfFile(one),
    );
    if (found.length === 0)
      return unreadOn(host, ['containers']) ?? (host.containers.length > 0 ? ok : notApplicable);
    function isToldOfFile(one: HostContainer): boolean {
      return declaredServices(estate, one).some(({ service }) =>
        service.volumes.some(({ source }) => DOCKER_SOCKET.test(source)),
      );
    }
    return gaps(
      found.map((one) => {
        const name = code(one.name);
        const source = code(one.engineSocket?.source ?? '');
        const isReader =
          READERS.test(one.image) || host.proxies.some(({ runsIn }) => runsIn?.container === one.name);
        const mode = one.engineSocket?.isReadOnly
          ? {
              fr: ' Il est monté en lecture seule\u00a0: on ne peut le remplacer, mais on peut tout demander au moteur.',
              en: ' It is mounted read-only: it cannot be replaced, and anything can still be asked of the engine.',
            }
          : { fr: '', en: '' };
        const need = isReader
          ? {
              fr: ' Il s’en sert pour lire la liste des conteneurs\u00a0: un proxy qui ne laisse passer que cette lecture lui suffit.',
              en: ' It uses it to read the list of containers: a proxy that lets this reading through alone is enough for it.',
            }
          : { fr: '', en: '' };
        return onHost(host, {
          key: one.name,
          ...(isReader && { severity: 'medium' as const }),
          title: titled(
            name,
            `tient le socket du moteur de ${code(host.name)}`,
            `holds the socket of the engine of ${code(host.name)}`,
          ),
          message: {
            fr: `Le conteneur ${name} a ${source}, donc tout le moteur de l’hôte.${mode.fr}${need.fr}`,
            en: `The container ${name} has ${source}, and with it the whole engine of the host.${mode.en}${need.en}`,
          },
          resources: idsOfContainer(estate, host, one),
          evidence: [
            seenOn(
              host,
              `${one.engine} inspect`,
              `${one.name}: ${one.engineSocket?.source ?? ''}${one.engineSocket?.isReadOnly ? ' (ro)' : ''}`,
            ),
          ],
          values: { container: one.name, engine: one.engine },
        });
      }),
    );
  },
});

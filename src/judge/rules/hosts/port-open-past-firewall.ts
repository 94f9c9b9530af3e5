import type { HostState } from '#model/host.ts';
import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import {
  closesByDefault,
  isOpenedByRule,
  isWeb,
  type OpenPort,
  openPorts,
  portText,
  portValues,
  sensitiveAt,
} from '../../derived/host-ports.ts';
import { idsOfContainer, onHost, reachOf, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';
import { isDoorOfProxy, routersTo } from '../../derived/proxy-targets.ts';

/** The firewall says that the port is closed, and whoever looks at the firewall alone believes it. */
export const portOpenPastFirewall = defineRule({
  id: 'port-open-past-firewall',
  severity: 'medium',
  subject: 'host',
  title: {
    fr: 'Port publié par Docker malgré le pare-feu',
    en: 'Port that Docker publishes past the firewall',
  },
  risk: {
    fr: 'Le moteur de conteneurs ouvre le port avant les règles de `ufw` ou de la chaîne `INPUT`\u00a0: toute machine qui atteint l’hôte y entre, alors que le pare-feu paraît le fermer.',
    en: 'The container engine opens the port ahead of the rules of `ufw` or of the chain `INPUT`: any machine that reaches the host gets in, while the firewall seems to close it.',
  },
  remedy: {
    fr: 'Publier le port sur `127.0.0.1`, ou ne pas le publier si un proxy du même réseau suffit\u00a0; filtrer dans `DOCKER-USER` ce qui doit rester publié.',
    en: 'Publish the port on `127.0.0.1`, or not at all where a proxy of the same network is enough; filter in `DOCKER-USER` what has to stay published.',
  },
  references: ['https://docs.docker.com/engine/network/packet-filtering-firewalls/#docker-and-ufw'],
  evaluate(host, estate) {
    const { firewall } = host;
    if (!firewall) return unreadOn(host, ['firewall']) ?? notApplicable;
    if (!closesByDefault(firewall)) return unreadOn(host, ['firewall']) ?? notApplicable;
    const found = pastFirewall(host);
    if (found.length === 0)
      return (
        unreadOn(host, ['firewall', 'listeners', 'containers']) ??
        (host.listeners.some((one) => one.container !== undefined && reachOf(one).from === 'unknown')
          ? NOT_TOLD
          : ok)
      );
    return gaps(
      found.map((open) => {
        const { container } = open;
        const port = portText(open);
        const name = code(open.holder);
        const sensitive = sensitiveAt(open);
        const routers = codes(routersTo(open, host), 3);
        const isBehind = routers.en !== '';
        return onHost(host, {
          key: `${open.holder} ${port}`,
          ...(sensitive !== undefined && { severity: 'high' as const }),
          title: titled(
            name,
            `${sensitive === undefined ? `port ${code(port)} ouvert` : `${sensitive} ouvert sur le port ${code(port)}`} malgré le pare-feu de ${code(host.name)}`,
            `${sensitive === undefined ? `port ${code(port)} open` : `${sensitive} open on port ${code(port)}`} past the firewall of ${code(host.name)}`,
          ),
          message: {
            fr: `${code(firewall.tool)} ferme ce qu’aucune règle n’ouvre, et aucune n’ouvre ${code(port)}\u00a0; le moteur publie ${name} sur ${codes(open.addresses).fr}, avant ces règles.${isBehind ? ` Un proxy y mène déjà (${routers.fr})\u00a0: ce port le contourne.` : ''}`,
            en: `${code(firewall.tool)} closes what no rule opens, and none opens ${code(port)}; the engine publishes ${name} on ${codes(open.addresses).en}, ahead of these rules.${isBehind ? ` A proxy leads there already (${routers.en}): this port goes around it.` : ''}`,
          },
          resources: container ? idsOfContainer(estate, host, container) : [],
          evidence: [
            seenOn(host, 'ss', `${open.addresses.join(', ')} port ${port}: ${open.holder}`),
            seenOn(host, firewall.tool, `input: ${firewall.policy.input}, published ports are not filtered`),
          ],
          values: portValues(open),
        });
      }),
    );
  },
});

const NOT_TOLD = unknown({
  fr: 'ce qui filtre les ports publiés par le moteur n’a pas été compris',
  en: 'what filters the ports that the engine publishes was not understood',
});

/** Ports that the firewall seems to close and that the engine opens, those of the web and of proxies left out. */
export function pastFirewall(host: HostState): OpenPort[] {
  const { firewall } = host;
  if (!firewall || !closesByDefault(firewall)) return [];
  return openPorts(host).filter(
    (open) =>
      open.because === 'published-past-firewall' &&
      !isWeb(open) &&
      !isOpenedByRule(firewall, open) &&
      !isDoorOfProxy(open, host),
  );
}

import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { isWeb, openPorts, portText, portValues, sensitiveAt } from '../../derived/host-ports.ts';
import { idsOfContainer, idsOn, onHost, reachOf, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';
import { isDoorOfProxy, routersTo } from '../../derived/proxy-targets.ts';
import { pastFirewall } from './port-open-past-firewall.ts';

/** What the proxy asks of who comes (a password, an address, TLS) is asked of nobody who takes the other way. */
export const backendBypassesProxy = defineRule({
  id: 'backend-bypasses-proxy',
  severity: 'medium',
  subject: 'host',
  title: {
    fr: 'Service joignable sans passer par son proxy',
    en: 'Service that can be reached around its proxy',
  },
  risk: {
    fr: 'Le chiffrement, l’authentification et les limites que pose le proxy ne protègent pas cette entrée.',
    en: 'The encryption, authentication and limits that the proxy sets do not protect this way in.',
  },
  remedy: {
    fr: 'Écouter ou publier sur `127.0.0.1` ou sur le réseau du proxy, pour que seul le proxy y mène.',
    en: 'Listen or publish on `127.0.0.1` or the network of the proxy, so that the proxy alone leads there.',
  },
  references: ['https://cwe.mitre.org/data/definitions/288.html'],
  evaluate(host, estate) {
    if (host.proxies.length === 0) return notApplicable;
    const told = new Set(pastFirewall(host).map(({ holder, port }) => `${holder} ${port}`));
    const found = openPorts(host).flatMap((open) => {
      if (isWeb(open) || isDoorOfProxy(open, host) || sensitiveAt(open) !== undefined) return [];
      if (told.has(`${open.holder} ${open.port}`)) return [];
      const routers = [...new Set(routersTo(open, host))];
      return routers.length > 0 ? [{ open, routers }] : [];
    });
    if (found.length === 0)
      return (
        unreadOn(host, ['listeners', 'firewall']) ??
        (host.listeners.some((one) => reachOf(one).from === 'unknown')
          ? unknown({
              fr: 'd’où certains ports sont joignables n’a pas pu être établi',
              en: 'from where some ports can be reached could not be told',
            })
          : ok)
      );
    return gaps(
      found.map(({ open, routers }) => {
        const port = portText(open);
        const names = codes(routers, 3);
        return onHost(host, {
          key: `${open.holder} ${port}`,
          title: titled(
            code(open.holder || port),
            `joignable sans le proxy, sur le port ${code(port)} de ${code(host.name)}`,
            `can be reached around the proxy, on port ${code(port)} of ${code(host.name)}`,
          ),
          message: {
            fr: `Le proxy y mène par ${names.fr}, et le port ${code(port)}, ouvert sur ${codes(open.addresses).fr}, y mène aussi, de partout.`,
            en: `The proxy leads there by ${names.en}, and port ${code(port)}, open on ${codes(open.addresses).en}, leads there too, from anywhere.`,
          },
          resources: open.container
            ? idsOfContainer(estate, host, open.container)
            : idsOn(estate, host, 'Systemd::Unit', open.listener.unit ?? ''),
          evidence: [seenOn(host, 'ss', `${open.addresses.join(', ')} port ${port}: ${open.holder}`)],
          values: portValues(open),
        });
      }),
    );
  },
});

import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { openPorts, portText, portValues, sensitiveAt } from '../../derived/host-ports.ts';
import { idsOfContainer, idsOn, onHost, reachOf, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';
import { pastFirewall } from './port-open-past-firewall.ts';

/** A database or a tool of administration is for the programs of the host, or for a few people. */
export const dataPortReachable = defineRule({
  id: 'data-port-reachable',
  severity: 'high',
  subject: 'host',
  title: {
    fr: 'Base de données ou outil d’administration joignable de partout',
    en: 'Database or administration tool that anybody reaches',
  },
  risk: {
    fr: 'Ces ports sont cherchés sans cesse\u00a0: un mot de passe faible ou une faille suffit à lire, effacer ou chiffrer les données.',
    en: 'These ports are looked for all the time: a weak password or one hole is enough to read, delete or encrypt the data.',
  },
  remedy: {
    fr: 'Limiter l’écoute à `127.0.0.1` ou au réseau privé, ou n’ouvrir le port qu’aux adresses qui en ont besoin.',
    en: 'Listen on `127.0.0.1` or the private network alone, or open the port only to the addresses that need it.',
  },
  references: ['https://cwe.mitre.org/data/definitions/668.html'],
  evaluate(host, estate) {
    // what the firewall seems to close is told for itself
    const told = new Set(pastFirewall(host).map(({ holder, port }) => `${holder} ${port}`));
    const found = openPorts(host).filter(
      (open) => sensitiveAt(open) !== undefined && !told.has(`${open.holder} ${open.port}`),
    );
    if (found.length === 0) {
      const unread = unreadOn(host, ['listeners', 'firewall']);
      if (unread || host.listeners.length === 0) return unread ?? notApplicable;
      return host.listeners.some((one) => reachOf(one).from === 'unknown')
        ? unknown({
            fr: 'd’où certains ports sont joignables n’a pas pu être établi',
            en: 'from where some ports can be reached could not be told',
          })
        : ok;
    }
    return gaps(
      found.map((open) => {
        const port = portText(open);
        const title = sensitiveAt(open) ?? '';
        const why =
          open.because === 'no-firewall'
            ? { fr: 'aucun pare-feu de l’hôte ne filtre', en: 'no firewall of the host filters it' }
            : { fr: 'le pare-feu de l’hôte le laisse passer', en: 'the firewall of the host lets it in' };
        return onHost(host, {
          key: `${open.holder} ${port}`,
          title: titled(
            code(open.holder || port),
            `${title} joignable de partout (port ${code(port)} de ${code(host.name)})`,
            `${title} that anybody reaches (port ${code(port)} of ${code(host.name)})`,
          ),
          message: {
            fr: `${title} écoute sur ${codes(open.addresses).fr}, port ${code(port)}, et ${why.fr}. Un pare-feu hors de l’hôte n’est pas vu d’ici.`,
            en: `${title} listens on ${codes(open.addresses).en}, port ${code(port)}, and ${why.en}. A firewall outside of the host is not seen from here.`,
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

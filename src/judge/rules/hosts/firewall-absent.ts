import { isIpAddress, isPrivateAddress } from '#lib/ip-address.ts';
import type { HostState } from '#model/host.ts';
import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { isWeb, openPorts, portText } from '../../derived/host-ports.ts';
import { onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';

/** Link-local, loopback and shared addresses lead nowhere from the internet. RFC 3927, RFC 6598, RFC 4291. */
const NOT_PUBLIC = /^(?:127\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|fe[89ab])/i;

/** Every program that is started tomorrow is open to the world at once. */
export const firewallAbsent = defineRule({
  id: 'firewall-absent',
  severity: 'medium',
  subject: 'host',
  title: { fr: 'Hôte public sans pare-feu', en: 'Public host without a firewall' },
  risk: {
    fr: 'Tout ce qui écoute sur l’hôte est joignable de partout, y compris ce qu’un paquet ou un conteneur ouvrira demain.',
    en: 'Whatever listens on the host can be reached from anywhere, and so can what a package or a container opens tomorrow.',
  },
  remedy: {
    fr: 'Activer un pare-feu qui ferme tout sauf SSH et ce qui est servi, ou celui du fournisseur de l’hôte.',
    en: 'Switch on a firewall that closes all but SSH and what is served, or that of the host’s provider.',
  },
  references: ['https://cwe.mitre.org/data/definitions/1327.html'],
  evaluate(host) {
    const { firewall } = host;
    if (!firewall) return unreadOn(host, ['firewall']) ?? notApplicable;
    const isOpen =
      !firewall.isActive &&
      firewall.unread.length === 0 &&
      !firewall.rules.some(({ action, chain }) => action === 'drop' && chain === 'input') &&
      firewall.policy.input !== 'drop';
    if (!isOpen) return ok;
    const unread = unreadOn(host, ['firewall', 'listeners', 'interfaces']);
    if (unread) return unread;
    const own = publicAddresses(host);
    const ports = openPorts(host).filter((open) => !isWeb(open) && !isSsh(host, open.port));
    if (own.length === 0 || ports.length === 0) return own.length === 0 ? notApplicable : ok;
    const shown = codes([...new Set(ports.map((open) => `${portText(open)} ${open.holder}`.trim()))], 6);
    return gaps([
      onHost(host, {
        title: titled(code(host.name), 'adresse publique, aucun pare-feu', 'public address, no firewall'),
        message: {
          fr: `Aucun pare-feu n’est actif sur l’hôte, qui a l’adresse publique ${codes(own, 2).fr}. Joignables, en plus de SSH et du web\u00a0: ${shown.fr}. Un pare-feu hors de l’hôte n’est pas vu d’ici.`,
          en: `No firewall is active on the host, which has the public address ${codes(own, 2).en}. Within reach beside SSH and the web: ${shown.en}. A firewall outside of the host is not seen from here.`,
        },
        confidence: 'medium',
        evidence: [
          seenOn(host, 'firewall', `${firewall.tool}: not active, input ${firewall.policy.input}`),
          seenOn(host, 'ss', ports.map(portText).slice(0, 12).join(', ')),
        ],
        values: {
          ssh: sshPorts(host),
          open: ports.map(({ port, protocol }) => `${port}/${protocol}`),
          manager: host.system?.id ?? '',
        },
      }),
    ]);
  },
});

const publicAddresses = ({ interfaces }: HostState): string[] =>
  interfaces
    .filter(
      ({ address, isUp }) =>
        isUp && isIpAddress(address) && !isPrivateAddress(address) && !NOT_PUBLIC.test(address),
    )
    .map(({ address }) => address);

/** The ports of sshd: those that it listens on, as its configuration says them. */
const sshPorts = ({ sshd, listeners }: HostState): number[] => {
  const seen = listeners.filter(
    ({ process, unit }) => process?.name === 'sshd' || /^sshd?(?:\.|@)/.test(unit ?? ''),
  );
  const said = (sshd?.port ?? '').split(' ').filter(Boolean).map(Number);
  const ports = [...new Set([...seen.map(({ port }) => port), ...said])].filter((port) => port > 0);
  return ports.length > 0 ? ports : [22];
};

const isSsh = (host: HostState, port: number): boolean => sshPorts(host).includes(port);

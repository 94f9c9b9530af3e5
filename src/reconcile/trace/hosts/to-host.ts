import type { HostContainer } from '#model/host.ts';
import type { Check } from '#model/path.ts';
import type { ProxyServer, ProxyService } from '#model/proxy.ts';
import { code } from '#model/text.ts';
import { fail, pass, say, unknown } from '../checks.ts';
import { type At, isLoopback, type Onward, onward, partsOf, refusalOf, together } from './at.ts';
import { addressIn, fromContainer } from './firewall.ts';
import { isUp, listeningAt, mayForward, unitMeantFor } from './listening.ts';

/** One way on from a service, and whether what stands there takes requests for all that was read. */
export interface Way {
  told: Onward;
  isDead: boolean;
}

/** What each way is told with. */
export interface Asked {
  at: At;
  /** The container that the proxy runs in, with networks of its own; undefined: it runs in those of the host. */
  own: HostContainer | undefined;
  /** It is in a container that was not read: in which networks it stands is not known. */
  isOpen: boolean;
  service: ProxyService;
  server: ProxyServer;
  host: string;
  port: number;
}

export const placeOf = ({ host, port }: Asked): string =>
  code(`${host.includes(':') ? `[${host}]` : host}:${port}`);

/** Where a server leads is not known. */
export const open = (asked: Asked, why: { fr: string; en: string }, refusal?: Check['refusal']): Way => ({
  isDead: false,
  told: onward({
    checks: [
      unknown('upstream-address-unknown', why, refusal, {
        evidence: [asked.service.at],
        values: { host: asked.at.state.name },
      }),
    ],
  }),
});

export function toLoopback(asked: Asked): Way {
  const { own, port } = asked;
  if (!own) return toListener(asked, asked.host === '::1' ? '::1' : '127.0.0.1');
  if (own.networkMode.startsWith('container:'))
    return open(
      asked,
      say('il partage le réseau d’un autre conteneur', 'it shares the network of another container'),
    );
  return open(
    asked,
    say(
      `${placeOf(asked)} est dans ${code(own.name)} même\u00a0; ce qui écoute sur ${code(port)} y est caché`,
      `${placeOf(asked)} is inside of ${code(own.name)} itself; what listens on ${code(port)} there is hidden`,
    ),
  );
}

/** The name by which containers call the host. Docker documentation, `--add-host host.docker.internal:host-gateway`. */
export function toGateway(asked: Asked): Way {
  const { own, at } = asked;
  if (!own)
    return open(
      asked,
      say(
        `${code(asked.host)} n’est connu que des conteneurs`,
        `${code(asked.host)} is known to containers alone`,
      ),
    );
  const gateway =
    at.state.interfaces.find(({ name }) => name === 'docker0' || name === 'podman0')?.address ??
    at.state.networks.flatMap(({ gateways }) => gateways)[0];
  if (gateway === undefined)
    return open(
      asked,
      say('les interfaces n’ont pas été lues', 'the interfaces were not read'),
      refusalOf(at.state, 'interfaces'),
    );
  return toListener(asked, gateway);
}

/** To the host itself: something has to listen there, on an address that the proxy reaches. */
export function toListener(asked: Asked, address: string): Way {
  const { at, own, port } = asked;
  const { state } = at;
  const shown = placeOf(asked);
  const found = listeningAt(state, port, address);
  if ('endpoint' in found) {
    const { endpoint, listener } = found;
    const source = own && addressIn(state, own.name, address);
    // what is published by translation of addresses does not pass the chain
    const check =
      source !== undefined && 'listener' in endpoint ? fromContainer(at, source, port) : undefined;
    const dead = check?.result === 'fail' || ('container' in endpoint && !isUp(endpoint.container));
    const ofAddress = listener && !listener.isAnyAddress ? listener.address : undefined;
    const inner: At = ofAddress === undefined ? at : { ...at, address: ofAddress };
    return {
      isDead: dead,
      told: together(
        onward({
          checks: [
            pass(
              'upstream-address-unknown',
              say(`${shown} est sur l’hôte`, `${shown} is on the host`),
              partsOf(at, 'interfaces'),
            ),
            ...(check ? [check] : []),
          ],
        }),
        check?.result === 'fail' ? onward() : at.ways.meet(inner, endpoint),
      ),
    };
  }
  const refusal = refusalOf(state, 'listeners');
  const parts = partsOf(at, 'listeners', { port, address });
  if (refusal || mayForward(state))
    return {
      isDead: false,
      told: onward({
        checks: [
          unknown(
            'upstream-port-closed',
            say(`on ne sait pas ce qui écoute à ${shown}`, `what listens at ${shown} is not known`),
            refusal,
            parts,
          ),
        ],
      }),
    };
  const local = found.elsewhere.filter((one) => isLoopback(one.address));
  if (own && local.length > 0) {
    const who = local.flatMap(({ unit, process }) => unit ?? process?.name ?? [])[0];
    return dead(
      fail(
        'upstream-listens-locally',
        say(
          `${who === undefined ? 'Le processus' : code(who)} n’écoute qu’à ${code(`${local[0]?.address}:${port}`)}\u00a0: ${code(own.name)} ne peut pas le joindre à ${shown}`,
          `${who === undefined ? 'The process' : code(who)} listens at ${code(`${local[0]?.address}:${port}`)} alone: ${code(own.name)} cannot reach it at ${shown}`,
        ),
        { ...parts, values: { ...parts.values, ...(who !== undefined && { unit: who }) } },
      ),
    );
  }
  const meant = found.elsewhere.length === 0 ? unitMeantFor(state, port) : undefined;
  if (meant && !refusalOf(state, 'units')) return { isDead: true, told: at.ways.meet(at, { unit: meant }) };
  return dead(
    fail('upstream-port-closed', say(`rien n’écoute à ${shown}`, `nothing listens at ${shown}`), parts),
  );
}

export const dead = (check: Check): Way => ({ isDead: true, told: onward({ checks: [check] }) });

import type { HostState } from '#model/host.ts';
import type { ProxyConfig, ProxyRouter } from '#model/proxy.ts';
import { code, codes } from '#model/text.ts';
import { held, say, unknown } from '../checks.ts';
import type { HopSide } from '../hop.ts';
import { coveredBy } from '../names.ts';
import { type At, plainHost, refusalOf } from './at.ts';

/** The certificate on disk that a router serves: whether it covers the name, and is good on the day it was read. */
export function certificateSide(at: At, config: ProxyConfig, router: ProxyRouter): HopSide[] {
  const { state, request } = at;
  const { certificate: path, resolver } = router.tls ?? {};
  // what a resolver asks for is renewed by it, and kept where nobody looks
  if (path === undefined || resolver !== undefined) return [];
  const host = plainHost(request.host);
  const onDisk = pathOnHost(state, config, path);
  const found = state.certificates.find((one) => one.path === onDisk);
  if (!found)
    return [
      {
        role: 'certificate',
        checks: [
          unknown(
            'certificate-not-covering',
            say(`le certificat ${code(path)} n’a pas été lu`, `the certificate ${code(path)} was not read`),
            refusalOf(state, 'certificates'),
            { evidence: [router.at] },
          ),
        ],
      },
    ];
  // what Cloudflare asks of a certificate hangs on a mode of the zone
  const isOfClient = !at.passed.some(({ kind }) => kind.startsWith('Cloudflare::'));
  if (!isOfClient) return [];
  const resource = at.graph.named('Host::Certificate', found.path, { account: state.name });
  const names = codes(found.names, 4);
  const shown = code(found.path);
  const parts = {
    evidence: [{ source: 'host' as const, operation: 'certificates', at: state.at }],
    values: { host: state.name, path: found.path, names: [host] },
  };
  return [
    {
      ...(resource && { resource: resource.id }),
      role: 'certificate',
      checks: [
        held(
          'certificate-not-covering',
          coveredBy(host, found.names),
          say(`${shown} couvre ${code(host)}`, `${shown} covers ${code(host)}`),
          say(
            `${shown} ne couvre pas ${code(host)}, seulement ${names.fr}`,
            `${shown} does not cover ${code(host)}, only ${names.en}`,
          ),
          parts,
        ),
        held(
          'certificate-expired',
          Date.parse(found.until) > Date.parse(state.at),
          say(
            `${shown} est valable jusqu’au ${code(found.until.slice(0, 10))}`,
            `${shown} is good until ${code(found.until.slice(0, 10))}`,
          ),
          say(
            `${shown} a expiré le ${code(found.until.slice(0, 10))}`,
            `${shown} expired on ${code(found.until.slice(0, 10))}`,
          ),
          parts,
        ),
      ],
    },
  ];
}

/** Where a file of a proxy's container lies on the host. */
function pathOnHost(state: HostState, { runsIn }: ProxyConfig, path: string): string {
  const mounts = state.containers.find(({ name }) => name === runsIn?.container)?.mounts ?? [];
  const mount = mounts
    .filter(
      ({ destination }) => path === destination || path.startsWith(`${destination.replace(/\/$/, '')}/`),
    )
    .sort((a, b) => b.destination.length - a.destination.length)[0];
  return mount
    ? `${mount.source.replace(/\/$/, '')}${path.slice(mount.destination.replace(/\/$/, '').length)}`
    : path;
}

import type { HostContainer, HostState } from '#model/host.ts';
import type { NamedCertificate } from '../../nginx/dump.ts';

/** Where the host has a path of a container: in the deepest mount that holds it. Undefined: in the container alone. */
export function pathOnHost(path: string, container: HostContainer | undefined): string | undefined {
  if (!container) return path;
  const under = (folder: string) => folder.replace(/\/+$/, '');
  const [mount] = container.mounts
    .filter(({ destination }) => path === destination || path.startsWith(`${under(destination)}/`))
    .sort((a, b) => b.destination.length - a.destination.length);
  return mount?.source ? `${under(mount.source)}${path.slice(under(mount.destination).length)}` : undefined;
}

/** Tells of certificates that were read on the host which servers of a proxy use them. */
export function tellUse(
  state: HostState,
  named: readonly NamedCertificate[],
  container?: HostContainer,
): void {
  for (const { path, usedBy } of named) {
    const place = pathOnHost(path, container);
    const known = state.certificates.find((one) => one.path === place);
    if (known) known.usedBy = [...new Set([...known.usedBy, ...usedBy])];
  }
}

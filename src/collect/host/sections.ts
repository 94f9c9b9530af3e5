import { docker, podman } from './engines/engines.ts';
import { firewall } from './firewall/firewall.ts';
import { certificates } from './os/certificates.ts';
import { cron } from './os/cron.ts';
import { disks } from './os/disks.ts';
import { interfaces } from './os/interfaces.ts';
import { listeners, owners } from './os/listeners.ts';
import { memory } from './os/memory.ts';
import { sshd } from './os/sshd.ts';
import { system } from './os/system.ts';
import { time } from './os/time.ts';
import { environmentFiles, units, unloadedUnits } from './os/units.ts';
import { updates } from './os/updates.ts';
import { users } from './os/users.ts';
import { caddy } from './proxies/caddy.ts';
import { haproxy } from './proxies/haproxy.ts';
import { nginx } from './proxies/nginx.ts';
import { traefik } from './proxies/traefik.ts';
import type { HostSection } from './section.ts';

/** What is read of a host, one line each, in the order in which it is asked. */
export const hostSections: readonly HostSection[] = [
  system,
  interfaces,
  units,
  listeners,
  docker,
  podman,
  cron,
  disks,
  memory,
  time,
  updates,
  certificates,
  users,
  sshd,
  firewall,
  unloadedUnits,
  environmentFiles,
  owners,
  nginx,
  traefik,
  caddy,
  haproxy,
];

/**
 * What can be asked of a host to prove something: a closed list. The command that is shown and the one that is run are both
 * made of it (lib/host-command.ts), so that a report which somebody changed cannot make anything else run. Nothing in it
 * writes.
 */
export type HostQuestion =
  /** One property of a unit as `systemctl show` gives it. */
  | {
      ask: 'unit';
      unit: string;
      property: 'ActiveState' | 'LoadState' | 'UnitFileState' | 'NeedDaemonReload' | 'User' | 'FragmentPath';
    }
  /** One property of a container; `docker inspect`'s or `podman inspect`'s own path. */
  | {
      ask: 'container';
      engine: 'docker' | 'podman';
      name: string;
      property:
        | '.State.Status'
        | '.State.Health.Status'
        | '.Config.Image'
        | '.HostConfig.RestartPolicy.Name'
        | '.HostConfig.Privileged'
        | '.Config.User';
    }
  /** `present` or `absent`. */
  | { ask: 'network' | 'volume'; engine: 'docker' | 'podman'; name: string }
  /** The addresses on which something listens at a port, sorted, separated by spaces; empty where nothing does. */
  | { ask: 'listening'; port: number; protocol: 'tcp' | 'udp' }
  /** The status code of a GET on the host itself, `000` where nothing answers. Only of addresses of the host. */
  | { ask: 'http'; url: string; host?: string }
  /** Whether the configuration is accepted: `ok`, or the first line of what is wrong. */
  | { ask: 'configuration'; of: 'nginx' | 'sshd' | 'caddy' | 'haproxy' }
  /** Permissions in octal and the owner: `600 root`; `absent`. */
  | { ask: 'file'; path: string }
  /** One keyword of `sshd -T`. */
  | { ask: 'sshd'; keyword: string }
  /** Whether a name stands in the effective configuration: the status of a router (`enabled`), or `absent`. */
  | { ask: 'traefik-router'; api: string; name: string };

import { z } from 'zod';

/**
 * `local`, or where ssh goes: `ssh://[user@]host[:port]`, the host also as an IPv6 address between brackets. None of it can
 * be taken for an option of ssh.
 */
export const HOST_ADDRESS =
  /^(?:local|ssh:\/\/(?:[a-zA-Z0-9_][\w.+-]{0,63}@)?(?:[a-zA-Z0-9_][\w.-]{0,252}|\[[0-9a-fA-F:.]{2,45}(?:%[\w.-]{1,16})?\])(?::\d{1,5})?)$/;

/** Names that systemd, engines and Traefik give: none begins with a hyphen, and none needs a shell. */
const name = z.string().regex(/^[\w@.][\w@:.\\-]{0,250}$/, 'a name');
const engine = z.enum(['docker', 'podman']);
/** Addresses of the machine itself and of private networks: a proof asks nothing else of a host. RFC 1918, RFC 4193. */
const OWN =
  /^https?:\/\/(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|10\.\d{1,3}\.\d{1,3}\.\d{1,3}|192\.168\.\d{1,3}\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}|\[::1\]|\[f[cd][0-9a-f:]{2,40}\])(?::\d{1,5})?(?:\/[\w./~%+@:=-]{0,200})?$/;
const ownUrl = z.string().regex(OWN, 'a URL of the host itself');

/**
 * What can be asked of a host to prove something: a closed list. The command that is shown and the one that is run are both
 * made of it (model/host-command.ts), so that a report which somebody changed cannot make anything else run. Nothing in it
 * writes.
 */
export const hostQuestion = z.discriminatedUnion('ask', [
  /** One property of a unit, as `systemctl show` gives it. */
  z.strictObject({
    ask: z.literal('unit'),
    unit: name,
    property: z.enum([
      'ActiveState',
      'LoadState',
      'UnitFileState',
      'NeedDaemonReload',
      'User',
      'FragmentPath',
      'NRestarts',
    ]),
  }),
  /** One property of a container, by the path of `docker inspect` and `podman inspect`. */
  z.strictObject({
    ask: z.literal('container'),
    engine,
    name,
    property: z.enum([
      '.State.Status',
      '.State.Health.Status',
      '.RestartCount',
      '.Config.Image',
      '.HostConfig.RestartPolicy.Name',
      '.HostConfig.Privileged',
      '.Config.User',
    ]),
  }),
  /** The addresses on which an engine publishes a port of a container (`127.0.0.1:8002`), sorted; nothing where it does not. */
  z.strictObject({
    ask: z.literal('published'),
    engine,
    name,
    port: z.int().min(1).max(65_535),
    protocol: z.enum(['tcp', 'udp']),
  }),
  /** The name where there is such a network or volume, else nothing. */
  z.strictObject({ ask: z.enum(['network', 'volume']), engine, name }),
  /** The addresses on which something listens at a port (`0.0.0.0:8001`), sorted; nothing where nothing does. */
  z.strictObject({
    ask: z.literal('listening'),
    port: z.int().min(1).max(65_535),
    protocol: z.enum(['tcp', 'udp']),
  }),
  /** The status code of a GET on the host itself; `000` where nothing answers. `host`: the name that is asked for. */
  z.strictObject({
    ask: z.literal('http'),
    url: ownUrl,
    host: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{0,250}$/, 'a host name')
      .optional(),
  }),
  /** `ok` where a configuration is accepted, else the last line of what is said of it. */
  z.strictObject({ ask: z.literal('configuration'), of: z.enum(['nginx', 'sshd', 'haproxy', 'caddy']) }),
  /** Permissions in octal and the owner (`600 root`); `absent`. */
  z.strictObject({
    ask: z.literal('file'),
    path: z.string().regex(/^\/[\w./@+ -]{1,250}$/, 'an absolute path'),
  }),
  /** The value of a keyword in `sshd -T`. */
  z.strictObject({ ask: z.literal('sshd'), keyword: z.string().regex(/^[a-z]{2,60}$/, 'a keyword') }),
  /** The status of a router in a running Traefik (`enabled`), or `absent`. `api`: where its API answers. */
  z.strictObject({ ask: z.literal('traefik-router'), api: ownUrl, router: name }),
]);
export type HostQuestion = z.infer<typeof hostQuestion>;

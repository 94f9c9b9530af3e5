import type { ValueClass } from './artifacts.ts';
import type { Refusal } from './lookup.ts';
import type { ProxyConfig } from './proxy.ts';

/**
 * What is read of a host. A part whose command is missing or refused stands in `refusals`: an empty list of it is then
 * no absence.
 */
export const HOST_PARTS = [
  'system',
  'interfaces',
  'units',
  'listeners',
  'containers',
  'networks',
  'volumes',
  'images',
  'traefik',
  'nginx',
  'caddy',
  'haproxy',
  'firewall',
  'cron',
  'disks',
  'memory',
  'time',
  'updates',
  'certificates',
  'users',
  'sshd',
  'environment-files',
] as const;
export type HostPart = (typeof HOST_PARTS)[number];

/**
 * What one host was seen to run. Made by the reader: no secret value is in it, command lines and labels are masked.
 * Not part of the JSON report; facts, rules, traces and what-ifs are made of it.
 */
export interface HostState {
  /** What facts call it: the name that the configuration gives, else the host of the address, else its own name. */
  name: string;
  /** `local`, or `ssh://user@host[:port]` as given. */
  address: string;
  /** RFC 3339, UTC. */
  at: string;
  /** Reads that gave no answer, or not all of it, by what they are of. */
  refusals: Partial<Record<HostPart, Refusal>>;
  /** What it calls itself (`hostname`). */
  hostname?: string;
  /** `PRETTY_NAME` and `ID`/`VERSION_ID` of os-release(5). */
  system?: { title: string; id: string; version?: string; kernel?: string; architecture?: string };
  /** The user that was logged in as; `isRoot` also where `sudo -n` was used and worked. */
  user: { name: string; isRoot: boolean };
  /** Addresses of its interfaces, without prefix length; the bridges of container networks too. */
  interfaces: { name: string; address: string; prefix: number; isUp: boolean }[];
  units: HostUnit[];
  listeners: HostListener[];
  engines: ContainerEngine[];
  containers: HostContainer[];
  networks: HostNetwork[];
  volumes: HostVolume[];
  images: HostImage[];
  /** The effective configuration of each proxy that was seen to run; `source` is `host`. */
  proxies: ProxyConfig[];
  firewall?: Firewall;
  cron: CronJob[];
  disks: {
    mount: string;
    device: string;
    type: string;
    bytes: number;
    usedBytes: number;
    inodesUsed?: number;
  }[];
  memory?: { bytes: number; availableBytes: number; swapBytes: number; swapUsedBytes: number };
  /** Whether the clock is synchronised; by which service. timedatectl(1), `NTPSynchronized`. */
  time?: { isSynchronised: boolean; zone?: string };
  /** Packages that wait to be updated, as the package manager's own cache tells; `asOf`: when the cache was last refreshed. */
  updates?: { manager: string; all: number; security?: number; asOf?: string; needsReboot?: boolean };
  certificates: HostCertificate[];
  /** Who may log in: a shell that lets in, and how. */
  users: {
    name: string;
    uid: number;
    shell: string;
    groups: string[];
    keys?: number;
    hasPassword?: boolean;
  }[];
  /** `sshd -T`: keywords in lower case. sshd_config(5). */
  sshd?: Record<string, string>;
}

/** A host of which nothing was read yet. @param at RFC 3339, UTC */
export const emptyHostState = (name: string, address: string, at: string): HostState => ({
  name,
  address,
  at,
  refusals: {},
  user: { name: 'unknown', isRoot: false },
  interfaces: [],
  units: [],
  listeners: [],
  engines: [],
  containers: [],
  networks: [],
  volumes: [],
  images: [],
  proxies: [],
  cron: [],
  disks: [],
  certificates: [],
  users: [],
});

/**
 * One variable as a unit, a container or a file is given it. `digest` stands for the value in comparisons (equal digests,
 * equal values); it is salted anew in each run (lib/digest.ts), is put into no report and is kept nowhere.
 */
export interface GivenValue {
  name: string;
  secret: boolean;
  class: ValueClass;
  digest: string;
  /** Of a value that is no secret and is plain to show: a number, a switch, a mode, a path, an address without credentials. */
  shown?: string;
}

/** A unit of systemd with its effective properties. systemd.unit(5), org.freedesktop.systemd1(5). */
export interface HostUnit {
  /** `api.service`. */
  name: string;
  type: string;
  description?: string;
  /** `LoadState`: `loaded`, `not-found`, `masked`, `bad-setting`, `error`. */
  load: string;
  /** `ActiveState`: `active`, `inactive`, `failed`, `activating`, `deactivating`. */
  active: string;
  sub: string;
  /** `UnitFileState`: `enabled`, `disabled`, `static`, `masked`, `enabled-runtime`, `indirect`, `generated`, `transient`. */
  enabled?: string;
  /** `FragmentPath`, and `DropInPaths` in the order in which they apply. */
  fragment?: string;
  dropIns: string[];
  /** The unit's files were changed since it was loaded (`NeedDaemonReload`). */
  needsReload: boolean;
  /** It comes with a package of the distribution: its file is under `/usr/lib` or `/lib`. */
  isVendor: boolean;
  user?: string;
  group?: string;
  workingDirectory?: string;
  /** Command lines, secrets masked. */
  execStart: string[];
  environment: GivenValue[];
  environmentFiles: {
    path: string;
    isOptional: boolean;
    state: 'read' | 'missing' | 'denied' | 'unread';
    variables: GivenValue[];
  }[];
  restart?: string;
  /** `NRestarts`. */
  restarts?: number;
  /** `Result`: `success`, `exit-code`, `signal`, `oom-kill`… */
  result?: string;
  mainPid?: number;
  /** When it came into its state, RFC 3339. */
  since?: string;
  /** Of a timer or socket: what it starts. */
  triggers: string[];
  /** Of a timer: RFC 3339, undefined where never. */
  timer?: { last?: string; next?: string; schedule: string[] };
  /** Of a socket: what it listens on, as systemd writes it. */
  listen: string[];
  requires: string[];
  wantedBy: string[];
  conflicts: string[];
  /** Settings of systemd.exec(5) that narrow what it may do, as effective: `NoNewPrivileges`, `ProtectSystem`… */
  hardening: Record<string, string>;
}

/** A socket that listens. */
export interface HostListener {
  protocol: 'tcp' | 'udp';
  /** `0.0.0.0`, `::`, `127.0.0.1`, `192.168.200.1`… without brackets or zone. */
  address: string;
  port: number;
  /** It takes what comes to any address of the machine. */
  isAnyAddress: boolean;
  /** Undefined where only root may know. */
  process?: { name: string; pid: number };
  /** The unit whose control group the process is in. */
  unit?: string;
  /** The container for which a port is published, or in which the process runs. */
  container?: string;
  /**
   * From where it can be reached, as far as the host itself tells: a firewall outside of it (a cloud's security groups, a
   * router) is not known here. `sources`: of `some`, the networks that are let in, where rules name them.
   */
  reach?: {
    from: Reach;
    sources?: string[];
    because:
      | 'loopback'
      | 'firewall'
      | 'no-firewall'
      | 'published-past-firewall'
      | 'private-address'
      | 'not-read';
  };
}

export interface ContainerEngine {
  product: 'docker' | 'podman';
  version: string;
  isRootless: boolean;
  /** Version of the Compose plugin, or of the older program. */
  compose?: string;
}

export interface HostContainer {
  engine: 'docker' | 'podman';
  /** The first 12 digits. */
  id: string;
  name: string;
  /** The reference that it was started with, and the id of the image that it runs. */
  image: string;
  imageId?: string;
  /** `running`, `exited`, `restarting`, `paused`, `created`, `dead`. */
  state: string;
  /** Undefined: it has no health check. */
  health?: 'healthy' | 'unhealthy' | 'starting';
  exitCode?: number;
  wasKilledForMemory?: boolean;
  restartCount: number;
  /** `no`, `always`, `unless-stopped`, `on-failure`. */
  restartPolicy: string;
  startedAt?: string;
  /** From the labels of Compose: who declares it. */
  compose?: { project: string; service: string; files: string[]; folder?: string; number?: number };
  ports: { hostAddress: string; hostPort: number; containerPort: number; protocol: 'tcp' | 'udp' }[];
  /** `host`, `none`, `container:…`, else the first network's name. */
  networkMode: string;
  networks: { name: string; address?: string; addressV6?: string; aliases: string[] }[];
  mounts: { type: string; source: string; destination: string; isReadOnly: boolean; volume?: string }[];
  environment: GivenValue[];
  user?: string;
  isPrivileged: boolean;
  addedCapabilities: string[];
  /** Those of Compose, Traefik and OCI; values that may be secrets are masked. */
  labels: Record<string, string>;
  /** Command line, secrets masked. */
  command?: string;
  /** It holds the socket of an engine: whoever breaks into it has the host. */
  engineSocket?: { source: string; isReadOnly: boolean };
  pid?: number;
}

export interface HostNetwork {
  engine: 'docker' | 'podman';
  name: string;
  driver: string;
  subnets: string[];
  gateways: string[];
  isInternal: boolean;
  /** Names of containers that are in it. */
  containers: string[];
  /** `com.docker.compose.project`. */
  project?: string;
}

export interface HostVolume {
  engine: 'docker' | 'podman';
  name: string;
  driver: string;
  mountpoint?: string;
  project?: string;
}

export interface HostImage {
  engine: 'docker' | 'podman';
  id: string;
  /** `name:tag`. */
  tags: string[];
  /** `name@sha256:…`. */
  digests: string[];
  createdAt?: string;
}

/**
 * What comes in from outside. `tool` is what keeps the rules; `policy` what happens to what no rule takes. Ports that a
 * container engine publishes pass before the rules of `ufw` and of the `INPUT` chain: `publishedAreFiltered` says whether
 * something (`DOCKER-USER`, a rule of the forward chain) stops them.
 */
export interface Firewall {
  tool: 'nftables' | 'iptables' | 'ufw' | 'firewalld' | 'none';
  isActive: boolean;
  policy: { input: 'accept' | 'drop' | 'unknown'; inputV6: 'accept' | 'drop' | 'unknown' };
  /** In the order in which they apply. */
  rules: FirewallRule[];
  publishedAreFiltered: boolean | 'unknown';
  /** Rules that were not understood: what they concern is not told. */
  unread: { rule: string }[];
}

export interface FirewallRule {
  family: 'ipv4' | 'ipv6' | 'both';
  /** `forward`: what containers publish. */
  chain: 'input' | 'forward';
  action: 'accept' | 'drop';
  protocol?: 'tcp' | 'udp';
  /** Undefined: any port. */
  ports?: { from: number; to: number }[];
  /** Address or network that it comes from; undefined: any. */
  source?: string;
  interface?: string;
}

export interface CronJob {
  /** `/etc/cron.d/backup`, `crontab of deploy`. */
  file: string;
  schedule: string;
  user?: string;
  /** Secrets masked. */
  command: string;
}

export interface HostCertificate {
  /** Where the file is, and what names it. */
  path: string;
  usedBy: string[];
  names: string[];
  issuer: string;
  from: string;
  until: string;
  /** Whole days until it expires, negative after it. */
  days: number;
  isSelfSigned: boolean;
}

/**
 * From where a listener can be reached. `anywhere`: any address, and nothing on the host filters; `some`: some networks
 * alone, or a private address; `host`: loopback; `unknown`: the firewall was not read, or not understood.
 */
export type Reach = 'anywhere' | 'some' | 'host' | 'unknown';

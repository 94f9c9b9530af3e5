import type { MachineUser, Scenario } from '../../host/machine.ts';
import {
  another,
  type Change,
  container,
  denied,
  type Files,
  listens,
  network,
  printed,
  publish,
  silent,
  uninstalled,
  unit,
  unitFile,
  variable,
  without,
} from './host.ts';

/** One thing that is wrong on the host or in the repository, and all that an audit says of it that it did not say before. */
export interface Fault {
  what: string;
  /** On the host. */
  host?: Change[];
  /** The recorded state of the host that it is on; the baseline where none is given. */
  scenario?: Scenario;
  user?: MachineUser;
  /** In the repository. */
  files?: Files;
  /** `rule subject` of every finding that is new. */
  finds: string[];
  /** `rule subject` of the baseline's findings that it takes away. */
  ends?: string[];
  /** `status kind name` of resources. */
  resources?: string[];
  /** Parts of what is foretold of the retired Compose file, in English. */
  foretold?: string[];
  /** Why no finding says it yet. */
  lacking?: string;
}

const EDGE = 'deploy/edge/docker-compose.yml';
const ROUTES = 'deploy/edge/dynamic/phare.yml';
const RETIRED = 'docker-compose.yml.OBSOLETE';
const API = 'phare-api.service';
const DROP_IN = 'deploy/systemd/phare-api.service.d/20-mode.conf';

// biome-ignore lint/suspicious/noExplicitAny: as `docker inspect` prints it
type Inspected = any;
const stopped = (code: number) => (one: Inspected) => {
  Object.assign(one.State, { Status: 'exited', Running: false, Pid: 0, ExitCode: code });
  delete one.State.Health;
};

export const FAULTS: Fault[] = [
  // units
  {
    what: 'the API is stopped',
    host: [unit(API, { ActiveState: 'inactive', SubState: 'dead', MainPID: '0' }), silent(8001)],
    finds: [],
  },
  { what: 'the API is not enabled', host: [unit(API, { UnitFileState: 'disabled' }), unitFile(API, 'disabled')], finds: [] },
  {
    what: 'the API has failed',
    host: [unit(API, { ActiveState: 'failed', SubState: 'failed', Result: 'exit-code', MainPID: '0' }), silent(8001)],
    finds: [],
  },
  {
    what: 'the API is started again and again',
    host: [unit(API, { ActiveState: 'activating', SubState: 'auto-restart', Result: 'exit-code', NRestarts: '412' }), silent(8001)],
    finds: [],
  },
  { what: 'the unit file was changed since it was loaded', host: [unit(API, { NeedDaemonReload: 'yes' })], finds: [] },
  { what: 'a drop-in gives another user', host: [unit(API, { User: 'root', Group: 'root' })], finds: [] },
  {
    what: 'another command line than the repository',
    host: [
      printed('units.loaded', (text) => text.replaceAll('server.py --host 0.0.0.0', 'server.py --debug --host 0.0.0.0')),
    ],
    finds: [],
  },
  { what: 'the API is not installed', host: [uninstalled(API), silent(8001)], finds: [] },
  {
    what: 'the nightly copy is switched off',
    host: [
      unit('phare-backup.timer', { ActiveState: 'inactive', SubState: 'dead', UnitFileState: 'disabled' }),
      unitFile('phare-backup.timer', 'disabled'),
    ],
    finds: [],
  },
  {
    what: 'the socket of the notices is closed',
    host: [unit('phare-notify.socket', { ActiveState: 'inactive', SubState: 'dead' }), silent(9105)],
    finds: [],
  },
  {
    what: 'the API is masked',
    host: [unit(API, { LoadState: 'masked', ActiveState: 'inactive', SubState: 'dead', UnitFileState: 'masked' }), unitFile(API, 'masked'), silent(8001)],
    finds: [],
  },
  // containers
  { what: 'the front is stopped', host: [container('phare-front', stopped(1)), silent(8002)], finds: [] },
  { what: 'the front was stopped by hand', host: [container('phare-front', stopped(0)), silent(8002)], finds: [] },
  {
    what: 'the front says that it is unhealthy',
    host: [
      container('phare-front', (one) => {
        one.State.Health.Status = 'unhealthy';
      }),
    ],
    finds: [],
  },
  {
    what: 'the front restarts in a loop',
    host: [
      container('phare-front', (one) => {
        one.RestartCount = 30;
        Object.assign(one.State, { Status: 'restarting', Restarting: true, ExitCode: 1 });
        delete one.State.Health;
      }),
    ],
    finds: [],
  },
  {
    what: 'the front was killed for memory',
    host: [
      container('phare-front', (one) => {
        stopped(137)(one);
        one.State.OOMKilled = true;
      }),
      silent(8002),
    ],
    finds: [],
  },
  {
    what: 'another image than the file says',
    host: [
      container('phare-front', (one) => {
        one.Config.Image = 'registry.example/phare/front:1.5.0-rc1';
      }),
    ],
    finds: [],
  },
  {
    what: 'another port than the file says',
    host: [
      container('phare-front', (one) => publish(one, { 80: '0.0.0.0:8012' })),
      printed('listeners', (text) => text.replaceAll(':8002 ', ':8012 ')),
    ],
    finds: [],
  },
  {
    what: 'another network than the file says',
    host: [
      container('phare-front', (one) => {
        one.NetworkSettings.Networks = { bridge: { ...one.NetworkSettings.Networks['edge-net'], IPAddress: '172.17.0.9' } };
        one.HostConfig.NetworkMode = 'bridge';
      }),
    ],
    finds: [],
  },
  {
    what: 'a port of the front is published on every address beside the declared one',
    host: [
      container('phare-front', (one) => publish(one, { 80: '0.0.0.0:8002', 9229: '0.0.0.0:9229' })),
      listens('0.0.0.0:9229', 'docker-proxy', 345),
    ],
    finds: [],
  },
  { what: 'no container of a service of a project that runs', host: [without('phare-front'), silent(8002)], finds: [] },
  { what: 'a container that nothing declares', host: [another('essai', 'phare-front')], finds: [] },
  {
    what: 'a privileged container that nothing declares',
    host: [
      another('essai', 'phare-front', (one) => {
        one.HostConfig.Privileged = true;
      }),
    ],
    finds: [],
  },
  {
    what: 'a container that nothing declares has the socket of the engine',
    host: [
      another('essai', 'phare-front', (one) => {
        one.HostConfig.Binds = ['/var/run/docker.sock:/var/run/docker.sock'];
        one.Mounts = [
          { Type: 'bind', Source: '/var/run/docker.sock', Destination: '/var/run/docker.sock', Mode: '', RW: true },
        ];
      }),
    ],
    finds: [],
  },
  {
    what: 'a database that nothing declares is published on every address',
    host: [
      another('essai-db', 'phare-front', (one) => {
        one.Config.Image = 'postgres:17';
        publish(one, { 5432: '0.0.0.0:5432' });
      }),
      listens('0.0.0.0:5432', 'docker-proxy', 345),
    ],
    finds: [],
  },
  {
    what: 'a container is given another value than the file says',
    files: {
      'docker-compose.yml': (text) =>
        text.replace('    ports:\n', '    environment:\n      PHARE_API: http://192.168.200.1:9001\n    ports:\n'),
    },
    finds: [],
  },
  {
    what: 'another subnet than the file says',
    files: { [EDGE]: (text) => text.replace('192.168.200.0/24', '192.168.210.0/24').replace('192.168.200.1', '192.168.210.1') },
    finds: [],
  },
  // secrets
  {
    what: 'a default secret in the unit itself',
    host: [
      variable('/opt/phare/backend/.env', 'PHARE_SECRET_KEY', '2b7e151628aed2a6abf7158809cf4f3c'),
      unit(API, { Environment: 'PHARE_PORT=8001 PHARE_MODE=direct PHARE_ADMIN_PASSWORD=changeme-admin' }),
    ],
    finds: [],
  },
  {
    what: 'a default secret in a container',
    host: [
      container('phare-worker', (one) => {
        one.Config.Env.push('PHARE_SECRET_KEY=change-this-secret-before-production');
      }),
    ],
    finds: [],
  },
  // the host
  { what: 'the certificate has expired', host: [({ ...host }) => host, (host) => { host.at = '2026-12-20T10:00:00Z'; }], finds: [] },
  {
    what: 'the disk is full',
    host: [printed('disks.space', (text) => text.replace(/^(\/dev\/\w+ +ext4 +\d+ +).*(?= \/)/m, '$1 258927842 5284242 98%'))],
    finds: [],
  },
  {
    what: 'no inode is left',
    host: [printed('disks.inodes', (text) => text.replace(/^(\/dev\/\w+ +).*?(?= \/)/m, '$1 16777216 16777200 16 100%'))],
    finds: [],
  },
  { what: 'the clock is right', host: [printed('time', (text) => text.replace('=no', '=yes'))], finds: [], ends: ['host-upkeep `phare-1`'] },
  {
    what: 'security updates wait',
    host: [
      printed('updates', (text) =>
        text.replace(
          '0 upgraded, 0 newly',
          'Inst libssl3 [3.0.15-1] (3.0.17-1~deb12u3 Debian-Security:12/stable-security [amd64])\n1 upgraded, 0 newly',
        ),
      ),
    ],
    finds: [],
  },
  {
    what: 'root may log in with a password',
    host: [
      printed('sshd.effective', (text) => text.replace('permitrootlogin without-password', 'permitrootlogin yes')),
      printed('users.passwords', (text) => text.replace('root none', 'root set')),
    ],
    finds: [],
  },
  {
    what: 'a job of cron that nothing declares',
    host: [printed('cron.system', (text) => text.replace('|15 2 * * *', '|*/5 * * * * root /usr/local/bin/nettoyage\n|15 2 * * *'))],
    finds: [],
  },
  {
    what: 'an address is listened on that nothing explains',
    host: [listens('0.0.0.0:6379', 'redis-server', 4242)],
    finds: [],
  },
  // proxies
  {
    what: 'the service of a router is defined nowhere',
    files: { [ROUTES]: (text) => text.replace('service: phare-backend\n      priority: 100\n    phare-ws', 'service: phare-bakcend\n      priority: 100\n    phare-ws') },
    finds: [],
  },
  {
    what: 'Traefik leads to an address that no interface has',
    files: { [ROUTES]: (text) => text.replace('http://192.168.200.1:8001', 'http://192.168.100.46:8001') },
    finds: [],
  },
  {
    what: 'Traefik leads to a port that nothing listens on',
    files: { [ROUTES]: (text) => text.replace('http://192.168.200.1:8001', 'http://192.168.200.1:8011') },
    finds: [],
  },
  {
    what: 'a router names an entry point that is not there',
    files: { [ROUTES]: (text) => text.replace('entryPoints: [web]\n      service: phare-backend', 'entryPoints: [wbe]\n      service: phare-backend') },
    finds: [],
  },
  // what is retired
  {
    what: 'the retired file would take the name of a container that runs',
    files: { [RETIRED]: (text) => text.replace('image: registry.example/phare/front:1.1.0', 'image: registry.example/phare/front:1.1.0\n    container_name: phare-front') },
    finds: [],
  },
  {
    what: 'the retired file is of the project that runs',
    files: { [RETIRED]: (text) => text.replace('version: "3.8"', 'name: phare') },
    finds: [],
  },
  {
    what: 'the retired file takes the route of the front',
    files: {
      [RETIRED]: (text) =>
        text.replace(
          '      - "3002:80"',
          '      - "3002:80"\n    labels:\n      traefik.enable: "true"\n      traefik.http.routers.old.rule: Host(`phare.example`)',
        ),
    },
    finds: [],
  },
  {
    what: 'the retired file makes a network where another is',
    files: {
      [RETIRED]: (text) => `${text}networks:\n  default:\n    ipam:\n      config:\n        - subnet: 192.168.200.0/25\n`,
    },
    finds: [],
  },
  {
    what: 'two files in use publish the same port',
    files: { 'deploy/second/docker-compose.yml': 'name: second\nservices:\n  site:\n    image: registry.example/phare/front:1.4.2\n    ports:\n      - "8002:80"\n' },
    finds: [],
  },
  {
    what: 'two files in use give the same name to a container',
    files: { 'deploy/second/docker-compose.yml': 'name: second\nservices:\n  site:\n    image: registry.example/phare/front:1.4.2\n    container_name: phare-front\n' },
    finds: [],
  },
  // documents and settings
  { what: 'no drop-in sets the mode', files: { [DROP_IN]: null }, finds: [] },
  { what: 'a page tells a unit that is not there', files: { 'docs/exploitation.md': (text) => text.replace('phare-backup.timer', 'phare-purge.timer').replace('restart phare-api', 'restart phare-mail') }, finds: [] },
  // reading that is refused, and what is down
  { what: 'an ordinary user reads', user: 'visiteur', finds: [] },
  { what: 'the engine is down', scenario: 'docker-down', finds: [] },
  { what: 'the engine may not be asked', host: ['docker.containers', 'docker.networks', 'docker.volumes', 'docker.images', 'docker.version'].map(denied), finds: [] },
  { what: 'systemd may not be asked', host: [denied('units.loaded'), denied('units.files')], finds: [] },
  // states that were recorded
  { what: 'what somebody changed by hand', scenario: 'drift', finds: [] },
  { what: 'the retired file was started', scenario: 'relaunch', finds: [] },
  { what: 'the retired file was started under the name of the project that runs', scenario: 'relaunch-over', finds: [] },
  { what: 'no firewall', scenario: 'firewall-open', finds: [] },
  { what: 'what containers publish is closed', scenario: 'firewall-closed', finds: [] },
  {
    what: 'the network of the edge is not there',
    host: [
      network('edge-net', (one) => {
        one.Name = 'edge-old';
      }),
    ],
    finds: [],
  },
];

import { another, container, listens, printed, publish, silent, without } from '../host.ts';
import type { Fault } from './fault.ts';

const EDGE = 'deploy/edge/docker-compose.yml';

// biome-ignore lint/suspicious/noExplicitAny: as `docker inspect` prints it
type Inspected = any;
const stopped = (code: number) => (one: Inspected) => {
  Object.assign(one.State, { Status: 'exited', Running: false, Pid: 0, ExitCode: code });
  delete one.State.Health;
};

export const CONTAINERS: Fault[] = [
  {
    what: 'the front is stopped',
    host: [container('phare-front', stopped(1)), silent(8002)],
    finds: [
      'container-failing: `phare-front`: stopped',
      'router-without-server: `phare-http`, `phare`: leads to no server on `phare-1`',
    ],
    ends: [
      'port-collision-if-started: `docker-compose.yml.OBSOLETE`: port taken on `phare-1` if it were started (`8002`)',
      'port-open-past-firewall: `phare-front`: port `8002` open past the firewall of `phare-1`',
    ],
    foretold: ['container-started backend', 'port-opened backend'],
  },
  {
    what: 'the front was stopped by hand',
    host: [container('phare-front', stopped(0)), silent(8002)],
    finds: ['router-without-server: `phare-http`, `phare`: leads to no server on `phare-1`'],
    ends: [
      'port-collision-if-started: `docker-compose.yml.OBSOLETE`: port taken on `phare-1` if it were started (`8002`)',
      'port-open-past-firewall: `phare-front`: port `8002` open past the firewall of `phare-1`',
    ],
    foretold: ['container-started backend', 'port-opened backend'],
    lacking:
      'a container of Compose that ended with 0 may have been a task; its restart policy says otherwise',
  },
  {
    what: 'the front says that it is unhealthy',
    host: [
      container('phare-front', (one) => {
        one.State.Health.Status = 'unhealthy';
      }),
    ],
    finds: ['container-failing: `phare-front`: says that it is unhealthy'],
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
    finds: [
      'container-failing: `phare-front`: restarts over and over',
      'port-open-past-firewall: `docker.service`: port `8002` open past the firewall of `phare-1`',
    ],
    ends: ['port-open-past-firewall: `phare-front`: port `8002` open past the firewall of `phare-1`'],
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
    finds: [
      'container-failing: `phare-front`: stopped',
      'router-without-server: `phare-http`, `phare`: leads to no server on `phare-1`',
    ],
    ends: [
      'port-collision-if-started: `docker-compose.yml.OBSOLETE`: port taken on `phare-1` if it were started (`8002`)',
      'port-open-past-firewall: `phare-front`: port `8002` open past the firewall of `phare-1`',
    ],
    foretold: ['container-started backend', 'port-opened backend'],
  },
  {
    what: 'another image than the file says',
    host: [
      container('phare-front', (one) => {
        one.Config.Image = 'registry.example/phare/front:1.5.0-rc1';
      }),
    ],
    finds: ['resource-drifted: `front`: Compose service differs from its declaration'],
    resources: [
      'drifted Compose::Service front image',
      'unverified Docker::Image registry.example/phare/front:1.4.2',
    ],
  },
  {
    what: 'another port than the file says',
    host: [
      container('phare-front', (one) => publish(one, { 80: '0.0.0.0:8012' })),
      printed('listeners', (text) => text.replaceAll(':8002 ', ':8012 ')),
    ],
    finds: [
      'port-open-past-firewall: `phare-front`: port `8012` open past the firewall of `phare-1`',
      'resource-drifted: `front`: Compose service differs from its declaration',
    ],
    ends: [
      'port-collision-if-started: `docker-compose.yml.OBSOLETE`: port taken on `phare-1` if it were started (`8002`)',
      'port-open-past-firewall: `phare-front`: port `8002` open past the firewall of `phare-1`',
    ],
    resources: ['drifted Compose::Service front ports'],
    foretold: ['container-started backend', 'port-opened backend'],
  },
  {
    what: 'another network than the file says',
    host: [
      container('phare-front', (one) => {
        one.NetworkSettings.Networks = {
          bridge: { ...one.NetworkSettings.Networks['edge-net'], IPAddress: '172.17.0.9' },
        };
        one.HostConfig.NetworkMode = 'bridge';
      }),
    ],
    finds: [
      'resource-drifted: `front`: Compose service differs from its declaration',
      'router-without-server: `phare-http`, `phare`: leads to no server on `phare-1`',
    ],
    resources: ['drifted Compose::Service front networks'],
  },
  {
    what: 'a port of the front is published on every address beside the declared one',
    host: [
      container('phare-front', (one) => publish(one, { 80: '0.0.0.0:8002', 9229: '0.0.0.0:9229' })),
      listens('0.0.0.0:9229', 'docker-proxy', 345),
    ],
    finds: [
      'port-open-past-firewall: `phare-front`: port `9229` open past the firewall of `phare-1`',
      'resource-drifted: `front`: Compose service differs from its declaration',
    ],
    resources: ['drifted Compose::Service front ports'],
  },
  {
    what: 'no container of a service of a project that runs',
    host: [without('phare-front'), silent(8002)],
    finds: [
      'resource-missing: `front`: Compose service not on the host',
      'router-without-server: `phare-http`, `phare`: leads to no server on `phare-1`',
    ],
    ends: [
      'port-collision-if-started: `docker-compose.yml.OBSOLETE`: port taken on `phare-1` if it were started (`8002`)',
      'port-open-past-firewall: `phare-front`: port `8002` open past the firewall of `phare-1`',
    ],
    resources: [
      'missing Compose::Service front',
      'unverified Docker::Image registry.example/phare/front:1.4.2',
      'unverified Nginx::Server _',
    ],
    foretold: ['container-started backend', 'port-opened backend'],
  },
  {
    what: 'a container that nothing declares',
    host: [another('essai', 'phare-front')],
    finds: [],
    resources: ['undocumented Docker::Container essai'],
  },
  {
    what: 'a privileged container that nothing declares',
    host: [
      another('essai', 'phare-front', (one) => {
        one.HostConfig.Privileged = true;
      }),
    ],
    finds: ['container-privileged-running: `essai`: privileged on `phare-1`'],
    resources: ['undocumented Docker::Container essai'],
  },
  {
    what: 'a container that nothing declares has the socket of the engine',
    host: [
      another('essai', 'phare-front', (one) => {
        one.HostConfig.Binds = ['/var/run/docker.sock:/var/run/docker.sock'];
        one.Mounts = [
          {
            Type: 'bind',
            Source: '/var/run/docker.sock',
            Destination: '/var/run/docker.sock',
            Mode: '',
            RW: true,
          },
        ];
      }),
    ],
    finds: ['engine-socket-mounted: `essai`: holds the socket of the engine of `phare-1`'],
    resources: ['undocumented Docker::Container essai'],
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
    finds: [
      'port-open-past-firewall: `essai-db`: PostgreSQL open on port `5432` past the firewall of `phare-1`',
    ],
    resources: ['undocumented Docker::Container essai-db'],
  },
  {
    what: 'a container is given another value than the file says',
    files: {
      'docker-compose.yml': (text) =>
        text.replace(
          '    ports:\n',
          '    environment:\n      PHARE_API: http://192.168.200.1:9001\n    ports:\n',
        ),
    },
    finds: [
      'container-environment-differs: `phare-front`: variable other than in `docker-compose.yml` (`PHARE_API`)',
    ],
  },
  {
    what: 'another subnet than the file says',
    files: {
      [EDGE]: (text) =>
        text.replace('192.168.200.0/24', '192.168.210.0/24').replace('192.168.200.1', '192.168.210.1'),
    },
    finds: [],
    lacking: 'subnets of a network of Compose are no property of what files declare',
  },
];

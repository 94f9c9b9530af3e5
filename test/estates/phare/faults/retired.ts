import { another } from '../host.ts';
import type { Fault } from './fault.ts';

const FILE = 'docker-compose.yml.OBSOLETE';
const DROP_IN = 'deploy/systemd/phare-api.service.d/20-mode.conf';

export const RETIRED: Fault[] = [
  // what is retired
  {
    what: 'the retired file would take the name of a container that runs',
    files: {
      [FILE]: (text) =>
        text.replace(
          'image: registry.example/phare/front:1.1.0',
          'image: registry.example/phare/front:1.1.0\n    container_name: phare-front',
        ),
    },
    finds: [],
    ends: [
      'port-collision-if-started: `docker-compose.yml.OBSOLETE`: port taken on `phare-1` if it were started (`8002`)',
    ],
    foretold: ['container-name-collision fails phare-front'],
  },
  {
    what: 'the retired file is of the project that runs',
    files: { [FILE]: (text) => text.replace('version: "3.8"', 'name: phare') },
    finds: [
      'retired-compose-touches-running: `docker-compose.yml.OBSOLETE`: starting it would touch what runs on `phare-1`',
    ],
    ends: [
      'port-collision-if-started: `docker-compose.yml.OBSOLETE`: port taken on `phare-1` if it were started (`8002`)',
    ],
    foretold: [
      'project-taken-over phare-front phare-worker',
      'container-orphaned phare-worker',
      'network-created phare_default',
      'container-recreated phare-front',
      'container-started backend',
      'port-opened backend',
    ],
  },
  {
    what: 'the retired file takes the route of the front',
    files: {
      [FILE]: (text) =>
        text.replace(
          '      - "3002:80"',
          '      - "3002:80"\n    labels:\n      traefik.enable: "true"\n      traefik.http.routers.old.rule: Host(`phare.example`)',
        ),
    },
    finds: [],
    foretold: ['route-added old@docker'],
  },
  {
    what: 'the retired file makes a network where another is',
    files: {
      [FILE]: (text) =>
        `${text}networks:\n  default:\n    ipam:\n      config:\n        - subnet: 192.168.200.0/25\n`,
    },
    finds: [],
    ends: [
      'port-collision-if-started: `docker-compose.yml.OBSOLETE`: port taken on `phare-1` if it were started (`8002`)',
    ],
    foretold: ['subnet-overlap fails edge-net'],
  },
  {
    what: 'two files in use publish the same port',
    files: {
      'deploy/second/docker-compose.yml':
        'name: second\nservices:\n  site:\n    image: registry.example/phare/front:1.4.2\n    ports:\n      - "8002:80"\n',
    },
    finds: [
      'port-collision-if-started: `deploy/second/docker-compose.yml`: port taken on `phare-1` if it were started (`8002`)',
    ],
    resources: ['unverified Compose::Service site'],
  },
  {
    what: 'two files in use give the same name to a container',
    files: {
      'deploy/second/docker-compose.yml':
        'name: second\nservices:\n  site:\n    image: registry.example/phare/front:1.4.2\n    container_name: phare-front\n',
    },
    finds: [],
    resources: ['unverified Compose::Service site'],
    lacking: 'foretold of the file, and no rule says it where both are in use',
  },
  // documents and settings
  {
    what: 'no drop-in sets the mode',
    files: { [DROP_IN]: null },
    finds: [],
    lacking: 'drop-ins of a host are not compared with those of the repository',
  },
  {
    what: 'a page tells a unit that is not there',
    files: {
      'docs/exploitation.md': (text) =>
        text
          .replace('phare-backup.timer', 'phare-purge.timer')
          .replace('restart phare-api', 'restart phare-mail'),
    },
    finds: ['resource-missing: `phare-mail.service`: systemd unit not on the host'],
    resources: ['missing Systemd::Unit phare-mail.service'],
  },
  {
    what: 'the retired file would write to the data of a container that runs',
    host: [
      another('essai', 'phare-front', (one) => {
        one.Mounts = [
          {
            Type: 'volume',
            Name: 'phare-data',
            Source: '/var/lib/docker/volumes/phare-data/_data',
            Destination: '/data',
            Driver: 'local',
            Mode: 'z',
            RW: true,
          },
        ];
      }),
    ],
    finds: [
      'retired-compose-touches-running: `docker-compose.yml.OBSOLETE`: starting it would touch what runs on `phare-1`',
    ],
    resources: ['undocumented Docker::Container essai'],
    foretold: ['volume-shared essai phare-data'],
  },
  {
    what: 'a page states another port than the one that is open',
    files: {
      'docs/exploitation.md': (text) => text.replace('127.0.0.1:8001/health', '127.0.0.1:8005/health'),
    },
    finds: [],
    lacking: 'ports that pages state are not compared with those that hosts open',
  },
];

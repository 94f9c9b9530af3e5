import { denied } from '../host.ts';
import type { Fault } from './fault.ts';

/** What nobody knows where the engine did not answer: nothing of it is missing. */
const WITHOUT_ENGINE = [
  'unverified Compose::Service traefik',
  'unverified Compose::Service front',
  'unverified Compose::Service worker',
  'unverified Docker::Image registry.example/phare/front:1.4.2',
  'unverified Docker::Image registry.example/phare/worker:1.4.2',
  'unverified Docker::Image traefik:v3.6.7',
  'unverified Docker::Network edge-net',
  'unverified Nginx::Server _',
  'unverified Traefik::EntryPoint traefik',
  'unverified Traefik::EntryPoint web',
  'unverified Traefik::EntryPoint websecure',
  'unverified Traefik::Middleware entetes',
  'unverified Traefik::Router phare',
  'unverified Traefik::Router phare-api',
  'unverified Traefik::Router phare-http',
  'unverified Traefik::Router phare-old',
  'unverified Traefik::Router phare-ws',
  'unverified Traefik::Service phare-backend',
  'unverified Traefik::Service phare-front',
];

export const READINGS: Fault[] = [
  // reading that is refused, and what is down
  {
    what: 'an ordinary user reads',
    user: 'visiteur',
    finds: [],
    ends: [
      'container-failing: `phare-worker`: restarts over and over',
      'default-secret-in-use: `phare-api.service`: default secret in use (`PHARE_SECRET_KEY`)',
      'port-open-past-firewall: `phare-front`: port `8002` open past the firewall of `phare-1`',
      'proxy-upstream-stale: `192.168.100.46:8001`: nginx leads there, the host does not know it',
      'ssh-password-login: `phare-1`: SSH takes passwords',
      'ssh-root-login: `phare-1`: root logs in by key',
    ],
    resources: WITHOUT_ENGINE,
    foretold: ['port-collision fails 0.0.0.0:8002'],
  },
  {
    what: 'the engine is down',
    scenario: 'docker-down',
    finds: [],
    ends: [
      'container-failing: `phare-worker`: restarts over and over',
      'port-collision-if-started: `docker-compose.yml.OBSOLETE`: port taken on `phare-1` if it were started (`8002`)',
      'port-open-past-firewall: `phare-front`: port `8002` open past the firewall of `phare-1`',
      'proxy-upstream-stale: `192.168.100.46:8001`: nginx leads there, the host does not know it',
    ],
    resources: WITHOUT_ENGINE,
    foretold: ['container-started backend', 'port-opened backend'],
  },
  {
    what: 'the engine may not be asked',
    host: ['docker.containers', 'docker.networks', 'docker.volumes', 'docker.images', 'docker.version'].map(
      denied,
    ),
    finds: [
      'port-open-past-firewall: `docker.service`: port `8002` open past the firewall of `phare-1`',
      'port-open-past-firewall: `docker.service`: port `8080` open past the firewall of `phare-1`',
    ],
    ends: [
      'container-failing: `phare-worker`: restarts over and over',
      'port-open-past-firewall: `phare-front`: port `8002` open past the firewall of `phare-1`',
      'proxy-upstream-stale: `192.168.100.46:8001`: nginx leads there, the host does not know it',
    ],
    resources: WITHOUT_ENGINE,
    foretold: ['port-collision fails docker.service'],
  },
  {
    what: 'systemd may not be asked',
    host: [denied('units.loaded'), denied('units.files')],
    finds: [],
    ends: ['command-execution-on-host: `phare-api.service`: commands run on `phare-1` itself (`PHARE_MODE=direct`)',
      'default-secret-in-use: `phare-api.service`: default secret in use (`PHARE_SECRET_KEY`)',
      'host-unit-failed: `phare-import.service`: failed on `phare-1`',
    ],
    resources: [
      'unverified Systemd::Unit phare-api.service',
      'unverified Systemd::Unit phare-backup.service',
      'unverified Systemd::Unit phare-backup.timer',
      'unverified Systemd::Unit phare-import.service',
      'unverified Systemd::Unit phare-notify.socket',
    ],
  },
  // states that were recorded
  {
    what: 'what somebody changed by hand',
    scenario: 'drift',
    finds: [
      'container-privileged-running: `essai`: wide capabilities on `phare-1`',
      'host-unit-needs-reload: `phare-api.service`: changed on `phare-1`, not reloaded',
      'host-unit-not-running: `phare-backup.timer`: not running on `phare-1`',
      'host-unit-not-running: `phare-notify.socket`: not running on `phare-1`',
      'resource-drifted: `front`: Compose service differs from its declaration',
    ],
    resources: [
      'drifted Compose::Service front image restart',
      'undocumented Docker::Container essai',
      'undocumented Docker::Container essai-complet',
    ],
  },
  {
    what: 'the retired file was started',
    scenario: 'relaunch',
    finds: [
      'container-without-restart-policy: `compose_front_1`: does not come back after a reboot of `phare-1`',
      'port-collision-if-started: `docker-compose.yml.OBSOLETE`: ports taken on `phare-1` if it were started (`8002`, `3002`)',
      'port-open-past-firewall: `compose_front_1`: port `3002` open past the firewall of `phare-1`',
    ],
    ends: [
      'port-collision-if-started: `docker-compose.yml.OBSOLETE`: port taken on `phare-1` if it were started (`8002`)',
    ],
    resources: [
      'undocumented Compose::Service backend',
      'undocumented Compose::Service front',
      'undocumented Docker::Network compose_default',
    ],
    foretold: ['port-collision fails compose_front_1'],
  },
  {
    what: 'the retired file was started under the name of the project that runs',
    scenario: 'relaunch-over',
    finds: ['resource-drifted: `front`: Compose service differs from its declaration'],
    resources: [
      'undocumented Compose::Service backend',
      'drifted Compose::Service front image ports containerName networks restart',
      'unverified Docker::Image registry.example/phare/front:1.4.2',
      'undocumented Docker::Network phare_default',
    ],
    foretold: ['port-collision fails phare_front_1'],
    isRace: true,
  },
  {
    what: 'no firewall',
    scenario: 'firewall-open',
    finds: [
      'backend-bypasses-proxy: `phare-api.service`: can be reached around the proxy, on port `8001` of `phare-1`',
      'backend-bypasses-proxy: `phare-front`: can be reached around the proxy, on port `8002` of `phare-1`',
    ],
    ends: ['port-open-past-firewall: `phare-front`: port `8002` open past the firewall of `phare-1`'],
  },
  {
    what: 'what containers publish is closed',
    scenario: 'firewall-closed',
    finds: [],
    ends: ['port-open-past-firewall: `phare-front`: port `8002` open past the firewall of `phare-1`'],
  },
];

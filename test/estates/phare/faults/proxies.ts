import { printed } from '../host.ts';
import type { Fault } from './fault.ts';

const ROUTES = 'deploy/edge/dynamic/phare.yml';

export const PROXIES: Fault[] = [
  {
    what: 'the service of a router is defined nowhere',
    files: {
      [ROUTES]: (text) =>
        text.replace(
          'service: phare-backend\n      priority: 100\n    phare-ws',
          'service: phare-bakcend\n      priority: 100\n    phare-ws',
        ),
    },
    finds: [
      'resource-drifted: `phare-api`: Traefik router differs from its declaration',
      'traefik-service-undefined: `phare-api`: service `phare-bakcend` is defined nowhere',
    ],
    resources: ['drifted Traefik::Router phare-api service'],
  },
  {
    what: 'Traefik leads to an address that no interface has',
    files: { [ROUTES]: (text) => text.replace('http://192.168.200.1:8001', 'http://192.168.100.46:8001') },
    finds: [
      'proxy-upstream-stale: `192.168.100.46:8001`: Traefik leads there, the host does not know it',
      'resource-drifted: `phare-backend`: Traefik service differs from its declaration',
    ],
    resources: ['drifted Traefik::Service phare-backend servers'],
  },
  {
    what: 'Traefik leads to a port that nothing listens on',
    files: { [ROUTES]: (text) => text.replace('http://192.168.200.1:8001', 'http://192.168.200.1:8011') },
    finds: ['resource-drifted: `phare-backend`: Traefik service differs from its declaration'],
    resources: ['drifted Traefik::Service phare-backend servers'],
    lacking: 'told as a difference alone: no rule asks whether something listens there',
  },
  {
    what: 'a router names an entry point that is not there',
    files: {
      [ROUTES]: (text) =>
        text.replace(
          'entryPoints: [web]\n      service: phare-backend',
          'entryPoints: [wbe]\n      service: phare-backend',
        ),
    },
    finds: [
      'resource-drifted: `phare-ws`: Traefik router differs from its declaration',
      'traefik-entry-point-undefined: `phare-ws`: entry point `wbe` is defined nowhere',
    ],
    resources: ['drifted Traefik::Router phare-ws entryPoints'],
  },
  {
    what: 'a router that runs has an error of its own',
    host: [
      printed('traefik.0', (text) =>
        text.replace(
          /("phare-api@file":\{.*?)"status":"enabled"/,
          '$1"error":["the service \\"phare-backend@file\\" does not exist"],"status":"disabled"',
        ),
      ),
    ],
    finds: ['router-switched-off: `phare-api`: switched off by Traefik on `phare-1`'],
  },
  {
    what: 'a router that runs leads elsewhere than the file says',
    host: [
      printed('traefik.0', (text) =>
        text.replace(/("phare-api@file":\{.*?"service":")phare-backend"/, '$1phare-front"'),
      ),
    ],
    finds: ['resource-drifted: `phare-api`: Traefik router differs from its declaration'],
    resources: ['drifted Traefik::Router phare-api service'],
  },
  {
    what: 'a router that no file declares',
    host: [
      printed('traefik.0', (text) =>
        text.replace(
          '"phare-api@file":{',
          '"essai@file":{"entryPoints":["web"],"service":"phare-front","rule":"Host(`essai.example`)","priority":21,"status":"enabled","using":["web"]},"phare-api@file":{',
        ),
      ),
    ],
    finds: [],
    resources: ['undocumented Traefik::Router essai'],
  },
  {
    what: 'the servers of a service that runs are others than the file says',
    host: [
      printed('traefik.0', (text) =>
        text.replaceAll('http://192.168.200.1:8001', 'http://192.168.100.77:8001'),
      ),
    ],
    finds: [
      'proxy-upstream-stale: `192.168.100.77:8001`: Traefik leads there, the host does not know it',
      'resource-drifted: `phare-backend`: Traefik service differs from its declaration',
    ],
    resources: ['drifted Traefik::Service phare-backend servers'],
  },
  {
    what: 'nginx on the host serves another name than the file says',
    host: [
      printed('nginx', (text) =>
        text.replaceAll('server_name phare.example', 'server_name phare-old.example'),
      ),
    ],
    finds: ['resource-missing: `phare.example`: nginx server not on the host'],
    resources: ['undocumented Nginx::Server phare-old.example', 'missing Nginx::Server phare.example'],
  },
  {
    what: 'nginx leads to a port that nothing listens on',
    files: {
      'deploy/nginx/phare-legacy.conf': (text) =>
        text.replace('proxy_pass http://127.0.0.1:8001', 'proxy_pass http://127.0.0.1:8011'),
    },
    finds: ['resource-drifted: `phare.example`: nginx server differs from its declaration'],
    resources: ['drifted Nginx::Server phare.example routes'],
    lacking: 'told as a difference alone: no rule asks whether something listens there',
  },
];

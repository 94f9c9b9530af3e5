import { describe, expect, test } from 'vitest';
import { container, hostState, hostUnit, listener } from '#judge/test-host.ts';
import type { HostState } from '#model/host.ts';
import { caddy } from './caddy.ts';
import { haproxy } from './haproxy.ts';
import { nginx } from './nginx.ts';
import { isRunner, optionIn, placeOf, runnersOf } from './runners.ts';
import { traefik } from './traefik.ts';

describe('what runs a proxy', () => {
  test.each([
    ['traefik', 'traefik:v3.6', undefined, true],
    ['traefik', 'docker.io/library/traefik', undefined, true],
    ['traefik', 'registry.example/edge:1', '/entrypoint.sh --providers.docker=true', true],
    ['traefik', 'traefik/whoami:v1.10', '/whoami', false],
    ['traefik', 'thomseddon/traefik-forward-auth', './traefik-forward-auth', false],
    ['nginx', 'nginx:alpine', '/docker-entrypoint.sh nginx -g daemon off;', true],
    ['nginx', 'registry.example/shop/front:1.4', "nginx -g 'daemon off;'", true],
    ['nginx', 'nginxinc/nginx-unprivileged:1.29', undefined, true],
    ['nginx', 'nginx/nginx-prometheus-exporter:1.4', '/usr/bin/nginx-prometheus-exporter', false],
    ['nginx', 'shop/api:1', 'uvicorn main:app --root /srv/nginx.d', false],
    ['caddy', 'caddy:2-alpine', undefined, true],
    ['haproxy', 'haproxytech/haproxy-alpine:3.0', undefined, true],
    ['haproxy', 'prom/haproxy-exporter', '/bin/haproxy_exporter', false],
  ] as const)('%s by %s (%s): %s', (product, image, command, is) => {
    expect(isRunner(product, container('x', { image, ...(command && { command }) }))).toBe(is);
  });

  test('containers and units that run; those that do not are asked nothing', () => {
    const state = hostState({
      containers: [
        container('edge', { image: 'traefik:v3' }),
        container('old', { image: 'traefik:v2', state: 'exited' }),
      ],
      units: [
        hostUnit('traefik.service', {
          execStart: ['/usr/local/bin/traefik --configFile=/etc/traefik/t.yml'],
        }),
        hostUnit('off.service', { active: 'inactive', execStart: ['/usr/bin/traefik'] }),
        hostUnit('watch.service', { execStart: ['/usr/bin/tail -f /var/log/traefik'] }),
      ],
    });
    expect(runnersOf('traefik', state).map(placeOf)).toEqual([
      { container: 'edge' },
      { unit: 'traefik.service' },
    ]);
  });

  test('a process that listens and that no unit is known for; once its unit is known it is the same one', () => {
    const process = { name: 'caddy', pid: 12 };
    const before = hostState({ listeners: [listener('0.0.0.0', 443, { process })] });
    const after = hostState({ listeners: [listener('0.0.0.0', 443, { process, unit: 'web.service' })] });
    expect(runnersOf('caddy', before)).toEqual([{}]);
    expect(runnersOf('caddy', after)).toEqual([{ unit: 'web.service' }]);
    expect(runnersOf('haproxy', before)).toEqual([]);
  });

  test('options of a command line, in both forms', () => {
    expect(optionIn('caddy run --config /etc/x.json', ['--config', '-c'])).toBe('/etc/x.json');
    expect(optionIn('caddy run --config=/etc/x.json', ['--config', '-c'])).toBe('/etc/x.json');
    expect(optionIn('caddy run', ['--config', '-c'])).toBeUndefined();
  });
});

describe('what is asked, and what is not', () => {
  test('Traefik on the host is asked where it listens, and nowhere else', () => {
    const unit = hostUnit('traefik.service', {
      execStart: ['/usr/bin/traefik --entrypoints.traefik.address=:9090'],
    });
    const on = (...listeners: HostState['listeners']) =>
      traefik.commands(hostState({ units: [unit], listeners }));
    expect(on(listener('127.0.0.1', 9090))[0]?.script).toContain('for u in http://127.0.0.1:9090; do');
    expect(on(listener('127.0.0.1', 8080))[0]?.script).toContain('for u in ; do');
  });

  test.each([traefik, nginx, caddy, haproxy])(
    'where containers could not be listed, that none was seen says nothing',
    (section) => {
      const state = hostState({
        refusals: {
          containers: { sort: 'denied', operation: 'docker container inspect', why: { fr: '', en: '' } },
        },
      });
      section.read(new Map(), state);
      expect(state.refusals[section.parts[0]]).toMatchObject({ sort: 'denied' });
      const none = hostState();
      section.read(new Map(), none);
      expect(none.refusals).toEqual({});
    },
  );
});

import { expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { renderHtml } from '#report/html.ts';
import { sampleReport } from '../../../test/fixtures/sample-report.ts';
import { hostSection } from './hosts.ts';

const seen = { source: 'host' as const, operation: 'docker inspect', at: '2026-03-01T08:00:00Z' };
function reportOfHost(): Report {
  const sample = sampleReport();
  const common = {
    provider: 'host',
    environments: [],
    status: 'undocumented' as const,
    declared: [],
    drift: [],
  };
  return {
    ...sample,
    resources: [
      ...sample.resources,
      {
        ...common,
        id: 'h',
        kind: 'Host',
        name: 'quay-1',
        account: 'quay-1',
        observed: [seen],
        properties: { system: 'Debian GNU/Linux 12', builtIn: true },
      },
      {
        ...common,
        id: 'c',
        kind: 'Docker::Container',
        name: 'fr|ont<b>',
        account: 'quay-1',
        observed: [seen],
        properties: {
          state: 'running',
          health: 'healthy',
          image: 'front:1.4.2',
          ports: ['8002:80'],
          networks: [],
        },
      },
    ],
  };
}

test('a report of no host has no section on hosts', () => {
  expect(hostSection(sampleReport(), 'fr')).toBe('');
  expect(renderHtml(sampleReport(), 'fr')).not.toContain('id="hosts"');
});

test('what runs is told in Markdown and on the page, and names stay names', () => {
  expect(hostSection(reportOfHost(), 'fr')).toBe(
    [
      '## Hôtes',
      'Ce qui tourne sur chaque hôte lu, les ports qu’il ouvre, ses réseaux et ses routes.',
      '### `quay-1`',
      '`Debian GNU/Linux 12`',
      '#### Conteneurs',
      [
        '| Nom | État | Image | Ports publiés | Réseaux |',
        '| --- | --- | --- | --- | --- |',
        '| `fr\\|ont<b>` | `running healthy` | `front:1.4.2` | `8002:80` |   |',
      ].join('\n'),
    ].join('\n\n'),
  );
  const page = renderHtml(reportOfHost(), 'en');
  expect(page).toContain('id="hosts"');
  expect(page).not.toContain('ont<b>');
});

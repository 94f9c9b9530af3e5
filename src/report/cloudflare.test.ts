import { describe, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { LANGUAGES } from '#model/text.ts';
import { CLOUDFLARE_ACCOUNT, cloudflareReport } from '../../test/fixtures/sample-cloudflare.ts';
import { drawingsOf } from './diagram/drawings.ts';
import { renderHtml } from './html.ts';
import { notEstablished } from './markdown/not-established.ts';
import { renderMarkdown } from './markdown.ts';

/** The page without its styles, scripts and data. */
const body = (html: string) =>
  html
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&amp;', '&');

describe.each(LANGUAGES)('of an estate on Cloudflare alone, in %s', (lang) => {
  const report = cloudflareReport();
  const markdown = renderMarkdown(report, lang);

  test('no page speaks of AWS', async () => {
    const page = body(renderHtml(report, lang, await drawingsOf(report)));
    for (const text of [markdown, page]) {
      expect(text).not.toMatch(/\bAWS\b|\bIAM\b|\bVPC\b|arn:/);
      expect(text).toContain(CLOUDFLARE_ACCOUNT);
    }
    expect(page).toContain(lang === 'fr' ? 'Compte Cloudflare' : 'Cloudflare account');
  });

  test('what was denied is named as permissions of a token', () => {
    const section = notEstablished(report, lang);
    expect(section).toContain('- `Access: Apps and Policies Read`\n- `D1 Read`');
    expect(section).toContain(lang === 'fr' ? 'au jeton d’API' : 'to the API token');
    // what failed is no matter of permissions
    expect(section).not.toContain('Zone WAF Read');
    expect(section).not.toContain('"Effect"');
    expect(section).toContain(lang === 'fr' ? '3 opérations sur 4' : '3 of 4 operations');
  });

  test('its kinds stand in the inventory under their domains, each with its status', () => {
    const rows = markdown.split('\n');
    const row = (kind: string) => rows.find((line) => line.includes(`\`${kind}\` |`) && /\| \d/.test(line));
    expect(row('Cloudflare::Workers::Script')).toMatch(/^\| compute /);
    expect(row('Cloudflare::D1::Database')).toMatch(/^\| data /);
    expect(row('Cloudflare::Zone')).toMatch(/^\| edge /);
    const line = rows.find((one) => one.startsWith('| `guichet-sessions` |')) ?? '';
    expect(line).toContain(lang === 'fr' ? '| absent |' : '| missing |');
  });
});

test('a Worker is drawn with what leads to it and what it binds, without its secrets', () => {
  const drawn = /```mermaid\n([\s\S]*?)```/.exec(renderMarkdown(cloudflareReport(), 'en'))?.[1] ?? '';
  const nodes = Object.fromEntries(
    [...drawn.matchAll(/^ {2}(n\d+)\["([^<]*)<br\/>([^"]*)"\]:::(\w+)/gm)].map(([, id, , name, status]) => [
      name,
      { id, status },
    ]),
  );
  const script = nodes['guichet-api']?.id;
  expect(nodes['guichet-db']?.status).toBe('unverified');
  expect(nodes['guichet-sessions']?.status).toBe('missing');
  expect(drawn).toContain(`${script} -->|binds| ${nodes['guichet-db']?.id}`);
  expect(drawn).toContain(`${script} -->|binds| ${nodes['guichet-pieces']?.id}`);
  expect(drawn).toContain(`-->|routes-to| ${script}`);
  expect(drawn).not.toContain('TALLY');
});

test('of an estate on both, each provider is told what it would have to allow', () => {
  const report = cloudflareReport();
  const aws: Report['coverage'][number] = {
    source: 'aws',
    scope: '123456789012 eu-west-3',
    state: 'partial',
    operations: [
      { name: 'sqs:ListQueues', calls: 1, denied: 1, throttled: 0, failed: 0, permission: 'sqs:ListQueues' },
    ],
  };
  const section = notEstablished({ ...report, coverage: [...report.coverage, aws] }, 'en');
  expect(section).toContain('4 of 5 operations');
  expect(section).toContain('"Action": [\n    "sqs:ListQueues"\n  ]');
  expect(section).toContain('- `D1 Read`');
});

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { audit } from '#audit.ts';
import type { Report } from '#model/report.ts';
import { reportSchema } from '#model/report.ts';
import { reportOf } from '#report/json.ts';
import { renderMarkdown } from '#report/markdown.ts';
import { openConfiguration } from '#store/configuration.ts';
import type { Lock } from '#store/lock.ts';
import { startCloudflareApi } from '../../cloudflare/api.ts';
import { copyOf, DAY } from '../../support/audit-folder.ts';
import { profileRequest } from '#cli/profile-options.ts';

const here = (...names: string[]) => path.join(import.meta.dirname, ...names);
const EMPTY: Lock = { version: 1, next: 1, gaps: {} };

/** The estate audited as `constat audit --cloudflare --profile devops` does, on the day of all tests. */
async function audited(lock = EMPTY, repository = copyOf(here('repository'))): Promise<{ report: Report; lock: Lock }> {
  const api = await startCloudflareApi(here('cloudflare.yaml'), { clock: () => DAY });
  try {
    const configuration = await openConfiguration(repository);
    const profile = await profileRequest(undefined, configuration, repository);
    const result = await audit({
      path: repository,
      shownAs: 'lanternes',
      name: 'lanternes',
      config: configuration.value,
      lock,
      lang: 'fr',
      version: '0.0.0',
      clock: () => DAY,
      cloudflare: { environment: { CLOUDFLARE_API_TOKEN: api.token, CLOUDFLARE_API_BASE_URL: api.url } },
      ...(profile && { profile }),
    });
    return { report: reportSchema.parse(JSON.parse(JSON.stringify(reportOf(result.audit)))), lock: result.lock };
  } finally {
    await api.stop();
  }
}

let first: { report: Report; lock: Lock };
beforeAll(async () => {
  first = await audited();
});

test.each(['fr', 'en'] as const)('the report in %s is the reviewed one', async (lang) => {
  await expect(renderMarkdown(first.report, lang)).toMatchFileSnapshot(`../../golden/lanternes.${lang}.md`);
});

describe('what a careful engineer finds', () => {
  const rules = () => new Set(first.report.findings.map(({ rule }) => rule));
  // section 2 of EXPECTED.md, by its numbers; U1 is of a list that is not read
  test.each([
    ['D1', 'production-database-wiped-by-script'],
    ['S1', 'r2-bucket-public'],
    ['W1', 'worker-undeclared-uses-data'],
    ['R1', 'resource-missing'],
    ['A1', 'workers-dev-open-beside-access'],
    ['M1', 'resource-missing'],
    ['Z1', 'zone-ssl-flexible'],
    ['Z1', 'zone-https-not-enforced'],
    ['E1', 'worker-environment-incomplete'],
    ['E2', 'worker-base-overwrites-environment'],
    ['T1', 'api-token-without-expiry'],
    ['T2', 'service-token-expiring'],
    ['J1', 'authentication-unverified'],
    ['H1', 'security-headers-missing'],
    ['L1', 'rate-limiting-missing'],
  ])('%s is found: %s', (_number, rule) => {
    expect(rules()).toContain(rule);
  });

  const status = (kind: string, name: string) =>
    first.report.resources.find((one) => one.kind === `Cloudflare::${kind}` && one.name === name)?.status;
  test.each([
    ['Workers::Script', 'lanternes-api', 'verified'],
    ['Workers::Script', 'lanternes-api-staging', 'verified'],
    ['Workers::Script', 'lanternes-vitrine', 'verified'],
    ['Workers::Script', 'import-notes-essai', 'undocumented'],
    ['D1::Database', 'lanternes', 'verified'],
    ['KV::Namespace', 'lanternes-cache', 'verified'],
    ['R2::Bucket', 'lanternes-depots', 'verified'],
    ['Workers::Route', 'api.lanternes.example/*', 'missing'],
    ['Workers::Route', 'api.lanternes.example/v1/*', 'undocumented'],
    ['Workers::Domain', 'app.lanternes.example', 'verified'],
    ['Workers::CronTrigger', 'lanternes-api 0 4 * * *', 'verified'],
    ['Workers::Secret', 'lanternes-api/FORM_WEBHOOK_SECRET', 'verified'],
    ['Workers::Secret', 'lanternes-api/MAIL_API_KEY', 'missing'],
    ['Zone', 'lanternes.example', 'verified'],
    ['Zone', 'lanternes-ecole.example', 'undocumented'],
  ])('%s %s is %s', (kind, name, expected) => {
    expect(status(kind, name)).toBe(expected);
  });

  const answer = (id: string) =>
    first.report.maturity?.flatMap(({ questions }) => questions).find((one) => one.id === id)?.answer;
  test.each([
    ['deployment-verified', 'no'],
    ['rollback-procedure-written', 'yes'],
    ['rollback-tried', 'yes'],
    ['migrations-reversible', 'no'],
    ['environments-complete', 'no'],
    ['cors-restricted', 'yes'],
    ['security-headers-set', 'no'],
    ['requests-rate-limited', 'no'],
    ['authentication-verified', 'partial'],
    ['webhooks-verified', 'yes'],
    ['backups-automatic', 'yes'],
    ['restore-procedure-written', 'no'],
    ['rotation-process-written', 'no'],
    ['directives-in-one-place', 'no'],
    ['scripts-within-project', 'no'],
    ['mapping-current', 'no'],
    ['logs-kept', 'no'],
    ['health-endpoint', 'yes'],
  ])('%s is answered by %s', (id, expected) => {
    expect(answer(id)).toBe(expected);
  });

  test('nothing is said that must not be', () => {
    const said = JSON.stringify(first.report.findings);
    expect(first.report.resources.filter(({ status: one }) => one === 'missing')).toHaveLength(2);
    expect(said).not.toMatch(/lanternes-api-staging\/[A-Z_]+[^"]*(?:missing|absent)/);
    expect(rules()).not.toContain('waf-managed-rules-off');
  });
});

test('gaps are numbered as the configuration says, and one is that of another audit', () => {
  const gaps = first.report.findings.map(({ gap }) => gap);
  expect(gaps).toContain('GAP-1401');
  expect(gaps.filter((gap) => gap === 'GAP-905')).toHaveLength(1);
  expect(gaps.every((gap) => gap === 'GAP-905' || /^GAP-14\d\d$/.test(gap))).toBe(true);
});

test('the recap adds up', () => {
  const { maturity = [], findings, summary } = first.report;
  const ofDomains = new Set(maturity.flatMap(({ gaps }) => gaps));
  const known = new Set(findings.map(({ gap }) => gap));
  expect([...ofDomains].filter((gap) => !known.has(gap))).toEqual([]);
  const total = Object.values(summary.priorities).reduce((a, b) => a + b, 0);
  expect(total).toBe(findings.filter(({ muted }) => !muted).length);
});

test('a gap that is closed stays listed as closed, and keeps its number when it comes back', async () => {
  const repository = copyOf(here('repository'));
  onTestFinished(() => rmSync(path.dirname(repository), { recursive: true }));
  const before = await audited(EMPTY, repository);
  const gapOf = ({ report }: { report: Report }) =>
    report.findings.find(({ rule }) => rule === 'restore-procedure-missing')?.gap;
  const page = path.join(repository, 'docs/restore.md');
  mkdirSync(path.dirname(page));
  writeFileSync(page, '# Restaurer la base\n\n```bash\nnpx wrangler d1 time-travel restore lanternes --timestamp "$WHEN"\n```\n');
  const after = await audited(before.lock, repository);
  expect(gapOf(after)).toBeUndefined();
  expect(after.report.closed).toMatchObject([
    { gap: gapOf(before), rule: 'restore-procedure-missing', closed: '2026-11-21' },
  ]);
  rmSync(page);
  const again = await audited(after.lock, repository);
  expect(gapOf(again)).toBe(gapOf(before));
  expect(again.report.closed ?? []).toEqual([]);
});

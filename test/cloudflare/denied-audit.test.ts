import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '#audit.ts';
import { exitCode } from '#cli/run-audit.ts';
import { AUDIT_LOG_PERMISSIONS } from '#collect/cloudflare/audit-log.ts';
import { cloudflareCollectors } from '#collect/cloudflare/collectors.ts';
import type { Audit } from '#model/audit.ts';
import { reportOf } from '#report/json.ts';
import { renderMarkdown } from '#report/markdown.ts';
import type { Lock } from '#store/lock.ts';
import { type CloudflareApi, startCloudflareApi } from './api.ts';
import { EVERYTHING } from './everything.ts';
import { NOW, READS, REPOSITORY, requestTo } from './matrix/estate.ts';

let api: CloudflareApi;
beforeAll(async () => {
  api = await startCloudflareApi(EVERYTHING, { clock: () => NOW });
});
afterAll(() => api.stop());

/** A whole audit, with the questions of a profile, and the gaps that it numbered, by fingerprint. */
async function whole(): Promise<{ result: Audit; lock: Lock }> {
  const { audit: result, lock } = await audit({
    path: REPOSITORY,
    shownAs: 'everything',
    name: 'everything',
    config: {},
    lock: { version: 1, next: 1, gaps: {} },
    lang: 'en',
    version: '0.0.0',
    clock: () => NOW,
    cloudflare: requestTo(api),
    profile: {
      name: 'devops',
      answers: { file: 'constat.yaml', lines: new Map() },
      reportOf: (one) => reportOf(one),
    },
  });
  return { result, lock };
}

const answersOf = ({ maturity }: Audit) =>
  new Map(
    (maturity?.domains ?? []).flatMap(({ domain, questions }) =>
      questions.map((one) => [`${domain}/${one.id}`, one.answer] as const),
    ),
  );

const PATHS = [...new Set([...READS.map(({ path }) => path), ...Object.keys(AUDIT_LOG_PERMISSIONS)])];

test('with each read denied in turn an audit with a profile opens no gap and answers no question worse', {
  timeout: 120_000,
}, async () => {
  const sound = await whole();
  const before = answersOf(sound.result);
  expect(before.size).toBeGreaterThan(10);
  const gaps = new Set(Object.keys(sound.lock.gaps));
  const wrong: string[] = [];
  for (const path of PATHS) {
    api.clear();
    api.when(path, { kind: 'deny' });
    const { result, lock } = await whole();
    const { coverage } = result.estate;
    const denied = coverage
      .flatMap(({ operations }) => operations)
      .find(({ name }) => name === `GET ${path}`);
    // policies of applications and tokens of accounts are asked for in other accounts than this one
    if (api.statistics.total.denied === 0) continue;
    const say = (what: string) => wrong.push(`GET ${path}: ${what}`);
    if (!denied || denied.denied === 0) say('its denial is not counted');
    // who changed what last is no status of anything
    const isNeeded = !(path in AUDIT_LOG_PERMISSIONS);
    if (exitCode(result.findings, coverage, {}) !== (isNeeded ? 3 : 0)) say('another exit code');
    for (const fingerprint of Object.keys(lock.gaps))
      if (!gaps.has(fingerprint)) {
        const gap = lock.gaps[fingerprint];
        const title = result.findings.find((one) => one.gap === gap)?.title.en;
        say(`a gap that the sound audit has not: ${title}`);
      }
    for (const [question, answer] of answersOf(result)) {
      const was = before.get(question);
      if (answer !== was && answer !== 'unknown')
        say(`${question} is answered by ${answer}, and was by ${was}`);
    }
    const report = reportOf(result);
    if (isNeeded && !renderMarkdown(report, 'en').includes(`GET ${path}`)) say('the report does not name it');
  }
  expect(wrong).toEqual([]);
});

test('nobody asks for a read that is not in the matrix', async () => {
  api.clear();
  await whole();
  const known = new Set([...PATHS, ...cloudflareCollectors.flatMap((one) => Object.keys(one.permissions))]);
  const asked = new Set(api.requests.map(({ operation }) => operation?.path ?? ''));
  expect([...asked].filter((path) => !known.has(path))).toEqual([]);
});

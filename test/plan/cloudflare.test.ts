import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { resource } from '#judge/test-estate.ts';
import type { Json } from '#model/fact.ts';
import type { Finding } from '#model/finding.ts';
import type { Resource } from '#model/resource.ts';
import { finish } from '#plan/finish.ts';
import { draftsOf } from '#plan/plan.ts';

const API = 'https://api.cloudflare.com/client/v4';
const ACCOUNT = '5c1f0e9b7a2d4c63b8e4f1a09d27c6e3';
const ZONE = `/zones/${ACCOUNT}`;
const BUCKET = `/accounts/${ACCOUNT}/r2/buckets/quay.uploads`;
const TOKEN = `/accounts/${ACCOUNT}/access/service_tokens/ff992d1c-9821`;

/** What stands at each path; writes replace what they name, a refresh puts the expiry off. */
async function api(states: Record<string, { [key: string]: Json }>) {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\/refresh$/, '');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const state = states[path];
      const isKnown = state && request.headers.authorization === 'Bearer canary';
      if (isKnown && request.method !== 'GET')
        Object.assign(
          state,
          request.url?.endsWith('/refresh')
            ? { expires_at: '2027-12-01T00:00:00Z' }
            : (JSON.parse(Buffer.concat(chunks).toString()) as object),
        );
      response
        .writeHead(isKnown ? 200 : 404)
        .end(JSON.stringify({ success: Boolean(isKnown), result: state ?? null }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return (command: string) =>
    new Promise<string>((resolve, reject) => {
      const child = spawn('sh', ['-euc', command.replaceAll(API, url)], {
        env: { ...process.env, CLOUDFLARE_API_TOKEN: 'canary' },
      });
      let out = '';
      child.stdout.on('data', (chunk) => (out += chunk));
      child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`${command}: ${code}`))));
    });
}

function planned(rule: string, own: Resource) {
  const finding = { gap: 'GAP-0001', rule, resources: [own.id], evidence: [] } as unknown as Finding;
  const { steps, proofs } = finish(draftsOf({ findings: [finding], paths: [], resources: [own] }), new Map());
  expect(steps).toHaveLength(1);
  return { step: steps[0], proof: proofs[0] };
}
const seen = (kind: Resource['kind'], id: string, properties: Resource['properties']): Resource => ({
  ...resource(kind, 'quay.example', [], { properties }),
  id,
});

test.each([
  ['zone-https-not-enforced', 'always_use_https', 'alwaysUseHttps', 'off', 'on'],
  ['zone-tls-old', 'min_tls_version', 'minTlsVersion', '1.0', '1.2'],
])(
  '%s: the command changes it, the proof says so, and it goes back',
  async (rule, setting, property, before, after) => {
    const states = { [`${ZONE}/settings/${setting}`]: { id: setting, value: before } };
    const run = await api(states);
    const { step, proof } = planned(rule, seen('Cloudflare::Zone', ZONE, { [property]: before }));
    expect(step).toMatchObject({ state: 'ready', before: { [setting]: before } });
    expect(await run(proof?.command ?? '')).toContain(`"value":"${before}"`);
    await run(step?.command ?? '');
    expect(await run(proof?.command ?? '')).toContain(`"value":"${after}"`);
    await run(step?.rollback?.command ?? '');
    expect(states[`${ZONE}/settings/${setting}`]).toEqual({ id: setting, value: before });
  },
);

test('zone-ssl-flexible waits for the origin to be looked at; its command is the last one', async () => {
  const states = { [`${ZONE}/settings/ssl`]: { id: 'ssl', value: 'flexible' } };
  const run = await api(states);
  const { step } = planned('zone-ssl-flexible', seen('Cloudflare::Zone', ZONE, { sslMode: 'flexible' }));
  expect(step).toMatchObject({ state: 'needs-input', risk: 'brief-outage' });
  await run(step?.command ?? '');
  expect(states[`${ZONE}/settings/ssl`]?.value).toBe('strict');
});

test('r2-bucket-public: the address is closed, and opened again', async () => {
  const at = `${BUCKET}/domains/managed`;
  const states = { [at]: { enabled: true } };
  const run = await api(states);
  const { step, proof } = planned(
    'r2-bucket-public',
    seen('Cloudflare::R2::Bucket', BUCKET, { publicAtR2Dev: true }),
  );
  await run(step?.command ?? '');
  expect(await run(proof?.command ?? '')).toContain('"enabled":false');
  await run(step?.rollback?.command ?? '');
  expect(states[at]).toEqual({ enabled: true });
});

test('service-token-expiring: it is put off, and that cannot be undone', async () => {
  const run = await api({ [TOKEN]: { expires_at: '2026-12-15T00:00:00Z' } });
  const { step, proof } = planned(
    'service-token-expiring',
    seen('Cloudflare::Access::ServiceToken', TOKEN, { expiresAt: '2026-12-15T00:00:00Z' }),
  );
  expect(step?.rollback).toBeUndefined();
  expect(step?.irreversible).toBeDefined();
  await run(step?.command ?? '');
  expect(await run(proof?.command ?? '')).toContain('2027-12-01');
});

test('an id that is no address of the API makes no command', () => {
  const odd = seen('Cloudflare::Zone', '/zones/x; rm -rf ~', { alwaysUseHttps: 'off' });
  const finding = {
    gap: 'G',
    rule: 'zone-https-not-enforced',
    resources: [odd.id],
    evidence: [],
  } as unknown as Finding;
  expect(draftsOf({ findings: [finding], paths: [], resources: [odd] }).steps).toEqual([]);
});

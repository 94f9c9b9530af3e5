import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudflareApi, startCloudflareApi } from '../../cloudflare/api.ts';
import { resultOf } from '../../cloudflare/everything.ts';

const here = (...names: string[]) => path.join(import.meta.dirname, ...names);
const REALISATION = 'repository/realisation/lanternes';

interface Environment {
  vars: Record<string, string>;
  d1_databases?: { binding: string; database_id: string }[];
  kv_namespaces?: { binding: string; id: string }[];
  r2_buckets?: { binding: string; bucket_name: string }[];
}

let api: CloudflareApi;
beforeAll(async () => {
  api = await startCloudflareApi(here('cloudflare.yaml'));
});
afterAll(() => api.stop());

const ask = <T>(what: string) => resultOf<T>(api, `/accounts/${api.account}${what}`);

/** What an environment of the configuration binds, as the API would say it. */
const declared = ({ vars, d1_databases = [], kv_namespaces = [], r2_buckets = [] }: Environment) =>
  [
    ...d1_databases.map(({ binding, database_id }) => `d1 ${binding} ${database_id}`),
    ...kv_namespaces.map(({ binding, id }) => `kv_namespace ${binding} ${id}`),
    ...r2_buckets.map(({ binding, bucket_name }) => `r2_bucket ${binding} ${bucket_name}`),
    ...Object.entries(vars).map(([name, text]) => `plain_text ${name} ${text}`),
  ].sort();

async function observed(script: string): Promise<string[]> {
  const { bindings } = await ask<{ bindings: Record<string, string>[] }>(`/workers/scripts/${script}/settings`);
  return bindings
    .filter(({ type }) => type !== 'secret_text')
    .map(
      ({ type, name, database_id, namespace_id, bucket_name, text }) =>
        `${type} ${name} ${database_id ?? namespace_id ?? bucket_name ?? text}`,
    )
    .sort();
}

test('what runs is what the configuration says, environment by environment', async () => {
  const config = parse(readFileSync(here(REALISATION, 'api/wrangler.toml'), 'utf8')) as unknown as {
    env: Record<'staging' | 'production', Environment>;
  };
  expect(await observed('lanternes-api')).toEqual(declared(config.env.production));
  expect(await observed('lanternes-api-staging')).toEqual(declared(config.env.staging));
});

test('the token that the code expects is that of the Access application', async () => {
  const [application] = await ask<{ aud: string; domain: string }[]>('/access/apps');
  expect(readFileSync(here(REALISATION, 'api/wrangler.toml'), 'utf8')).toContain(application?.aud);
  expect(readFileSync(here(REALISATION, 'vitrine/wrangler.jsonc'), 'utf8')).toContain(application?.domain);
});

test('what is told to be gone is gone', () => {
  const gone = [
    'consignes/lanternes/importer_notes.md',
    'realisation/lanternes/import_notes.py',
    'realisation/nuage/export_csv.py',
    'realisation/lanternes/docs/schema_donnees.md',
    'realisation/lanternes/docs/surveillance.md',
    'realisation/lanternes/docs/astreinte.md',
  ];
  expect(gone.filter((file) => existsSync(here('repository', file)))).toEqual([]);
  const expected = readFileSync(here('EXPECTED.md'), 'utf8');
  expect(gone.filter((file) => !expected.includes(path.basename(file)))).toEqual([]);
});

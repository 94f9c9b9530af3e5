import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { run } from '#cli/run.ts';
import type { Report } from '#model/report.ts';
import { folderOf } from '../support/audit-folder.ts';

afterEach(() => vi.restoreAllMocks());

const CANARY = 'c4n4ry-Zx81-do-not-show-9Qw7';
const CONFIG = `name = "ferry"
main = "src/index.js"
compatibility_date = "2026-01-15"

[observability]
enabled = true

[env.production]
name = "ferry-live"
routes = [{ pattern = "api.ferry.example", custom_domain = true }]
triggers = { crons = ["0 3 * * *"] }

[env.production.vars]
API_TOKEN = "${CANARY}"

[[env.production.d1_databases]]
binding = "DB"
database_name = "crossings"
database_id = "ef408d5f-f191-4743-98b5-cb73429c8283"

[[env.production.durable_objects.bindings]]
name = "DECK"
class_name = "Deck"

[env.staging]
name = "ferry-next"
workers_dev = true
routes = []
`;
const PROGRAM = `import subprocess
from pathlib import Path
API = Path(__file__).parent.parent / "api"
def run(*words):
    subprocess.run(["npx", "wrangler", *words], cwd=API, check=True)
run("d1", "execute", "DB", "--env", "production", "--remote", "--file", "reset.sql")
run("deploy", "--env", "production")
`;

async function audited(files: Record<string, string>): Promise<{ report: Report; whole: string }> {
  const root = folderOf(files);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const out = path.join(root, 'out');
  await run(['node', 'constat', 'audit', root, '--out', out, '--no-lock', '--quiet']);
  vi.restoreAllMocks();
  const texts = ['report.json', 'report.md', 'report.html'].map((file) =>
    readFileSync(path.join(out, file), 'utf8'),
  );
  return { report: JSON.parse(texts[0] ?? '') as Report, whole: texts.join('\n') };
}

test('a configuration with a base, a staging and a production is two environments with what each has', async () => {
  const { report, whole } = await audited({
    'api/wrangler.toml': CONFIG,
    'api/src/index.js': 'export default { fetch: (request, env) => env.DB.prepare("select 1").first() };',
    'api/reset.sql': 'DROP TABLE crossings;',
    'ops/deploy.py': PROGRAM,
  });
  const names = new Map(report.resources.map(({ id, name }) => [id, name]));
  const rows = report.components.map(
    ({ environment, component, resource, status }) =>
      `${environment} ${component} ${resource === undefined ? status : names.get(resource)}`,
  );
  expect(rows).toEqual([
    'staging script ferry-next',
    'staging workflow undefined',
    'prod script ferry-live',
    'prod workflow undefined',
    'prod route api.ferry.example',
    'prod data crossings',
    'prod data ferry-live/Deck',
    'prod schedule ferry-live 0 3 * * *',
  ]);
  expect(report.findings.map(({ rule, environments }) => `${rule} ${environments.join()}`).sort()).toEqual(
    expect.arrayContaining([
      'production-database-wiped-by-script ',
      'worker-environment-incomplete staging',
      'worker-secret-in-vars production',
    ]),
  );
  expect(whole).not.toContain(CANARY);
  expect(whole).toContain('API_TOKEN');
});

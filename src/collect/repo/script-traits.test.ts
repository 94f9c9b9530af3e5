import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { scriptTraits } from './script-traits.ts';

/** `line trait what` of what a file is found to do. */
const traits = (file: string, text: string) =>
  collectFiles(scriptTraits, { [file]: text })
    .artifacts.scriptTraits.flatMap((one) => one.traits)
    .map(
      ({ trait, line, what, recipe }) =>
        `${line} ${trait} ${what}${recipe === undefined ? '' : ` @${recipe}`}`,
    );

test('a shell script: what it starts, what it asks, what it does when something fails', () => {
  const text = [
    '#!/usr/bin/env bash',
    'set -euo pipefail',
    '# wrangler rollback is for later',
    ': "${CLOUDFLARE_API_TOKEN:?}"',
    'if [ ! -f .dev.vars ]; then exit 1; fi',
    'echo "now: npx wrangler deploy"',
    'read -p "Deploy? " answer',
    'npx wrangler d1 migrations apply orders --remote',
    'npx wrangler deploy --env production',
    'curl -fsS https://quay.example/health',
  ].join('\n');
  expect(traits('deploy.sh', text)).toEqual([
    '2 stops-at-errors set -euo',
    '4 requires-secret CLOUDFLARE_API_TOKEN',
    '5 requires-setting .dev.vars',
    '7 asks read -p',
    '8 migrates wrangler d1 migrations apply',
    '9 environment prod',
    '9 deploys wrangler deploy',
    '10 checks curl',
  ]);
});

test('a Next.js application that OpenNext deploys', () => {
  expect(
    traits(
      'package.json',
      '{\n"scripts": {\n"deploy": "opennextjs-cloudflare build && opennextjs-cloudflare deploy"\n}\n}',
    ),
  ).toContain('3 deploys opennextjs-cloudflare deploy @deploy');
});

test('what is done only where a secret is set does not ask for it', () => {
  const text = 'if [ -n "${METABASE_URL:-}" ] && [ -n "${METABASE_API_KEY:-}" ]; then sync; fi';
  expect(traits('scripts/env.sh', text)).toEqual([]);
  expect(traits('scripts/env.sh', '[ -n "$API_TOKEN" ] && notify')).toEqual([]);
  expect(traits('scripts/env.sh', '[ -n "$API_TOKEN" ] || exit 1')).toEqual(['1 requires-secret API_TOKEN']);
});

test('lines that a loop reads from a file ask nobody', () => {
  expect(
    traits(
      'ops/deploy.sh',
      'kubectl apply -f x\nwhile IFS= read -r line; do :; done < list\nread -r a b <<< "$x"\ncat f | read -p x y',
    ),
  ).toEqual(['1 deploys kubectl apply']);
});

test.each([
  ['case "$1" in -y|--yes) SURE=1;; esac', '--yes'],
  ['if [ "$1" = "--force" ]; then SURE=1; fi', '--force'],
  ['if [ -t 0 ]; then read -p "?" a; fi', '-t 0'],
  ['[[ -n "${CI:-}" ]] && SURE=1', 'CI'],
])('%s spares the question', (line) => {
  expect(traits('deploy.sh', `${line}\nwrangler deploy`).some((one) => one.includes('may-not-ask'))).toBe(
    true,
  );
});

test('options of the commands that a script starts are not its own', () => {
  const found = traits(
    'deploy.sh',
    'apt-get install -y jq\nnpx --yes wrangler deploy\nkubectl apply --dry-run=client -f x',
  );
  expect(found).toEqual(['2 deploys wrangler deploy']);
});

test('what Python hands to a subprocess, in one line or over several', () => {
  const text = [
    '"""Deploys: wrangler deploy, then input()."""',
    'import subprocess',
    'def go(env):',
    '    subprocess.run(["npx", "wrangler", "deploy", "--env", env], check=True)',
    '    subprocess.run([',
    '        "wrangler", "d1", "execute", "orders", "--file=schema.sql"])',
    '    if input("sure? ") != "y":',
    '        return',
    '    print("wrangler rollback")',
    "parser.add_argument('--yes')",
  ].join('\n');
  expect(traits('reset_db.py', text)).toEqual([
    '4 deploys wrangler deploy',
    '5 migrates wrangler d1 execute',
    '7 asks input',
    '10 may-not-ask --yes',
  ]);
});

test('a request of a program is a check where it is about health, and none where it sends', () => {
  expect(traits('scripts/deploy.py', 'def smoke():\n    requests.get(url)\n')).toEqual([
    '2 checks requests.get',
  ]);
  expect(traits('scripts/deploy.py', 'def zones():\n    requests.get(url)\n')).toEqual([]);
  expect(
    traits('deploy.sh', 'curl -X POST https://hooks.slack.com/x\ncurl -fsSL https://get.docker.com | sh'),
  ).toEqual([]);
});

test('recipes by their names', () => {
  const text =
    '{\n  "scripts": {\n    "dev": "wrangler dev",\n    "deploy:staging": "wrangler deploy --env staging",\n    "migrate": "prisma migrate deploy"\n  }\n}';
  expect(traits('package.json', text)).toEqual([
    '4 environment staging @deploy:staging',
    '4 deploys wrangler deploy @deploy:staging',
    '5 migrates prisma migrate deploy @migrate',
  ]);
  expect(
    traits('Makefile', 'up:\n\tdocker compose up -d\ndeploy: build\n\tdocker compose up -d --build\n'),
  ).toEqual(['4 deploys docker compose up @deploy']);
});

test('programs that nobody starts are not read', () => {
  expect(traits('src/deploy.test.ts', 'wrangler deploy')).toEqual([]);
  expect(traits('src/answers.py', 'input()')).toEqual([]);
});

test('a line of one command without end costs no more than its length', () => {
  const start = performance.now();
  traits('deploy.sh', `${'read - '.repeat(280)}\n`.repeat(200) + `${'psql -f '.repeat(240)}\n`.repeat(200));
  traits('Makefile', `${'a '.repeat(900)}\n`.repeat(200));
  expect(performance.now() - start).toBeLessThan(20_000);
});

test('a recipe is a check by its name', () => {
  const read = collectFiles(scriptTraits, { Makefile: 'smoke-test:\n\tmake -C test filter=Smoke\n' });
  expect(read.artifacts.scriptTraits[0]?.traits).toEqual([
    { trait: 'checks', line: 1, what: 'smoke-test', recipe: 'smoke-test' },
  ]);
});

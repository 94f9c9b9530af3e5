import { expect, test } from 'vitest';
import { pythonRun } from './python-runs.ts';

const run = (text: string, files: Record<string, string> = {}, file = 'ops/deploy.py') =>
  pythonRun(file, text, [], (path) => files[path]);
const calls = async (text: string, files: Record<string, string> = {}) =>
  ((await run(text, files))?.calls ?? []).map(
    ({ line, operation, arguments: { words = [], ...options } }) =>
      `${line} ${[operation, ...(words as string[]), ...Object.entries(options).map(([key, value]) => `${key}=${String(value)}`)].join(' ')}`,
  );

test('lists and texts that are started are calls, at their lines', async () => {
  expect(
    await calls(`import subprocess, os
DB = "school-db"
subprocess.run(["npx", "wrangler", "d1", "execute", DB, "--remote", "--file", "schema.sql"], check=True)
os.system(f"npx wrangler deploy --env {'staging'} --name school-api")
subprocess.check_call("pnpm exec wrangler r2 object put " + "files/x && bunx wrangler@4 deploy --name site", shell=True)
print("wrangler deploy")
`),
  ).toEqual([
    '3 d1 execute school-db remote=true file=schema.sql',
    '4 deploy env=staging name=school-api',
    '5 r2 object put files/x',
    '5 deploy name=site',
  ]);
});

test('helpers are followed to those who call them', async () => {
  expect(
    await calls(`from subprocess import run as start
class Deployer:
    def wrangler(self, *args, env=None):
        cmd = ["npx", "wrangler", *args]
        if env:
            cmd += ["--env", env]
        return self.sh(cmd)
    def sh(self, cmd):
        start(cmd, check=True)
    def all(self):
        self.wrangler("d1", "execute", "school", "--command", "DELETE FROM courses", env="production")
        self.wrangler("deploy", "--name", "school-api")
`),
  ).toEqual([
    '11 d1 execute school command=DELETE FROM courses env=production destroys=DELETE FROM courses',
    '12 deploy name=school-api',
  ]);
});

test('the configuration is that of the folder in which the command is started', async () => {
  const files = {
    'apps/api/wrangler.toml':
      'name = "school-api"\n[[env.live.d1_databases]]\nbinding = "DB"\ndatabase_name = "school"\n',
  };
  expect(
    await calls(
      `import subprocess
from pathlib import Path
ROOT = Path(__file__).resolve().parent.parent
API = ROOT / "apps" / "api"
def run(cmd, cwd=ROOT):
    subprocess.run(cmd, cwd=cwd, shell=True)
run("npx wrangler deploy --env live", cwd=API)
run("npx wrangler d1 execute DB --env live --remote --command 'SELECT 1'", API)
run("npx wrangler deploy")
`,
      files,
    ),
  ).toEqual([
    '7 deploy env=live script=school-api-live',
    '8 d1 execute DB env=live remote=true command=SELECT 1 database=school',
    '9 deploy',
  ]);
});

test('what is not known stands as it is written', async () => {
  expect(
    await calls(`import subprocess, sys
subprocess.run(["wrangler", "deploy", "--name", sys.argv[1]])
subprocess.run(f"wrangler d1 execute {os.environ['DB (x)']} --remote", shell=True)
`),
  ).toEqual(['2 deploy name=⟨sys.argv[1]⟩', "3 d1 execute ⟨os.environ['DB (x)']⟩ remote=true"]);
});

test('whether anybody looks at a failure', async () => {
  const found = await run(`import subprocess
def run(cmd, check=True):
    return subprocess.run(cmd, check=check)
subprocess.run(["wrangler", "d1", "migrations", "apply", "a"])
subprocess.run(["wrangler", "d1", "migrations", "apply", "b"], check=True)
done = subprocess.run(["wrangler", "d1", "migrations", "apply", "c"])
subprocess.check_call(["wrangler", "d1", "migrations", "apply", "d"])
run(["wrangler", "d1", "migrations", "apply", "e"])
run(["wrangler", "d1", "migrations", "apply", "f"], check=False)
if subprocess.run(["wrangler", "d1", "migrations", "apply", "g"]).returncode: raise SystemExit(1)
`);
  expect(found?.calls.filter((call) => call.isFailureIgnored).map(({ line }) => line)).toEqual([4, 9]);
});

test('a program that starts nothing of it is no run, and a text that is no Python does no harm', async () => {
  expect(await run('import subprocess\nsubprocess.run(["git", "push"])\n')).toBeUndefined();
  expect(await run('def run(:\n  subprocess.run(["wrangler", "deploy"\n')).toMatchObject({
    calls: [{ line: 2 }],
  });
  expect(await run('x = x + x\ndef f(a):\n  f(f(a))\n  subprocess.run(a)\nf(x)\n')).toBeUndefined();
});

test('secrets that are handed over are never shown', async () => {
  const found = await run(
    `subprocess.run("echo sk_live_51Mz0abcdefghijklmnop | wrangler secret put KEY --name a", shell=True)
subprocess.run(["wrangler", "deploy", "--var", "API_TOKEN:c4n4ry-Zx81-9Qw7", "--name", "a"])
`,
  );
  expect(JSON.stringify(found)).not.toMatch(/sk_live_51/);
  expect(found?.calls.map(({ operation }) => operation)).toEqual(['secret put', 'deploy']);
  expect(JSON.stringify(found)).not.toMatch(/c4n4ry/);
});

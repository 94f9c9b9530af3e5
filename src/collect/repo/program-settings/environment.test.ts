import { expect, test } from 'vitest';
import { programOf, programsIn, settingsOf } from './test-programs.ts';

const names = (path: string, text: string) => Object.keys(settingsOf(path, text)).sort();

test('Python: os.getenv and os.environ in every form', () => {
  const found = settingsOf(
    'app/main.py',
    `import os
from os import environ, getenv as read
A = os.getenv("A_ONE")
B = os.getenv("B_TWO", "two")
C = os.environ["C_THREE"]
D = environ.get("D_FOUR", default="four")
E = read("E_FIVE") or "five"
KEY = "F_SIX"
F = os.environ.get(KEY)
if "G_SEVEN" in os.environ:
    print(A, B, C, D, E, F)
`,
  );
  expect(Object.keys(found).sort()).toEqual([
    'A_ONE',
    'B_TWO',
    'C_THREE',
    'D_FOUR',
    'E_FIVE',
    'F_SIX',
    'G_SEVEN',
  ]);
  expect(found.A_ONE).toMatchObject({ isRequired: false, at: { file: 'app/main.py', line: 3 } });
  expect(found.A_ONE?.uses).toMatchObject([{ line: 11 }]);
  expect(found.B_TWO).toMatchObject({ default: { shown: 'two' } });
  expect(found.C_THREE).toMatchObject({ isRequired: true });
  expect(found.D_FOUR).toMatchObject({ default: { shown: 'four' } });
  expect(found.E_FIVE).toMatchObject({ default: { shown: 'five' } });
});

test('Python: django-environ, decouple and starlette', () => {
  const found = settingsOf(
    'config.py',
    `import environ
from decouple import config
from starlette.config import Config
env = environ.Env()
stars = Config(".env")
A = env.bool("A_ONE", default=False)
B = env("B_TWO")
C = config("C_THREE", default="three")
D = stars("D_FOUR", default="four")
`,
  );
  expect(Object.keys(found).sort()).toEqual(['A_ONE', 'B_TWO', 'C_THREE', 'D_FOUR']);
  expect(found.A_ONE).toMatchObject({ default: { shown: 'false' } });
  expect(found.B_TWO).toMatchObject({ isRequired: true });
  expect(found.C_THREE).toMatchObject({ default: { shown: 'three' } });
});

test('a wrapper of the program reads what it is given', () => {
  const found = settingsOf(
    'app/main.py',
    `import os
def need(name, fallback=None):
    return os.environ.get(name, fallback)
PORT = need("QUAY_PORT", "8001")
MODE = need("QUAY_MODE")
`,
  );
  expect(found.QUAY_PORT).toMatchObject({ default: { shown: '8001' } });
  expect(found.QUAY_MODE).toBeDefined();
});

test('JavaScript: process.env in every form', () => {
  const found = settingsOf(
    'src/config.ts',
    `const { A_ONE, B_TWO = 'two' } = process.env;
export const c = process.env.C_THREE ?? 'three';
export const d = process.env['D_FOUR'] || 'four';
const KEY = 'E_FIVE';
export const e = process.env[KEY]!;
export const f = Number(process.env.F_SIX || 6);
export const g = import.meta.env.VITE_SEVEN;
export const all = [A_ONE, B_TWO];
`,
  );
  expect(Object.keys(found).sort()).toEqual([
    'A_ONE',
    'B_TWO',
    'C_THREE',
    'D_FOUR',
    'E_FIVE',
    'F_SIX',
    'VITE_SEVEN',
  ]);
  expect(found.B_TWO).toMatchObject({ default: { shown: 'two' } });
  expect(found.C_THREE).toMatchObject({ default: { shown: 'three' }, at: { line: 2 } });
  expect(found.D_FOUR).toMatchObject({ default: { shown: 'four' } });
});

test('JavaScript: schemas, and the service of NestJS', () => {
  expect(
    names(
      'src/env.ts',
      `import { z } from 'zod';
const schema = z.object({ A_ONE: z.string(), B_TWO: z.string().default('two') });
export const env = schema.parse(process.env);
`,
    ),
  ).toEqual(['A_ONE', 'B_TWO']);
  const nest = settingsOf(
    'src/auth.ts',
    `const key = this.configService.get('QUAY_KEY') || 'x'; const a = process.env.A_B;\n`,
  );
  expect(Object.keys(nest).sort()).toEqual(['A_B', 'QUAY_KEY']);
});

test('Go: os.Getenv, os.LookupEnv, tags of fields and a wrapper', () => {
  const found = settingsOf(
    'cmd/main.go',
    `package main

import "os"

type Config struct {
	Port int \`env:"A_PORT" envDefault:"8080"\`
	Key string \`envconfig:"B_KEY" required:"true"\`
}

func get(key, fallback string) string {
	if value, ok := os.LookupEnv(key); ok {
		return value
	}
	return fallback
}

func main() {
	mode := get("C_MODE", "sandbox")
	host := os.Getenv("D_HOST")
	run(mode, host)
}
`,
  );
  expect(Object.keys(found).sort()).toEqual(['A_PORT', 'B_KEY', 'C_MODE', 'D_HOST']);
  expect(found.A_PORT).toMatchObject({ default: { shown: '8080' }, at: { line: 6 } });
  expect(found.B_KEY).toMatchObject({ isRequired: true });
  expect(found.C_MODE).toMatchObject({ default: { shown: 'sandbox' } });
});

test.each([
  [
    'a name that is worked out',
    'app.py',
    'import os\ndef f(x):\n    return os.environ["A_" + x + str(len(x))]\nB = os.getenv("B_C")\n',
    'dynamic-name',
  ],
  [
    'the whole environment given on',
    'app.ts',
    "spawn('x', { env: process.env }); const a = process.env.A_B;\n",
    'settings-passed-on',
  ],
  ['code that does not parse', 'app.py', 'import os\nA = os.getenv("A_B")\ndef (:\n', 'unparsed'],
])('%s is a blind spot', (_name, path, text, what) => {
  expect(programOf(path, text)?.blindSpots.map((one) => one.what)).toContain(what);
});

test('no switch or number is a secret, and no text of a secret is kept', () => {
  const found = settingsOf(
    'app.py',
    'import os\nA = os.getenv("SALTED_PASS", False)\nB = os.getenv("JWT_SECRET", "canary-of-the-quay-7Q")\n',
  );
  expect(found.SALTED_PASS?.default).toMatchObject({ secret: false });
  expect(found.JWT_SECRET?.default).toMatchObject({ secret: true });
  expect(JSON.stringify(found)).not.toContain('canary');
});

test('old copies and tests are no part of a program', () => {
  const text = 'import os\nA = os.getenv("A_B")\n';
  expect(
    programsIn({
      'backups/2025-12/app.py': text,
      'tests/test_app.py': text,
      'audits/changesets/1/app.py': text,
      'app.py.OBSOLETE': text,
    }),
  ).toEqual([]);
});

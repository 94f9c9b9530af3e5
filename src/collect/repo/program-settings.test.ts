import { expect, test } from 'vitest';
import { noArtifacts } from '#model/artifacts.ts';
import { memoryTree } from '../readers/memory-tree.ts';
import { programsIn } from './program-settings/test-programs.ts';
import { programSettings } from './program-settings.ts';

test('a folder with a manifest is a program of its own', () => {
  const programs = programsIn({
    'api/requirements.txt': 'flask\n',
    'api/app.py': 'import os\nA = os.getenv("A_B", "1")\nprint(A)\n',
    'web/package.json': '{}',
    'web/src/app.ts': "export const b = process.env.C_D ?? '2';\n",
  });
  expect(
    programs.map(({ folder, languages, settings }) => [folder, languages, settings.map(({ name }) => name)]),
  ).toEqual([
    ['api', ['python'], ['A_B']],
    ['web', ['javascript'], ['C_D']],
  ]);
});

test('where a setting is used, and the values that it is compared with', () => {
  const [program] = programsIn({
    'app/config.py':
      'from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    exec_mode: str = "direct"\nsettings = S()\n',
    'app/run.py': 'from app.config import settings\nif settings.exec_mode == "sandbox":\n    print("x")\n',
  });
  expect(program?.settings).toMatchObject([
    { name: 'EXEC_MODE', uses: [{ file: 'app/run.py', line: 2 }], values: ['sandbox'] },
  ]);
});

test('databases and ports that it listens on', () => {
  const [program] = programsIn({
    'app/main.py':
      'import os\nimport uvicorn\nDB = os.getenv("DATABASE_URL", "sqlite:///./quay.db")\nuvicorn.run("app.main:app", host="0.0.0.0", port=8001)\nprint(DB)\n',
  });
  expect(program?.databases).toMatchObject([
    { scheme: 'sqlite', path: './quay.db', setting: 'DATABASE_URL' },
  ]);
  expect(program?.listens).toMatchObject([{ address: '0.0.0.0', port: 8001 }]);
});

test('a program that says nothing, but hides what it reads, keeps others from being called whole', () => {
  const files = {
    'requirements.txt': 'x\n',
    'app.py': 'import os\nA = os.getenv("A_B")\nprint(A)\n',
    '.env.example': 'A_B=1\nQUAY_X=2\n',
  };
  expect(programsIn(files).flatMap(({ unread }) => unread ?? [])).toMatchObject([{ name: 'QUAY_X' }]);
  const hidden = {
    'tool/package.json': '{}',
    'tool/run.js': "import { spawn } from 'child_process';\nspawn('x', { env: process.env });\n",
  };
  expect(programsIn({ ...files, ...hidden }).flatMap(({ unread }) => unread ?? [])).toEqual([]);
});

test('names of JavaScript’s own are names like others', () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const text = `import os\n${names.map((name, at) => `V${at} = os.getenv("${name}", "x")\n`).join('')}print(V0, V1, V2)\n`;
  expect(programsIn({ 'app.py': text })[0]?.settings.map(({ name }) => name)).toEqual(names);
  expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
});

test('what was made to take long ends soon', () => {
  const deep = `import os\nA = os.getenv("A_B")\nx = ${'('.repeat(20_000)}1${')'.repeat(20_000)}\n`;
  const wide = `import os\nA = os.getenv("A_B") ${'or os.getenv("A_C") '.repeat(3_000)}\n`;
  const many = `${Array.from({ length: 3_000 }, (_, at) => `export const v${at} = process.env.NAME_${at};`).join('\n')}\n`;
  const circle = 'from b import x\nimport os\ny = os.getenv(x)\n';
  const start = performance.now();
  programsIn({
    'deep.py': deep,
    'wide.py': wide,
    'many.ts': many,
    'a.py': circle,
    'b.py': 'from a import y as x\n',
    'torn.go': 'package a\nfunc f( {{{ os.Getenv("A"\n',
    'torn.ts': 'const = process.env.A_B (((\n',
  });
  expect(performance.now() - start).toBeLessThan(15_000);
}, 30_000);

test('without programs nothing is read', () => {
  expect(programSettings([], memoryTree({ 'app.py': 'x' }), noArtifacts())).toEqual([]);
});

import { expect, test } from 'vitest';
import { programsIn } from './test-programs.ts';

const CODE = 'import os\nMODE = os.getenv("QUAY_MODE")\nprint(MODE)\n';
const unread = (files: Record<string, string>) =>
  programsIn(files)
    .flatMap((one) => one.unread ?? [])
    .map(({ name, at }) => `${name} ${at.file}:${at.line}`);
const base = {
  'api/requirements.txt': 'flask\n',
  'api/app.py': CODE,
  'api/.env.example': '# copy\nQUAY_MODE=x\nQUAY_SMTP_HOST=mail.example\n',
};

test('a variable that nothing names is unread, with its line', () => {
  expect(unread(base)).toEqual(['QUAY_SMTP_HOST api/.env.example:3']);
});

test.each([
  [
    'a compose file',
    { 'docker-compose.yml': 'services:\n  api:\n    environment:\n      HOST: ${QUAY_SMTP_HOST}\n' },
  ],
  ['a Dockerfile', { 'api/Dockerfile': 'FROM python\nENV QUAY_SMTP_HOST=x\n' }],
  ['a script', { 'bin/run.sh': '#!/bin/sh\necho "$QUAY_SMTP_HOST"\n' }],
  ['a workflow', { '.github/workflows/ci.yml': 'env:\n  QUAY_SMTP_HOST: x\n' }],
  ['a Makefile', { Makefile: 'run:\n\techo $(QUAY_SMTP_HOST)\n' }],
  ['code of another language', { 'api/mail.rb': 'ENV["QUAY_SMTP_HOST"]\n' }],
  [
    'another variable of the file',
    { 'api/.env.example': 'QUAY_MODE=x\nQUAY_SMTP_HOST=h\nQUAY_SMTP=smtp://${QUAY_SMTP_HOST}\n' },
  ],
  [
    'a name that is worked out',
    { 'api/more.py': 'import os\ndef f(x):\n    return os.environ[x.upper()]\n' },
  ],
  [
    'a whole environment that is given on',
    { 'api/more.py': 'import os, subprocess\nsubprocess.run(["x"], env=os.environ)\n' },
  ],
])('%s may read it', (_name, more: Record<string, string>) => {
  expect(unread({ ...base, ...more }).filter((one) => one.startsWith('QUAY_SMTP_HOST'))).toEqual([]);
});

test('prose and old copies read nothing', () => {
  const text = 'import os\nH = os.getenv("QUAY_SMTP_HOST")\n';
  expect(
    unread({ ...base, 'README.md': 'Set `QUAY_SMTP_HOST`.\n', 'backups/2025-12/api/app.py': text }),
  ).toEqual(['QUAY_SMTP_HOST api/.env.example:3']);
});

test.each([
  'NODE_ENV',
  'PORT',
  'TZ',
  'PYTHONUNBUFFERED',
  'DJANGO_SETTINGS_MODULE',
  'FLASK_APP',
  'POSTGRES_PASSWORD',
  'MYSQL_USER',
  'NEXT_PUBLIC_URL',
  'VITE_URL',
  'AWS_REGION',
  'COMPOSE_PROJECT_NAME',
])('%s is read by what it is named after', (name) => {
  expect(unread({ ...base, 'api/.env.example': `QUAY_MODE=x\n${name}=x\n` })).toEqual([]);
});

test('a folder that is called after what it archives holds code that runs', () => {
  const files = {
    ...base,
    'api/.env.example': 'QUAY_MODE=x\nQUAY_COLD_STORE=y\n',
    'api/src/document-archive/store.yml': 'store: QUAY_COLD_STORE\n',
  };
  expect(unread(files)).toEqual([]);
  expect(unread({ ...files, 'api/src/document-archive/store.yml': '' })).toEqual([
    'QUAY_COLD_STORE api/.env.example:2',
  ]);
});

test('tools and clients of others read what bears their name', () => {
  const files = {
    ...base,
    'api/.env.example': 'QUAY_MODE=x\nGRIDCLOUD_USERNAME=x\nGRIDCLOUD_ACCESS_KEY=x\nMAX_STEPS=1\n',
  };
  expect(unread(files)).toEqual(['MAX_STEPS api/.env.example:4']);
});

test('a language that is not read may read what an example above it names', () => {
  const files = { ...base, 'api/.env.example': 'QUAY_MODE=x\n', '.env.example': 'QUAY_LINE=x\n' };
  expect(unread(files)).toEqual(['QUAY_LINE .env.example:1']);
  expect(unread({ ...files, 'ledger/Program.cs': 'Read("QUAY_" + part);' })).toEqual([]);
});

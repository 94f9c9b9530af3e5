import { expect, test } from 'vitest';
import { programsIn } from './test-programs.ts';

const guarded = (files: Record<string, string>) =>
  programsIn(files)
    .flatMap(({ settings }) => settings)
    .filter((one) => one.name === 'JWT_SECRET')
    .map((one) => one.default?.isGuarded === true);
const READ = 'KEY = os.getenv("JWT_SECRET", "dev-secret-change-in-production")\n';

test('a default that runs is not guarded, whatever its text says', () => {
  expect(guarded({ 'app/auth.py': `import os\n${READ}print(KEY)\n` })).toEqual([false]);
});

test.each([
  ['a file for development', { 'app/settings/dev.py': `import os\n${READ}` }],
  ['a class for development', { 'app/config.py': `import os\nclass Development(Base):\n    ${READ}` }],
  ['a condition on the environment', { 'app/auth.py': `import os\nif DEBUG:\n    ${READ}` }],
  [
    'a comparison with the default',
    {
      'app/auth.py': `import os\n${READ}def check(value):\n    if value == "dev-secret-change-in-production":\n        alarm()\n`,
    },
  ],
  [
    'a stop where it is missing',
    {
      'app/auth.py': `import os\n${READ}`,
      'app/main.py': 'import os\nif "JWT_SECRET" not in os.environ:\n    raise RuntimeError("no key")\n',
    },
  ],
])('%s guards it', (_name, files: Record<string, string>) => {
  expect(guarded(files)).toContain(true);
});

test('an answer that turns somebody away stops no program', () => {
  const text = `import os\nfrom fastapi import HTTPException\n${READ}def check(token):\n    if decode(token, KEY) is None:\n        raise HTTPException(401)\n`;
  expect(guarded({ 'app/auth.py': text })).toEqual([false]);
});

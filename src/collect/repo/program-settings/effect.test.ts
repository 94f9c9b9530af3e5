import { expect, test } from 'vitest';
import { programsIn } from './test-programs.ts';

const idle = (files: Record<string, string>) =>
  programsIn(files)
    .flatMap((one) => one.withoutEffect ?? [])
    .map(({ name, what, why, at }) => `${what} ${name} ${why} ${at.file}:${at.line}`);
const CONFIG =
  'from pydantic_settings import BaseSettings\n\nclass Settings(BaseSettings):\n    mode: str = "direct"\n    allowed_commands: list[str] = ["uptime", "df -h"]\n\nsettings = Settings()\n';

test('a list that nothing is compared with, beside a mode that is used', () => {
  const files = {
    'app/config.py': CONFIG,
    'app/main.py': 'from app.config import settings\nif settings.mode == "sandbox":\n    print("x")\n',
  };
  expect(idle(files)).toEqual(['list allowed_commands never-used app/config.py:5']);
});

test('one line that names it is enough to say nothing', () => {
  const files = {
    'app/config.py': CONFIG,
    'app/main.py':
      'from app.config import settings\nif x in settings.allowed_commands and settings.mode:\n    print("x")\n',
  };
  expect(idle(files)).toEqual([]);
  expect(idle({ 'app/config.py': CONFIG, 'run.sh': 'echo allowed_commands mode\n' })).toEqual([]);
});

test('a constant list that nothing uses', () => {
  expect(
    idle({ 'app/main.py': 'import os\nBLOCKED_COMMANDS = ["rm", "dd"]\nA = os.getenv("A_B")\nprint(A)\n' }),
  ).toEqual(['list BLOCKED_COMMANDS never-used app/main.py:2']);
});

test('both branches alike', () => {
  const text =
    'import os\nEXEC_MODE = os.getenv("EXEC_MODE", "direct")\ndef run(line):\n    if EXEC_MODE == "sandbox":\n        return start(line, 60)\n    else:\n        return start(line, 60)\n';
  expect(idle({ 'app/main.py': text })).toEqual(['mode EXEC_MODE alike app/main.py:4']);
});

test('modules of settings that packages read by name say nothing', () => {
  expect(
    idle({
      'config/settings/base.py':
        'import os\nINSTALLED_APPS = []\nCRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]\nA = os.getenv("A_B")\nprint(A)\n',
    }),
  ).toEqual([]);
});

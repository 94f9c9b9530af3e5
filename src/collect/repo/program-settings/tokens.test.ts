import { expect, test } from 'vitest';
import { programOf } from './test-programs.ts';

const seconds = (path: string, text: string) =>
  programOf(path, text)?.tokenLifetimes.map((one) => [one.seconds, one.setting]);

test('Python: a lifetime in place, by way of a name, and of a setting', () => {
  const of = (expiry: string) =>
    seconds(
      'auth.py',
      `import os\nimport datetime\nimport jwt\nHOURS = int(os.getenv("TOKEN_HOURS", "24"))\ndef issue(user):\n    until = datetime.datetime.now() + ${expiry}\n    return jwt.encode({"sub": user, "exp": until}, KEY)\n`,
    );
  expect(of('datetime.timedelta(days=7)')).toEqual([[604_800, undefined]]);
  expect(of('datetime.timedelta(hours=HOURS)')).toEqual([[86_400, 'TOKEN_HOURS']]);
  expect(of('datetime.timedelta(seconds=1)') ?? []).toEqual([]);
});

test('Python: what the templates of FastAPI do, with the token made elsewhere', () => {
  const text =
    'from datetime import timedelta\nimport os\nMINUTES = int(os.getenv("ACCESS_TOKEN_EXPIRE_MINUTES", 60 * 24 * 8))\ndef login():\n    access_token_expires = timedelta(minutes=MINUTES)\n    return create(access_token_expires)\n';
  expect(seconds('login.py', text)).toEqual([[691_200, 'ACCESS_TOKEN_EXPIRE_MINUTES']]);
});

test('JavaScript: words, numbers and settings', () => {
  const of = (expiry: string) =>
    seconds(
      'auth.js',
      `import jwt from 'jsonwebtoken';\nexport const issue = (id) => jwt.sign({ id }, KEY, { expiresIn: ${expiry} });\n`,
    );
  expect(of("'7d'")).toEqual([[604_800, undefined]]);
  expect(of('3600')).toEqual([[3_600, undefined]]);
  expect(of("process.env.JWT_EXPIRES_IN || '2 hours'")).toEqual([[7_200, 'JWT_EXPIRES_IN']]);
});

test('Go: a product of durations', () => {
  const text =
    'package auth\n\nimport (\n\t"time"\n\n\t"github.com/golang-jwt/jwt/v5"\n)\n\nfunc issue() (string, error) {\n\tclaims := jwt.MapClaims{"exp": time.Now().Add(72 * time.Hour).Unix()}\n\treturn jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(key)\n}\n';
  expect(seconds('auth.go', text)).toEqual([[259_200, undefined]]);
});

test('tokens that are made to last are no access tokens', () => {
  const text =
    "import jwt from 'jsonwebtoken';\nexport const refreshToken = (id) => jwt.sign({ id }, KEY, { expiresIn: '30d' });\nexport const resetPassword = (id) => jwt.sign({ id }, KEY, { expiresIn: '3d' });\n";
  expect(seconds('auth.js', text) ?? []).toEqual([]);
});

test('how long a token slides on is no lifetime of its own', () => {
  const text =
    "from datetime import timedelta\nSIMPLE_JWT = {\n    'ACCESS_TOKEN_LIFETIME': timedelta(minutes=60),\n    'SLIDING_TOKEN_REFRESH_LIFETIME': timedelta(days=14),\n    'SLIDING_TOKEN_SLIDING_LIFETIME': timedelta(days=14),\n}\n";
  expect(seconds('settings.py', text)).toEqual([[3_600, undefined]]);
});

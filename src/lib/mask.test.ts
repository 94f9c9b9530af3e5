import { describe, expect, test } from 'vitest';
import { maskSecrets, maskValue } from './mask.ts';

/** Put together here, so that no scanner takes this file for one that holds secrets. */
const token = (mark: string, length: number) => mark + 'q7Rz2LkP9vXw4TbN8sYd'.repeat(20).slice(0, length);
const UPPER = 'Q7RZ2LKP3VXW4TBN';

test.each([
  [token('ghp_', 36), 'ghp_…N8'.slice(0, 5)],
  ['hunter2hunter', 'hu…'],
  ['hunter2', '…'],
])('a value shows at most six of its characters', (value, start) => {
  const masked = maskValue(value);
  expect(masked.startsWith(start)).toBe(true);
  expect(masked.replace('…', '').length).toBeLessThanOrEqual(6);
});

describe('hides', () => {
  const password = 'Tr0ub4dor&3x';
  test.each([
    `AWS_ACCESS_KEY_ID=AKIA${UPPER}`,
    `echo ${token('ghp_', 36)}`,
    `curl -H "Authorization: Bearer ${token('', 30)}" https://x`,
    `Authorization: Basic ${token('', 24)}=`,
    `git clone https://bot:${token('', 16)}@git.example.com/x`,
    `DB_PASSWORD=${password}`,
    `  password: "${password} with spaces"`,
    `  "clientSecret": "${password}",`,
    `export API_KEY='${password}'`,
    `const token = '${password}';`,
    `mysql -uroot -p${password} app`,
    `docker login -u me -p ${password} registry`,
    `curl -u me:${password} https://x`,
    `tool --password ${password} --verbose`,
    `tool --api-key=${password}`,
    `aws ssm put-parameter --name /a --value ${password} --type SecureString`,
    `aws secretsmanager put-secret-value --secret-id x --secret-string ${password}`,
    `  ${token('MIIE', 60)}`,
    `key = ${token('', 39)}/`,
    `xoxb-${token('', 40)}`,
    `eyJhbGciOiJIUzI1.${token('eyJ', 40)}.${token('', 43)}`,
  ])('%#: the value is gone', (line) => {
    const masked = maskSecrets(line);
    expect(masked).toContain('…');
    for (const value of [password, token('', 16), UPPER]) expect(masked).not.toContain(value);
  });
});

test.each([
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: as workflows write it
  'password: ${{ secrets.DB_PASSWORD }}',
  'DB_PASSWORD=${DB_PASSWORD:-}',
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: as workflows write it
  'id-token: write',
  'secrets: inherit',
  'token: string',
  'echo "$TOKEN" | docker login --username AWS --password-stdin registry',
  'valueFrom: arn:aws:secretsmanager:eu-west-3:123456789012:secret:prod/db-AbCdEf',
  'aws secretsmanager get-secret-value --secret-id prod/db',
  'aws secretsmanager list-secrets Key=name,Values=prod-db SecretList[0].ARN',
  'SECRET_NAME: prod/db',
  'uses: actions/checkout@8f4b7f84864484a7bf31766abe9204da3cbe65b3',
  'image: app@sha256:9b74c9897bac770ffc029102a200c5de9b74c9897bac770ffc029102a200c5de',
  'path: services/Api1/src/deployments/production/Template2/files.yaml',
  'https://example.com/oauth/token?x=1',
  'password: <your-password>',
  'token_ttl: 3600',
  '{"servers":[{"url":"http://192.168.200.1:8001"}],"usedBy":["api@file"]}',
])('%s stays as it is', (line) => {
  expect(maskSecrets(line)).toBe(line);
});

test('a thousand characters of anything cost little', () => {
  const hostile = [
    'password',
    ' -u a',
    '://a:',
    'mysql -',
    'authorization: ',
    'AKIA',
    'a'.repeat(40),
    '"secret',
    'eyJaaaaaaaa.',
    'SG.',
  ];
  const started = performance.now();
  for (const part of hostile) maskSecrets(part.repeat(1000).slice(0, 1000));
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('a port in JSON is no password, whatever stands behind it', () => {
  const line = '{"url":"http://192.0.2.1:8001"},"usedBy":["api@file"]';
  expect(maskSecrets(line)).toBe(line);
  expect(maskSecrets('"postgres://app:hun"ter2@db/app"')).not.toContain('ter2');
});

test.each([
  'admin_password: str = "changeme-admin"',
  "secret_key: Optional[str] = 'changeme-admin'",
  'API_TOKEN: str = Field(default="changeme-admin")',
  'adminPassword: string = "changeme-admin";',
])('the default of a typed field is a value too: %s', (line) => {
  expect(maskSecrets(line)).not.toContain('changeme');
});

test('what only bears the word is shown', () => {
  const line = 'token_url: str = "/api/v1/session"';
  expect(maskSecrets(line)).toBe(line);
});

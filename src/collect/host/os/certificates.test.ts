import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestAuthority } from '../../readers/probe/test-certificates.ts';
import { certificateOf, FIRST_CERTIFICATE, namedCertificates } from './certificates.ts';
import { filesOf, filesScript } from './files.ts';

let authority: TestAuthority;
const folder = mkdtempSync(path.join(tmpdir(), 'constat-certificates-'));
beforeAll(async () => {
  authority = await TestAuthority.create();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const now = () => new Date().toISOString();

test('who it is for, who issued it, and how long it is good', async () => {
  const { cert } = await authority.issue({ names: ['quay.example.org', '203.0.113.10'], days: 12 });
  expect(certificateOf(cert, '/etc/ssl/quay.pem', ['/etc/nginx/nginx.conf'], now())).toMatchObject({
    path: '/etc/ssl/quay.pem',
    usedBy: ['/etc/nginx/nginx.conf'],
    names: ['quay.example.org', '203.0.113.10'],
    issuer: 'Authority of a test',
    days: 12,
    isSelfSigned: false,
    from: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
  });
  const past = await authority.issue({ names: ['old.example.org'], days: -3, selfSigned: true });
  expect(certificateOf(past.cert, '/x', [], now())).toMatchObject({ days: -3, isSelfSigned: true });
  expect(certificateOf('no certificate', '/x', [], now())).toBeUndefined();
});

test('a private key in the same file stays on the host, whichever stands first', async () => {
  const { cert, key } = await authority.issue({ names: ['quay.example.org'] });
  const file = path.join(folder, 'both.pem');
  const given = (text: string) => {
    writeFileSync(file, text);
    const said = execFileSync('sh', ['-c', filesScript([file], { filter: FIRST_CERTIFICATE })], {
      encoding: 'utf8',
    });
    expect(said).not.toContain('PRIVATE');
    expect(said).not.toContain(key.split('\n')[1]);
    return filesOf(said)[0]?.text ?? '';
  };
  for (const text of [`${key}\n${cert}\n${authority.root}`, `${cert}\n${authority.root}\n${key}`])
    expect(certificateOf(given(text), file, [], now())?.names).toEqual(['quay.example.org']);
  expect(given(key)).toBe('');
});

test('which files name a certificate', () => {
  const named = namedCertificates(`=/etc/nginx/conf.d/a.conf:    ssl_certificate /etc/ssl/a.pem
=/etc/nginx/conf.d/b.conf:ssl_certificate "/etc/ssl/a.pem"
=/etc/nginx/conf.d/c.conf:ssl_certificate $cert
=/etc/haproxy/haproxy.cfg: crt /etc/haproxy/b.pem
F /etc/ssl/a.pem
`);
  expect([...named]).toEqual([
    ['/etc/ssl/a.pem', ['/etc/nginx/conf.d/a.conf', '/etc/nginx/conf.d/b.conf']],
    ['/etc/haproxy/b.pem', ['/etc/haproxy/haproxy.cfg']],
  ]);
});

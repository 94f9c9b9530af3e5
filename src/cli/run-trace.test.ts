import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { EXIT } from './exit.ts';
import { run } from './run.ts';

/** Runs the command line in this process: its exit code and what it wrote. */
async function constat(...args: string[]) {
  const wrote = { out: '', err: '' };
  const keep = (to: 'out' | 'err') => (text: string | Uint8Array) => {
    wrote[to] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('err')),
  ];
  try {
    return { code: await run(['node', 'constat', ...args]), ...wrote, read: () => wrote };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
const folder = () => mkdtempSync(path.join(tmpdir(), 'constat-trace-'));

/** What is wrong, as one line says it; commander adds where help is, and Node.js that it is run often in one process. */
async function said(...args: string[]) {
  const { code, out, err } = await constat(...args);
  expect([code, out]).toEqual([EXIT.usage, '']);
  const lines = err
    .trim()
    .split('\n')
    .filter((line) => line !== '' && !/^\((?:run|node:|Use) ?/.test(line));
  return lines;
}
const URL = 'https://shop.test/';

describe('bad input is one clear line', () => {
  test.each<[string, string[], RegExp]>([
    [
      'an account is not given',
      ['trace', URL],
      /^constat: trace follows a URL through an account or a host: give --aws/,
    ],
    ['no URL', ['trace', '--aws'], /missing required argument 'url'/],
    ['no URL at all', ['trace', 'http://', '--aws'], /give a URL, such as https:\/\/example\.org\/\.$/],
    ['a file', ['trace', 'file:///etc/passwd', '--aws'], /give a URL/],
    ['another scheme', ['trace', 'ftp://shop.test', '--aws'], /give a URL/],
    ['one of several is none', ['trace', URL, 'http://a b', '--aws'], /give a URL/],
    [
      'an option of an account without one',
      ['trace', URL, '--region', 'eu-west-3', '--probe'],
      /^constat: --region says how an AWS account is read: give --aws too/,
    ],
    [
      'a region that is none',
      ['trace', URL, '--aws', '--region', 'paris'],
      /give a region, such as eu-west-3/,
    ],
    ['a format that is none', ['trace', URL, '--aws', '--format', 'pdf'], /pdf/],
    [
      'a severity that is none',
      ['trace', URL, '--aws', '--fail-on', 'bad'],
      /Allowed choices are critical, high, medium, low/,
    ],
    [
      'a configuration that is not there',
      ['trace', URL, '--aws', '--config', '/nowhere/constat.yaml'],
      /^constat: \/nowhere\/constat\.yaml: no such file/,
    ],
    [
      'an output that is a file',
      ['trace', URL, '--aws', '--out', '/dev/null'],
      /^constat: \/dev\/null: cannot be written \(ENOTDIR\); give another folder with --out$/,
    ],
    [
      'an output under a file',
      ['trace', URL, '--aws', '--out', '/dev/null/x'],
      /^constat: \/dev\/null\/x: cannot be written/,
    ],
    [
      'audit: a URL without an account',
      ['audit', '.', '--url', URL],
      /^constat: --url follows a URL through what was read: give --aws, --cloudflare or --host too, or --probe/,
    ],
    [
      'audit: real requests without a URL',
      ['audit', '.', '--probe'],
      /^constat: --probe sends requests to URLs: give one with --url, or urls in constat\.yaml$/,
    ],
    ['audit: no URL at all', ['audit', '.', '--aws', '--url', '::'], /give a URL/],
  ])('%s', async (_, args, expected) => {
    const lines = await said(...args);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(expected);
  });

  test.each([['trace'], ['audit', '.', '--url']])(
    'a password in a URL of %s is not shown',
    async (...args) => {
      const lines = await said(...args, 'https://me:canary@shop.test/');
      expect(lines).toEqual(['constat: give the URL without a user name and a password']);
    },
  );
});

describe('faulty URLs of a configuration', () => {
  test.each<[string, string, RegExp[]]>([
    ['no list', 'urls: https://shop.test/\n', [/constat\.yaml:1:1: urls: expected array/]],
    [
      'no URL',
      'urls:\n  - shop\n',
      [/constat\.yaml:2:5: urls\.0: give a URL, such as https:\/\/example\.org\//],
    ],
    [
      'another scheme',
      'urls:\n  - https://shop.test/\n  - ftp://shop.test/\n',
      [/constat\.yaml:3:5: urls\.1: give a URL/],
    ],
    ['a number', 'urls: [7]\n', [/urls\.0: give a URL/]],
    ['two of them', 'urls: [a, b]\n', [/urls\.0/, /urls\.1/]],
    [
      'a password',
      'urls: ["https://me:canary@shop.test/"]\n',
      [/urls\.0: give the URL without a user name and a password$/],
    ],
  ])('%s', async (_, text, expected) => {
    const config = path.join(folder(), 'constat.yaml');
    writeFileSync(config, text);
    for (const args of [
      ['trace', URL, '--aws', '--config', config],
      ['audit', path.dirname(config), '--config', config],
    ]) {
      const lines = await said(...args);
      expect(lines).toHaveLength(expected.length);
      for (const [index, pattern] of expected.entries()) expect(lines[index]).toMatch(pattern);
      expect(lines.join()).not.toContain('canary');
    }
  });
});

test('real requests alone need no account: a report is written, and what was asked is told', async () => {
  const server = createServer((_, answer) => answer.end('ok')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const out = folder();
  try {
    const { code, err, read } = await constat(
      'trace',
      `http://127.0.0.1:${port}/?token=canary`,
      '--probe',
      '--lang',
      'en',
      '--out',
      out,
      '--format',
      'json',
      '--allow-partial',
      '--quiet',
    );
    expect([code, err, read().out]).toEqual([EXIT.established, '', '']);
  } finally {
    server.close();
  }
  const text = readFileSync(path.join(out, 'report.json'), 'utf8');
  expect(text).not.toContain('canary');
  const { paths } = JSON.parse(text);
  expect(paths.map(({ url }: { url: string }) => url)).toEqual([`http://127.0.0.1:${port}/`]);
  expect(paths[0].side.map(({ role }: { role: string }) => role)).toContain('probe');
});

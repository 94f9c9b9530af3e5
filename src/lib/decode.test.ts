import { expect, test } from 'vitest';
import { decodeText, isBinary } from './decode.ts';

const bytes = (...values: (number | string)[]) =>
  Buffer.concat(values.map((value) => (typeof value === 'string' ? Buffer.from(value) : Buffer.of(value))));

test.each([
  ['UTF-8', bytes('clé: été'), 'clé: été'],
  ['UTF-8 with a mark', bytes(0xef, 0xbb, 0xbf, 'name: x'), 'name: x'],
  [
    'UTF-16 LE',
    Buffer.concat([bytes(0xff, 0xfe), Buffer.from('on: push\r\nété', 'utf16le')]),
    'on: push\nété',
  ],
  ['UTF-16 BE', Buffer.concat([bytes(0xfe, 0xff), Buffer.from('on: é', 'utf16le').swap16()]), 'on: é'],
  ['Latin-1', Buffer.from('déploiement', 'latin1'), 'déploiement'],
  ['UTF-8 with a byte that is not', bytes('caf', 0xc3, ' ok'), 'cafÃ ok'],
  ['a mark of UTF-8 before Latin-1', bytes(0xef, 0xbb, 0xbf, 'caf', 0xe9), 'café'],
  ['CRLF', bytes('a\r\nb\r\n'), 'a\nb\n'],
  ['CR alone', bytes('a\rb'), 'a\nb'],
  ['CR inside lines', bytes('50%\r100%\nend'), '50%\r100%\nend'],
  ['nothing', bytes(''), ''],
])('%s is read', (_, given, text) => {
  expect(decodeText(given)).toBe(text);
});

test('a NUL makes a file binary, unless it is UTF-16', () => {
  expect(isBinary(bytes('PK', 3, 4, 0, 0))).toBe(true);
  expect(isBinary(bytes('text'))).toBe(false);
  expect(isBinary(Buffer.concat([bytes(0xff, 0xfe), Buffer.from('text', 'utf16le')]))).toBe(false);
  expect(isBinary(Buffer.concat([Buffer.alloc(8192, 'a'), Buffer.of(0)]))).toBe(false);
});

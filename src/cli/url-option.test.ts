import { expect, test } from 'vitest';
import { webUrl, webUrls } from './url-option.ts';

test.each([
  ['example.org', 'https://example.org/'],
  ['http://Example.org:8080/a?b=c#d', 'http://example.org:8080/a'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ['localhost:3000', 'https://localhost:3000/'],
])('%s is %s', (text, url) => expect(webUrl(text)).toBe(url));

test.each(['', 'ftp://example.org', 'https://', 'http://a b', 'https://user:secret@example.org/'])(
  '%j is refused, and never echoed with a password',
  (text) => {
    expect(() => webUrl(text)).toThrow(/^give (?:a|the) URL/);
  },
);

test('a URL that is given twice is followed once', () => {
  expect(webUrls('https://example.org/', webUrls('example.org'))).toEqual(['https://example.org/']);
});

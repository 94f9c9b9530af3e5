import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { staticRules } from './static-rules.ts';

const CANARY = 'desk:c4n4ry-9Qw7-do-not-show';
const HEADERS = `# for every page
/*
  X-Frame-Options: DENY
  Content-Security-Policy: default-src 'self'; report-uri https://r.example/csp
  Basic-Auth: ${CANARY}

https://:project.pages.dev/*
  X-Robots-Tag: noindex
/static/*
  ! X-Frame-Options
  no header at all
  Empty:
`;

test('headers are told by path, in lower case, at their lines', () => {
  const { artifacts } = collectFiles(staticRules, { 'public/_headers': HEADERS });
  expect(artifacts.headerFiles).toEqual([
    {
      file: 'public/_headers',
      rules: [
        {
          path: '/*',
          line: 2,
          headers: [
            { name: 'x-frame-options', value: 'DENY', line: 3 },
            {
              name: 'content-security-policy',
              value: "default-src 'self'; report-uri https://r.example/csp",
              line: 4,
            },
            { name: 'basic-auth', line: 5 },
          ],
          removed: [],
        },
        {
          path: 'https://:project.pages.dev/*',
          line: 7,
          headers: [{ name: 'x-robots-tag', value: 'noindex', line: 8 }],
          removed: [],
        },
        { path: '/static/*', line: 9, headers: [], removed: [{ name: 'x-frame-options', line: 10 }] },
      ],
    },
  ]);
});

test('a value that may be a password goes nowhere', () => {
  expect(JSON.stringify(collectFiles(staticRules, { _headers: HEADERS }))).not.toContain('c4n4ry');
});

test('redirects have their status, 302 where none is written', () => {
  const { artifacts } = collectFiles(staticRules, {
    'public/_redirects':
      '# old\n/old /new 301\n/blog/* https://blog.example/:splat # moved\n/x /y 418\nbad\n',
  });
  expect(artifacts.redirectFiles).toEqual([
    {
      file: 'public/_redirects',
      rules: [
        { from: '/old', to: '/new', status: 301, line: 2 },
        { from: '/blog/*', to: 'https://blog.example/:splat', status: 302, line: 3 },
      ],
    },
  ]);
});

test('a file out of use, or without a rule, tells nothing', () => {
  const { artifacts } = collectFiles(staticRules, {
    'old/_headers': HEADERS,
    _headers: '# nothing\n',
    'a/_redirects': '',
  });
  expect(artifacts.headerFiles).toEqual([]);
  expect(artifacts.redirectFiles).toEqual([]);
});

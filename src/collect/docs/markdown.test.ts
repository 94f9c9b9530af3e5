import { describe, expect, test } from 'vitest';
import type { Document } from '#model/artifacts.ts';
import type { Fact } from '#model/fact.ts';
import { memoryTree } from '../readers/memory-tree.ts';
import { markdown } from './markdown.ts';

function collect(text: string, path = 'docs/page.md', files: Record<string, string> = {}) {
  const facts: Fact[] = [];
  const documents: Document[] = [];
  const unread: string[] = [];
  const lines = text.split('\n');
  markdown.collect?.(
    {
      path,
      text,
      tracked: true,
      lines,
      at: (line) => ({ source: 'docs', file: path, line, excerpt: lines[line - 1] ?? '' }),
      lineOf: () => 1,
    },
    {
      fact: (fact) => facts.push(fact),
      artifact: (_, document) => documents.push(document as Document),
      unread: (line, why) => unread.push(`${line ?? ''} ${why.en}`),
    },
    memoryTree({ [path]: text, ...files }),
  );
  return { facts, document: documents[0] as Document, unread };
}
const shown = (facts: readonly Fact[]) =>
  facts.map(({ sort, kind, name, environments, scope }) =>
    [sort, kind, name, environments.join('+'), scope && `in ${scope}`].filter(Boolean).join(' '),
  );

test('which files are read', () => {
  const reads = (path: string) => {
    const base = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    return markdown.reads({ path, base, plain: base });
  };
  for (const path of ['README.md', 'docs/a.mdx', 'readme.rst', 'README', '.github/workflows/notes.md'])
    expect(reads(path), path).toBe(true);
  for (const path of [
    'CHANGELOG.md',
    'CHANGELOG-2024.md',
    'LICENSE.md',
    'node_modules/a/README.md',
    'vendor/a/README.md',
    '.github/ISSUE_TEMPLATE/bug.md',
    '.github/PULL_REQUEST_TEMPLATE.md',
    'docs/page.rst',
    'src/index.ts',
  ])
    expect(reads(path), path).toBe(false);
});

const PAGE = `# Orders

**Region:** eu-west-3

## Environnement : PROD

| Composant | Nom | État |
| --- | --- | --- |
| **ECS Cluster** | \`orders-main\` | ✅ |
| **ECS Service** | \`orders-svc\` | ✅ |
| **ECR Repository** | \`orders-web\` | ❌ À créer |

## Staging

- Service ECS : \`orders-staging-svc\`
- Cluster : \`orders-staging\`
`;

describe('facts of a page', () => {
  test('bear the environment of their heading or name, the cluster beside them and the page’s region', () => {
    const { facts } = collect(PAGE);
    expect(shown(facts)).toEqual([
      'declared AWS::ECS::Cluster orders-main prod',
      'declared AWS::ECS::Service orders-svc prod in orders-main',
      'reference AWS::ECR::Repository orders-web prod',
      'declared AWS::ECS::Service orders-staging-svc staging in orders-staging',
      'declared AWS::ECS::Cluster orders-staging staging',
    ]);
    expect(facts.every(({ source, region }) => source === 'docs' && region === 'eu-west-3')).toBe(true);
    expect(facts[1]?.evidence).toMatchObject({ line: 10 });
    expect(facts[1]?.relations).toEqual([
      { type: 'runs-in', to: { kind: 'AWS::ECS::Cluster', name: 'orders-main' } },
    ]);
  });

  test('a service whose clusters are many takes the one of its own environment', () => {
    const { facts } = collect(
      'ECS\n\n- Services ECS : `a-dev-svc`, `a-prod-svc`\n- Clusters : `main-dev`, `main-prod`',
    );
    expect(shown(facts).slice(0, 2)).toEqual([
      'declared AWS::ECS::Service a-dev-svc dev in main-dev',
      'declared AWS::ECS::Service a-prod-svc prod in main-prod',
    ]);
  });

  test('a name said twice in the same way is one fact, at the first line', () => {
    const { facts } = collect('ECS cluster `main-a`.\n\nAgain: ECS cluster `main-a`.');
    expect(facts.map(({ evidence }) => 'line' in evidence && evidence.line)).toEqual([1]);
  });

  test('those of an old report carry its date', () => {
    const { facts } = collect('# Audit\n\n**Date:** 2025-12-30\n\nECS cluster `main-a`');
    expect(facts).toMatchObject([
      { sort: 'declared', properties: { report: true, statedDate: '2025-12-30' } },
    ]);
  });

  test('those of a retired page are retired, those of a folder of examples references', () => {
    expect(collect('ECS cluster `main-a`', 'docs/archive/page.md').facts).toMatchObject([
      { sort: 'retired' },
    ]);
    expect(collect('ECS cluster `main-a`', 'examples/shop/README.md').facts).toMatchObject([
      { sort: 'reference' },
    ]);
  });

  test('the image of one commit is a reference, its repository is declared', () => {
    const { facts } = collect('Image: `411122223334.dkr.ecr.eu-west-3.amazonaws.com/orders:{GITHUB_SHA}`');
    expect(shown(facts)).toEqual([
      'declared AWS::ECR::Repository orders',
      'reference Docker::Image 411122223334.dkr.ecr.eu-west-3.amazonaws.com/orders:{GITHUB_SHA}',
    ]);
  });

  test('a plan declares nothing', () => {
    expect(collect('# Migration plan\n\nECS cluster `main-a`').facts).toMatchObject([{ sort: 'reference' }]);
  });

  test('what stands in a comment declares nothing', () => {
    expect(
      collect('<!--\nECS cluster `main-a`\narn:aws:sqs:eu-west-3:411122223334:orders\n-->').facts,
    ).toEqual([]);
  });
});

test('a name that a page has written whole may be written short after that; another environment’s is no short one', () => {
  const page = (one: string, other: string) =>
    shown(collect(`Lambda function \`${one}\`.\n\nAgain: Lambda function \`${other}\`.`).facts);
  expect(page('shop-nightly-export', 'nightly-export')).toEqual([
    'declared AWS::Lambda::Function shop-nightly-export',
  ]);
  expect(page('staging-nightly-export', 'nightly-export')).toHaveLength(2);
});

test('the document keeps its title, headings, statements, claims and topics', () => {
  const { document } = collect(`${PAGE}\n## Rollback\n\nSee [the script](../scripts/undo.sh).\n`);
  expect(document).toMatchObject({
    file: 'docs/page.md',
    title: 'Orders',
    report: false,
    topics: [{ topic: 'rollback', line: 18 }],
    paths: [{ path: 'scripts/undo.sh', exists: false, kind: 'link', line: 20 }],
    claims: [{ done: true }, { done: true }, { done: false }],
  });
  expect(document.headings.map(({ text }) => text)).toEqual([
    'Orders',
    'Environnement : PROD',
    'Staging',
    'Rollback',
  ]);
  expect(document.statements).toContainEqual({
    subject: 'orders-svc',
    property: 'cluster',
    value: 'orders-main',
    line: 10,
  });
});

test('the same page gives the same facts and document twice', () => {
  expect(JSON.stringify(collect(PAGE))).toBe(JSON.stringify(collect(PAGE)));
});

describe('hostile pages', () => {
  test('names with control characters, HTML or keys of objects break nothing', () => {
    const { facts } = collect(
      'ECS cluster `__proto__`, ECS cluster `constructor`, ECS cluster `a\u0000b`, ECS cluster `<script>alert(1)</script>`\n\narn:aws:__proto__:x:411122223334:constructor/x',
    );
    expect(facts.map(({ name }) => name)).not.toContain('<script>alert(1)</script>');
  });

  test.each([
    ['a line of 5 MB', `ECS cluster ${'`a` '.repeat(1_250_000)}`],
    ['100,000 names', 'ECS cluster `main-a`, `main-b`\n\n'.repeat(50_000)],
    ['a table of 20,000 rows', `| ECS cluster | x |\n| - | - |\n${'| `main-a` | ❌ |\n'.repeat(20_000)}`],
    ['hosts without end', `https://${'a.'.repeat(900)}com `.repeat(300)],
    ['ARNs without end', 'arn:aws:ecs:eu-west-3:411122223334:cluster/a${{{{{{[[[[<<<< '.repeat(20_000)],
    [
      'nested lists with names',
      Array.from({ length: 800 }, (_, i) => `${'  '.repeat(i)}- ECS cluster \`main-${i}\``).join('\n'),
    ],
    ['a block of shell that never closes', `\`\`\`bash\n${'aws s3 ls $(aws '.repeat(3_000)}`],
    ['a path of dots', `[a](${'../'.repeat(1_200)}) \`${'a/'.repeat(1_500)}b.ts\``],
  ])('%s is read in time', (_, text) => {
    const start = performance.now();
    collect(text);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test('a cut line and a cut document cost one line of coverage each', () => {
    expect(collect(`# T\n${'x'.repeat(4_001)}\n${'y'.repeat(4_001)}`).unread).toEqual([
      '2 line of over 4,000 characters: the rest is not read',
    ]);
    expect(collect('text\n'.repeat(500_000)).unread).toEqual([
      ' document of over 2 million characters: the rest is not read',
    ]);
  });
});

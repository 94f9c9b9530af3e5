import { describe, expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { manifests } from './manifests.ts';

const packagesOf = (path: string, text: string) =>
  collectFiles(manifests, { [path]: text }).artifacts.manifests.flatMap(({ packages }) =>
    packages.map(({ name, version, line, development }) => [name, version, line, development]),
  );

describe('manifests', () => {
  test('package.json', () => {
    expect(
      packagesOf(
        'package.json',
        '{\n  "dependencies": {\n    "stripe": "^16.0.0",\n    "left": "git+https://token@host/x"\n  },\n  "devDependencies": { "vitest": "5" }\n}\n',
      ),
    ).toEqual([
      ['stripe', '^16.0.0', 3, false],
      ['left', undefined, 4, false],
      ['vitest', '5', 6, true],
    ]);
  });

  test('requirements.txt, with extras, markers, options and comments', () => {
    expect(
      packagesOf(
        'requirements.txt',
        '-r base.txt\n# openai\nopenai[realtime]>=1.2,<2 ; python_version > "3.9"\nsentry_sdk==2.0 --hash=sha256:abc\n  # via x\ngit+https://x/y\n',
      ),
    ).toEqual([
      ['openai', '>=1.2,<2', 3, false],
      ['sentry_sdk', '==2.0', 4, false],
    ]);
    expect(packagesOf('requirements/dev.txt', 'pytest\n')).toEqual([['pytest', undefined, 1, true]]);
  });

  test('a Gemfile, with its groups', () => {
    expect(
      packagesOf(
        'Gemfile',
        [
          'source "https://rubygems.org"',
          'gem "rails", "~> 7.2"',
          'gem "sentry-rails" # errors',
          '# gem "gone"',
          'group :development, :test do',
          "  gem 'rspec-rails'",
          'end',
          'gem "pg", group: :test',
          'group :production do',
          '  gem "puma"',
          'end',
        ].join('\n'),
      ),
    ).toEqual([
      ['rails', '~> 7.2', 2, false],
      ['sentry-rails', undefined, 3, false],
      ['rspec-rails', undefined, 6, true],
      ['pg', undefined, 8, true],
      ['puma', undefined, 10, false],
    ]);
  });

  test('pyproject.toml in its forms', () => {
    expect(
      packagesOf(
        'pyproject.toml',
        [
          '[project]',
          'name = "openai-tools"',
          'keywords = ["openai"]',
          'dependencies = ["boto3", "anthropic>=0.30"]',
          '[project.optional-dependencies]',
          'ai = [',
          '  "openai",',
          ']',
          '[dependency-groups]',
          'dev = ["pytest>=8"]',
          '[tool.poetry.dependencies]',
          'python = "^3.12"',
          'stripe = {version = "^9", extras = ["async"]}',
          '[tool.poetry.group.test.dependencies]',
          'pytest-cov = "*"',
        ].join('\n'),
      ),
    ).toEqual([
      ['boto3', undefined, 4, false],
      ['anthropic', '>=0.30', 4, false],
      ['openai', undefined, 7, false],
      ['pytest', '>=8', 10, true],
      ['stripe', '^9', 13, false],
      ['pytest-cov', '*', 15, true],
    ]);
  });

  test('Pipfile, go.mod, Cargo.toml', () => {
    expect(packagesOf('Pipfile', '[packages]\nstripe = "*"\n[dev-packages]\nblack = "*"\n')).toEqual([
      ['stripe', '*', 2, false],
      ['black', '*', 4, true],
    ]);
    expect(
      packagesOf(
        'go.mod',
        'module example.com/x\n\nrequire github.com/stripe/stripe-go/v76 v76.1.0\nrequire (\n\tgithub.com/a/b v1.0.0\n\tgithub.com/c/d v1.0.0 // indirect\n)\nreplace github.com/e/f => ../f\n',
      ),
    ).toEqual([
      ['github.com/stripe/stripe-go/v76', 'v76.1.0', 3, false],
      ['github.com/a/b', 'v1.0.0', 5, false],
    ]);
    expect(
      packagesOf(
        'Cargo.toml',
        '[package]\nname = "x"\n[dependencies]\nsentry = "0.34"\n[dependencies.async-openai]\nversion = "0.2"\n[dev-dependencies]\nmockito = "1"\n',
      ),
    ).toEqual([
      ['sentry', '0.34', 4, false],
      ['async-openai', '0.2', 5, false],
      ['mockito', '1', 8, true],
    ]);
  });

  test('pom.xml, without comments and managed versions', () => {
    expect(
      packagesOf(
        'pom.xml',
        [
          '<project>',
          '<dependencyManagement><dependencies><dependency><groupId>a</groupId><artifactId>b</artifactId></dependency></dependencies></dependencyManagement>',
          '<dependencies>',
          '<!-- <dependency><groupId>c</groupId><artifactId>d</artifactId></dependency> -->',
          '  <dependency>',
          '    <groupId>com.stripe</groupId>',
          '    <artifactId>stripe-java</artifactId>',
          '    <version>26.0.0</version>',
          '  </dependency>',
          '  <dependency><groupId>junit</groupId><artifactId>junit</artifactId><scope>test</scope></dependency>',
          '</dependencies>',
          '</project>',
        ].join('\n'),
      ),
    ).toEqual([
      ['com.stripe:stripe-java', '26.0.0', 7, false],
      ['junit:junit', undefined, 10, true],
    ]);
  });

  test('build.gradle, build.gradle.kts and the catalogue', () => {
    expect(
      packagesOf(
        'build.gradle',
        "dependencies {\n  implementation 'com.stripe:stripe-java:26.0.0'\n  // implementation 'a:b:1'\n  testImplementation group: 'junit', name: 'junit', version: '4'\n}\n",
      ),
    ).toEqual([
      ['com.stripe:stripe-java', '26.0.0', 2, false],
      ['junit:junit', '4', 4, true],
    ]);
    expect(
      packagesOf('app/build.gradle.kts', 'implementation(platform("com.google.firebase:firebase-bom:33"))'),
    ).toEqual([['com.google.firebase:firebase-bom', '33', 1, false]]);
    expect(
      packagesOf(
        'gradle/libs.versions.toml',
        '[libraries]\nstripe = { module = "com.stripe:stripe-java", version = "26" }\n',
      ),
    ).toEqual([['com.stripe:stripe-java', '26', 2, false]]);
  });
});

describe('providers', () => {
  const facts = (files: Record<string, string>) =>
    collectFiles(manifests, files).facts.map(({ kind, name, sort, properties }) => [
      kind,
      name,
      sort,
      properties?.imports ?? [],
    ]);

  test('are cited at the manifest, with where the code imports them', () => {
    const collected = collectFiles(manifests, {
      'package.json': '{\n  "dependencies": {\n    "openai": "5",\n    "@stripe/stripe-js": "7"\n  }\n}',
      'src/ai.ts':
        "// import OpenAI from 'openai'\nimport x from './openai';\nimport OpenAI from 'openai';\n",
      'src/pay.tsx':
        "import {\n  loadStripe,\n} from '@stripe/stripe-js/pure';\nconst o = await import('openai/resources');\n",
      'node_modules/openai/index.js': "require('openai')",
    });
    expect(collected.facts).toMatchObject([
      {
        kind: 'Service::AI',
        name: 'openai',
        sort: 'declared',
        evidence: { file: 'package.json', line: 3 },
        properties: { package: 'openai', imports: ['src/ai.ts:3', 'src/pay.tsx:4'] },
      },
      { kind: 'Service::SaaS', name: 'stripe', properties: { imports: ['src/pay.tsx:3'] } },
    ]);
  });

  test('of Python, by the module’s own name', () => {
    expect(
      facts({
        'requirements.txt': 'google-genai\nSentry_SDK\nlangchain-anthropic\n',
        'app/a.py': 'import os\nfrom google import genai\n    import sentry_sdk as s\n# import anthropic\n',
        'app/b.py': 'from langchain_anthropic import ChatAnthropic\nfrom google.cloud import storage\n',
      }),
    ).toEqual([
      ['Service::AI', 'google', 'declared', ['app/a.py:2']],
      ['Service::SaaS', 'sentry', 'declared', ['app/a.py:3']],
      ['Service::AI', 'anthropic', 'declared', ['app/b.py:1']],
    ]);
  });

  test('of Go, Rust and Java', () => {
    expect(
      facts({
        'go.mod': 'require github.com/stripe/stripe-go/v76 v76.1.0\n',
        'main.go': 'import (\n\t"github.com/stripe/stripe-go/v76/charge"\n)\n',
        'Cargo.toml': '[dependencies]\nasync-openai = "1"\n',
        'src/main.rs': 'use async_openai::Client;\n',
        'pom.xml':
          '<dependency><groupId>com.twilio.sdk</groupId><artifactId>twilio</artifactId></dependency>',
        'src/A.java': 'import com.twilio.Twilio;\n',
      }),
    ).toEqual([
      ['Service::AI', 'openai', 'declared', ['src/main.rs:1']],
      ['Service::SaaS', 'stripe', 'declared', ['main.go:2']],
      ['Service::SaaS', 'twilio', 'declared', ['src/A.java:1']],
    ]);
  });

  test('only for development, or imported by tests alone, are references', () => {
    expect(
      facts({
        'package.json': '{"devDependencies": {"stripe": "1"}, "dependencies": {"twilio": "1"}}',
        'src/sms.test.ts': "import twilio from 'twilio';",
      }),
    ).toEqual([
      ['Service::SaaS', 'twilio', 'reference', ['src/sms.test.ts:1']],
      ['Service::SaaS', 'stripe', 'reference', []],
    ]);
  });

  test('in one package of a monorepo are imported from its own folder', () => {
    expect(
      facts({
        'a/package.json': '{"dependencies": {"openai": "1"}}',
        'a/src/x.js': "const o = require('openai');",
        'b/src/x.js': "const o = require('openai');",
      }),
    ).toEqual([['Service::AI', 'openai', 'declared', ['a/src/x.js:1']]]);
  });

  test('are not made of the SDK of a cloud, nor of a similar name', () => {
    expect(
      facts({
        'package.json':
          '{"dependencies": {"@aws-sdk/client-s3": "3", "stripe-mock": "1", "__proto__": "1", "constructor": "1"}}',
      }),
    ).toEqual([]);
  });
});

describe('broken manifests', () => {
  test.each([
    ['package.json', '{"dependencies": {'],
    ['pyproject.toml', '[project\nname='],
    ['Cargo.toml', 'a = = 1'],
  ])('%s is one line of coverage', (path, text) => {
    expect(collectFiles(manifests, { [path]: text }).unread).toMatchObject([{ file: path, asked: true }]);
  });

  test('unexpected shapes and long lines cost nothing', () => {
    const started = performance.now();
    for (const [path, text] of [
      ['package.json', '{"dependencies": []}'],
      ['package.json', '[]'],
      ['pyproject.toml', 'project = 3\n'],
      ['pom.xml', '<dependency>'.repeat(50_000)],
      ['pom.xml', '<!--'.repeat(50_000)],
      ['build.gradle', `implementation ${'('.repeat(500_000)}`],
      ['requirements.txt', `a${'['.repeat(500_000)}\n`.repeat(3)],
      ['go.mod', `require (\n${'a.'.repeat(500_000)}`],
    ] as const) {
      expect(collectFiles(manifests, { [path]: text }).facts).toEqual([]);
    }
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('a source file made to slow down a search does not', () => {
    const started = performance.now();
    collectFiles(manifests, {
      'package.json': '{"dependencies": {"openai": "1"}}',
      'a.js': `from ${' '.repeat(300_000)}`,
      'b.js': 'import("'.repeat(40_000),
      'c.js': `import '${'a'.repeat(300_000)}`,
      'requirements.txt': 'openai',
      'd.py': 'from a '.repeat(40_000),
      'e.py': ' '.repeat(300_000),
    });
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

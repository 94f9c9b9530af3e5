import { describe, expect, test } from 'vitest';
import { cdk } from './cdk.ts';
import { collectFiles } from './collect-files.ts';

const APP = '{"app": "npx ts-node bin/app.ts", "context": {"owner": "quay"}}';
const read = (files: Record<string, string>, app = APP) => collectFiles(cdk, { 'cdk.json': app, ...files });
const named = (files: Record<string, string>) =>
  read(files).facts.map(({ kind, name, nameStatus, environments }) => [
    kind.replace('AWS::', ''),
    name,
    nameStatus,
    environments.join(),
  ]);
const typescript = (body: string) => `import * as cdk from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Bucket, CfnBucket as Low } from 'aws-cdk-lib/aws-s3';
import { aws_sqs as sqs } from 'aws-cdk-lib';
${body}`;
const stack = (body: string) =>
  typescript(`export class QuayStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props: QuayProps) {
    super(scope, id, props);
${body}
  }
}
`);

describe('TypeScript', () => {
  test('constructs have the names that are written, with the line on which they stand', () => {
    const { facts } = read({
      'lib/quay.ts': stack(`    new Bucket(this, 'Assets', {
      bucketName: 'quay-assets', versioned: true,
    });
    new Low(this, 'Logs', { bucketName: 'quay-logs' });
    new sqs.Queue(this, 'Jobs');
    // new sqs.Queue(this, 'Old', { queueName: 'quay-old' });`),
    });
    expect(
      facts.map(({ kind, name, nameStatus, evidence, properties }) => [
        kind.replace('AWS::', ''),
        name,
        nameStatus,
        'line' in evidence && evidence.line,
        properties,
      ]),
    ).toEqual([
      ['S3::Bucket', 'quay-assets', 'literal', 9, { versioning: 'Enabled' }],
      ['S3::Bucket', 'quay-logs', 'literal', 11, {}],
      ['SQS::Queue', 'QuayStack/Jobs', 'logical', 12, {}],
    ]);
  });

  test('a class has the names that each place which makes it gives, in its environment and region', () => {
    const { facts } = read({
      'lib/quay.ts': stack(`    new Bucket(this, 'A', { bucketName: \`quay-\${props.stage}-assets\` });
    new Bucket(this, 'B', { bucketName: 'quay-shared' });`),
      'bin/app.ts': typescript(`const app = new cdk.App();
new QuayStack(app, 'quay-dev', { stage: 'dev', env: { region: 'eu-west-3', account: '210123456780' } });
new QuayStack(app, 'quay-prod', { stage: 'prod', env: { region: 'eu-west-1' } });
`),
    });
    expect(
      facts.map(({ name, nameStatus, environments, region }) => [
        name,
        nameStatus,
        environments.join(),
        region,
      ]),
    ).toEqual([
      ['quay-dev', 'literal', 'dev', 'eu-west-3'],
      ['quay-prod', 'literal', 'prod', 'eu-west-1'],
      ['quay-dev-assets', 'resolved', 'dev', undefined],
      ['quay-prod-assets', 'resolved', 'prod', undefined],
      ['quay-shared', 'literal', '', undefined],
    ]);
    expect(facts[0]?.account).toBe('210123456780');
  });

  test('constants, defaults of properties and context are resolved, all else stays open', () => {
    expect(
      named({
        'lib/quay.ts': stack(`    const prefix = 'quay';
    let twice = 'a';
    twice = 'b';
    const { owner } = props;
    new Bucket(this, 'A', { bucketName: \`\${prefix}-a\` });
    new Bucket(this, 'B', { bucketName: 'quay-' + twice });
    new Bucket(this, 'C', { bucketName: \`quay-\${props.suffix ?? 'none'}\` });
    new Bucket(this, 'D', { bucketName: \`\${this.node.tryGetContext('owner')}-d\` });
    new Bucket(this, 'E', { bucketName: \`quay-\${process.env.NAME}\` });
    new Bucket(this, 'F', { bucketName: props.name });
    new Bucket(this, 'G', { bucketName: \`quay-\${this.account}\` });
    new Bucket(this, 'H', { bucketName: \`quay-\${owner}\` });`),
        'bin/app.ts': typescript("new QuayStack(new cdk.App(), 'Quay', { owner: 'ops' });\n"),
      })
        .slice(1)
        .map(([, name, status]) => [name, status]),
    ).toEqual([
      ['quay-a', 'resolved'],
      ['quay-⟨twice⟩', 'template'],
      ['quay-none', 'resolved'],
      ['quay-d', 'resolved'],
      ['quay-⟨process.env.NAME⟩', 'template'],
      ['QuayStack/F', 'logical'],
      ['quay-⟨AWS::AccountId⟩', 'template'],
      ['quay-ops', 'resolved'],
    ]);
  });

  test('what is spread into properties, an id and a function’s own properties are known where they are made', () => {
    const files = {
      'lib/handler.ts': typescript(`import * as lambda from 'aws-cdk-lib/aws-lambda';
export class Handler extends Construct {
  constructor(scope: Construct, id: string, props: HandlerProps) {
    super(scope, id);
    const { prefix, memorySize = 512, ...rest } = props;
    new lambda.Function(this, id, { functionName: \`\${prefix}-\${id}\`, memorySize, ...rest });
  }
}
`),
      'lib/api.ts': `import { Construct } from 'constructs';
export function createApi(props: ApiProps) {
  const { scope, stage } = props;
  const common = { prefix: \`quay-\${stage}\`, shared: true };
  new Handler(scope, 'list', { entry: 'list.ts', ...common });
  new Handler(scope, 'read', { ...common, prefix: 'quay-reader' }, 'eu');
  new Handler(scope, 'write', { ...common, ...unknown });
}
`,
      'lib/quay.ts': stack(`    const shared = { scope: this, ...props };
    createApi({ ...shared });`),
      'bin/app.ts':
        typescript(`new QuayStack(app, 'quay-test', { stage: 'test', env: { region: 'eu-west-3' } });
new QuayStack(app, 'quay-prod', { stage: 'prod', env: { region: 'eu-west-1' } });
`),
    };
    const functions = read(files).facts.filter(({ kind }) => kind === 'AWS::Lambda::Function');
    expect(functions.map(({ name, region, nameStatus }) => [name, region, nameStatus])).toEqual([
      ['quay-test-list', 'eu-west-3', 'resolved'],
      ['quay-prod-list', 'eu-west-1', 'resolved'],
      ['quay-reader-read', undefined, 'resolved'],
      ['⟨props.prefix⟩-write', undefined, 'template'],
    ]);
  });

  test('a parameter of a function is not the constant that is called the same', () => {
    expect(
      named({
        'lib/quay.ts': stack(`    const name = 'quay';
    const make = (name: string) => new Bucket(this, 'A', { bucketName: \`\${name}-x1\` });`),
      })[0]?.[1],
    ).toBe('⟨name⟩-x1');
  });

  test('a service runs in its cluster, and what stands elsewhere is required', () => {
    const { facts } = read({
      'lib/quay.ts': stack(`    const cluster = new ecs.Cluster(this, 'Cluster', { clusterName: 'quay' });
    new ecs.FargateService(this, 'Api', { cluster, serviceName: 'api', desiredCount: 2 });
    Bucket.fromBucketName(this, 'Old', 'quay-old');
    Bucket.fromBucketName(this, 'Logs', \`quay-logs-\${cdk.Aws.REGION}\`);
    Bucket.fromBucketName(this, 'Given', props.bucket);`),
    });
    expect(facts).toMatchObject([
      { name: 'quay' },
      {
        kind: 'AWS::ECS::Service',
        scope: 'quay',
        properties: { desiredCount: 2 },
        relations: [{ type: 'runs-in', to: { kind: 'AWS::ECS::Cluster', name: 'quay' } }],
      },
      { kind: 'AWS::S3::Bucket', name: 'quay-old', verb: 'requires' },
      { kind: 'AWS::S3::Bucket', name: 'quay-logs-⟨AWS::Region⟩', nameStatus: 'template', verb: 'requires' },
    ]);
  });

  test('a stack of a stage bears the stage’s name before its own', () => {
    expect(
      named({
        'lib/stage.ts': typescript(`export class QuayStage extends cdk.Stage {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new cdk.Stack(this, 'Api');
  }
}
new QuayStage(pipeline, 'Prod');
`),
      }),
    ).toEqual([['CloudFormation::Stack', 'Prod-Api', 'resolved', 'prod']]);
  });

  test('what stands under a condition says so', () => {
    const { facts } = read({
      'lib/quay.ts': stack("    if (props.big) new Bucket(this, 'A', { bucketName: 'quay-a' });"),
    });
    expect(facts[0]?.condition).toBe('if');
  });

  test('a class of somebody else is no construct of the CDK', () => {
    const text =
      "import { Bucket } from './mine';\n// aws-cdk-lib\nnew Bucket(this, 'A', { bucketName: 'mine' });\n";
    expect(named({ 'lib/a.ts': text })).toEqual([]);
  });
});

describe('Python', () => {
  test('keyword arguments name what constructs make', () => {
    expect(
      named({
        'app.py': `import aws_cdk as cdk
from quay.stack import QuayStack

app = cdk.App()
QuayStack(app, "quay-prod", stage="prod", env=cdk.Environment(region="eu-west-3"))
`,
        'quay/stack.py': `from aws_cdk import (
    Stack,
    aws_s3 as s3,  # storage
)
from aws_cdk.aws_sqs import Queue

class QuayStack(Stack):
    def __init__(self, scope, construct_id, *, stage: str, **kwargs):
        super().__init__(scope, construct_id, **kwargs)
        self.files = s3.Bucket(self, "Files", bucket_name=f"quay-{stage}-files")
        Queue(self, "Jobs", queue_name="quay-jobs")
`,
      }),
    ).toEqual([
      ['CloudFormation::Stack', 'quay-prod', 'literal', 'prod'],
      ['S3::Bucket', 'quay-prod-files', 'resolved', 'prod'],
      ['SQS::Queue', 'quay-jobs', 'literal', 'prod'],
    ]);
  });
});

describe('programs', () => {
  const bucket = stack("    new Bucket(this, 'A', { bucketName: 'quay-a' });");

  test('only files below cdk.json are read, tests and dependencies are not', () => {
    const files = {
      'infra/cdk.json': APP,
      'infra/lib/a.ts': bucket,
      'infra/node_modules/x/a.ts': bucket,
      'infra/test/a.test.ts': bucket,
      'other/a.ts': bucket,
    };
    expect(collectFiles(cdk, files).facts.map(({ evidence }) => 'file' in evidence && evidence.file)).toEqual(
      ['infra/lib/a.ts'],
    );
  });

  test('what cdk synth wrote is read in place of the program', () => {
    expect(named({ 'lib/a.ts': bucket, 'cdk.out/Quay.template.json': '{}' })).toEqual([]);
  });

  test('a program in another language is a word of coverage, a broken cdk.json one line', () => {
    expect(read({}, '{"app": "mvn -e -q compile exec:java"}').unread).toMatchObject([{ asked: false }]);
    expect(read({}, '{"app": ').unread).toMatchObject([{ line: 1, asked: true }]);
  });

  test('objects that hold each other over and over cost little', () => {
    const started = performance.now();
    const constants = Array.from(
      { length: 60 },
      (_, i) => `const c${i} = { ...c${i + 1}, ...c${(i + 7) % 60} };`,
    );
    const makes = Array.from(
      { length: 40 },
      (_, i) => `    new Part(this, 'p${i}', { ...c${i}, ...props });`,
    );
    const part = `class Part extends Construct {
  constructor(scope, id, props) { new Part(this, id, { ...props }); new Bucket(this, id, { bucketName: props.name }); }
}
`;
    read({ 'lib/quay.ts': `${stack(makes.join('\n'))}${part}${constants.join('\n')}\n` });
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('hostile sources cost little', () => {
    const started = performance.now();
    const chain = Array.from({ length: 2000 }, (_, i) => `const a${i} = \`\${a${i + 1}}\${a${i + 1}}\`;`);
    read({
      'lib/a.ts': stack(`${chain.join('\n')}\nnew Bucket(this, 'A', { bucketName: a0 });`),
      'lib/b.ts': typescript(`new Bucket(${'['.repeat(20_000)}`),
      'lib/c.py': `from aws_cdk import aws_s3\n${'('.repeat(20_000)}`,
      'lib/d.ts': typescript(`class A extends B {}\nclass B extends A {}\nnew A(app, 'x', {});`),
    });
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

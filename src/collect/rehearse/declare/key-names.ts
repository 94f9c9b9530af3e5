import { environmentsOf, sortEnvironments } from '#lib/environments.ts';
import { readYaml } from '#lib/yaml-source.ts';
import type { WorkflowSource } from '#model/artifacts.ts';
import type { Fact, Kind } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import { nameOfAddress, nameOfArn } from '../../repo/aws-names.ts';
import { readAwsName } from '../tools/aws/names.ts';
import { imageNamed } from '../tools/image-names.ts';
import type { Named } from '../tools/tool.ts';
import { evidenceAt } from './call-facts.ts';
import { isPlausible, isStandIn } from './plausible.ts';
import { whereabouts } from './run-context.ts';
import { commentAt, type SourceLines } from './source-lines.ts';

interface KeyMeaning {
  key: RegExp;
  kind: Kind;
  /** What the file must speak of elsewhere for the key to mean this. */
  near?: RegExp;
}

const ELSEWHERE =
  /GCP|GOOGLE|GCS|GKE|GCLOUD|CLOUD_RUN|AZURE|AKS|OTEL|^DD_|DATADOG|NEW_RELIC|KUBE|K8S|SYSTEMD|COMPOSE|DOCKER_SERVICE|REDIS|KAFKA|MONGO|ATLAS|AURORA|ELASTIC|MINIO|TEST|MOCK|LOCAL|EXAMPLE|SAMPLE/;
const ECS = /\becs\b|\becs-|amazon-ecs/i;

/** Keys whose value is a name, by what people call them. Order matters: the first that fits decides. */
const KEYS: readonly KeyMeaning[] = [
  { key: /^(?:\w+_)?EKS_CLUSTER(?:_NAME)?$/, kind: 'AWS::EKS::Cluster' },
  { key: /^(?:\w+_)?ECS_CLUSTER(?:_NAME)?$/, kind: 'AWS::ECS::Cluster' },
  { key: /^(?:\w+_)?CLUSTER(?:_NAME)?$/, kind: 'AWS::ECS::Cluster', near: ECS },
  { key: /^(?:\w+_)?ECS_SERVICE(?:_NAME)?$/, kind: 'AWS::ECS::Service' },
  { key: /^(?:\w+_)?SERVICE(?:_NAME)?$/, kind: 'AWS::ECS::Service', near: ECS },
  {
    key: /^(?:\w+_)?(?:TASK_DEFINITION|TASK_DEF|TASK)_FAMILY$|^(?:\w+_)?ECS_TASK_DEFINITION(?:_NAME)?$/,
    kind: 'AWS::ECS::TaskDefinition',
  },
  { key: /^(?:\w+_)?TASK_DEFINITION(?:_NAME)?$/, kind: 'AWS::ECS::TaskDefinition', near: ECS },
  { key: /^(?:\w+_)?ECR_REPO(?:SITORY)?(?:_NAME)?$/, kind: 'AWS::ECR::Repository' },
  {
    key: /^(?:\w+_)?REPOSITORY(?:_NAME)?$|^(?:\w+_)?IMAGE_REPO(?:SITORY)?(?:_NAME)?$/,
    kind: 'AWS::ECR::Repository',
    near: /\.dkr\.ecr\.|amazon-ecr-login|aws ecr |ecr-login/,
  },
  { key: /^(?:\w+_)?(?:S3|AWS)_(?:\w+_)?BUCKET(?:_NAME)?$/, kind: 'AWS::S3::Bucket' },
  {
    key: /^(?:\w+_)?BUCKET(?:_NAME)?$/,
    kind: 'AWS::S3::Bucket',
    near: /aws[ -]s3|s3:\/\/|amazonaws|configure-aws-credentials|s3-sync|s3-deploy/i,
  },
  { key: /^(?:\w+_)?DISTRIBUTION$/, kind: 'AWS::CloudFront::Distribution', near: /cloudfront/i },
  {
    key: /^(?:\w+_)?(?:CLOUDFRONT|CF)_(?:\w+_)?(?:DISTRIBUTION(?:_ID)?|DIST_ID|ID)$|^(?:\w+_)?DISTRIBUTION_ID$/,
    kind: 'AWS::CloudFront::Distribution',
  },
  {
    key: /^(?:\w+_)?(?:LAMBDA_FUNCTION|LAMBDA)(?:_NAME)?$|^(?:AWS_)?FUNCTION_NAME$/,
    kind: 'AWS::Lambda::Function',
    near: /lambda/i,
  },
  {
    key: /^(?:\w+_)?(?:CLOUDFORMATION_STACK|CFN_STACK|STACK)(?:_NAME)?$/,
    kind: 'AWS::CloudFormation::Stack',
    near: /cloudformation|\bsam (?:deploy|build)|cdk deploy/i,
  },
  {
    key: /^(?:\w+_)?SQS_(?:\w+_)?QUEUE(?:_NAME|_URL)?$|^(?:\w+_)?QUEUE_NAME$/,
    kind: 'AWS::SQS::Queue',
    near: /\bsqs\b/i,
  },
  {
    key: /^(?:\w+_)?(?:DYNAMODB|DDB)_(?:\w+_)?TABLE(?:_NAME)?$|^(?:\w+_)?TABLE_NAME$/,
    kind: 'AWS::DynamoDB::Table',
    near: /dynamodb/i,
  },
  { key: /^(?:\w+_)?APP_?RUNNER_SERVICE(?:_NAME)?$/, kind: 'AWS::AppRunner::Service' },
  { key: /^(?:\w+_)?LOG_GROUP(?:_NAME)?$/, kind: 'AWS::Logs::LogGroup' },
  { key: /^(?:\w+_)?ROLE_ARN$|^(?:\w+_)?ROLE_TO_ASSUME$|^(?:AWS_)?(?:IAM_)?ROLE$/, kind: 'AWS::IAM::Role' },
  { key: /^(?:\w+_)?TOPIC_ARN$/, kind: 'AWS::SNS::Topic' },
  { key: /^(?:\w+_)?TARGET_GROUP(?:_NAME|_ARN)?$/, kind: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
  {
    key: /^(?:\w+_)?(?:BEANSTALK|EB)_(?:ENV|ENVIRONMENT)(?:_NAME)?$/,
    kind: 'AWS::ElasticBeanstalk::Environment',
  },
  {
    key: /^(?:\w+_)?(?:BEANSTALK|EB)_(?:APP|APPLICATION)(?:_NAME)?$/,
    kind: 'AWS::ElasticBeanstalk::Application',
  },
  { key: /^(?:\w+_)?CODE_?DEPLOY_(?:APP|APPLICATION)(?:_NAME)?$/, kind: 'AWS::CodeDeploy::Application' },
  {
    key: /^(?:\w+_)?CODE_?DEPLOY_(?:DEPLOYMENT_)?GROUP(?:_NAME)?$/,
    kind: 'AWS::CodeDeploy::DeploymentGroup',
  },
  { key: /^(?:\w+_)?COGNITO_(?:USER_)?POOL_ID$/, kind: 'AWS::Cognito::UserPool' },
  { key: /^(?:CLOUDFLARE_)?PAGES_PROJECT(?:_NAME)?$/, kind: 'Cloudflare::Pages::Project' },
];

/** A value that is no name: a path, a switch, a number, an address, an expression. */
const NO_NAME =
  /^(?:\.{0,2}\/(?!aws\/|ecs\/)|~)|^(?:true|false|yes|no|on|off|null|none|all|any)$|^\d+$|:\/\/|[\s$`{}<>()|&;"'*]|\.(?:ya?ml|json|sh|py|tf|txt|zip)$/i;
const ONLY_BY_ARN: ReadonlySet<Kind> = new Set<Kind>(['AWS::IAM::Role', 'AWS::SNS::Topic']);

const LONGEST_TEXT = 300_000;
const MOST_KEYS = 500;

const IMAGE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\/[a-z0-9._/-]+:[\w][\w.-]{0,127}$/;

/** What a key and its literal value name, in a file that speaks of these things. */
export function keyNamed(key: string, value: string, text: string): Named[] {
  if (!/^[A-Z][A-Z0-9_]{2,80}$/.test(key) || value.length > 300) return [];
  // an image with its registry and its tag is one whatever the rest of its key says
  if (/(?:^|_)(?:IMAGE|TAG)(?:_|$)/.test(key) && IMAGE.test(value)) return imageNamed(value, 'uses');
  if (ELSEWHERE.test(key)) return [];
  const meaning = KEYS.find((one) => one.key.test(key) && (!one.near || one.near.test(text)));
  if (!meaning) return [];
  const { kind } = meaning;
  if (kind === 'AWS::ECR::Repository' && value.includes('.dkr.ecr.'))
    return imageNamed(value, 'uses').filter((one) => one.kind === kind);
  if (NO_NAME.test(value) && !(kind === 'AWS::SQS::Queue' && /^https:\/\/sqs\./.test(value))) return [];
  if (ONLY_BY_ARN.has(kind) && !value.startsWith('arn:')) return [];
  const read = readAwsName(kind, value);
  if (!read || isStandIn(read.name) || !isPlausible(kind, read.name)) return [];
  // an image on a public registry is no repository of ECR
  if (
    kind === 'AWS::ECR::Repository' &&
    /^(?:docker\.io|ghcr\.io|quay\.io|gcr\.io|public\.ecr\.aws)\//.test(read.name)
  )
    return [];
  return [{ kind, ...read, verb: 'uses' }];
}

/** Whether a key is only ever a part of a name: `$FUNCTION-$NUMBER`. A key that nothing uses is whole. */
function isPart(key: string, kind: Kind, text: string): boolean {
  const more = kind === 'AWS::ECR::Repository' ? '[-_/A-Za-z0-9$]' : '[-_A-Za-z0-9$]';
  const uses = [
    ...text.matchAll(new RegExp(`(?:\\$${key}\\b|\\$\\{${key}\\}|env\\.${key}\\s*\\}\\})(${more})?`, 'g')),
  ];
  return uses.length > 0 && uses.every(([, next]) => next !== undefined);
}

/** Ids that AWS gives, which say by themselves what they are. */
const IDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['subnet', 'AWS::EC2::Subnet'],
  ['sg', 'AWS::EC2::SecurityGroup'],
  ['vpc', 'AWS::EC2::VPC'],
  ['i', 'AWS::EC2::Instance'],
]);
const ID = /^(subnet|sg|vpc|i)-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** What a value names by its own form, whatever its key: an ARN, an address of AWS, ids with commas between them. */
function shapeNamed(value: string): Named[] {
  const said = nameOfArn(value) ?? nameOfAddress(value);
  if (said && !/[*?<>{}$\s]/.test(said.name) && isPlausible(said.kind, said.name))
    return [{ ...said, verb: 'uses' }];
  const ids = value.split(',');
  if (ids.length > 12 || !ids.every((id) => ID.test(id))) return [];
  return ids.flatMap((name): Named[] => {
    const kind = IDS.get(name.slice(0, name.indexOf('-')));
    return kind ? [{ kind, name, verb: 'uses' }] : [];
  });
}

interface Assigned {
  key: string;
  value: string;
  line: number;
  /** Keys of one block belong together: a service to its cluster. */
  block: string;
  environments: string[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `env:` of the workflow, of each job and of each step, and what is handed to workflows and actions that cannot be read. */
function environmentBlocks(file: string, text: string): Assigned[] {
  const yaml = readYaml(text, { merge: true });
  if ('error' in yaml || !isRecord(yaml.value)) return [];
  const found: Assigned[] = [];
  const block = (keys: (string | number)[], holder: unknown, environments: string[]) => {
    const env = isRecord(holder) ? holder.env : undefined;
    if (!isRecord(env)) return;
    for (const [key, value] of Object.entries(env))
      if (typeof value === 'string')
        found.push({
          key,
          value,
          line: yaml.lineOf([...keys, 'env', key]),
          block: keys.join('.'),
          environments,
        });
  };
  const inputs = (keys: (string | number)[], holder: Record<string, unknown>, environments: string[]) => {
    if (!isRecord(holder.with)) return;
    for (const [key, value] of Object.entries(holder.with))
      if (typeof value === 'string')
        found.push({
          key: inputKey(key),
          value,
          line: yaml.lineOf([...keys, 'with', key]),
          block: keys.join('.'),
          environments,
        });
  };
  const own = environmentsOf((file.split('/').at(-1) ?? '').replace(/\.ya?ml$/, ''));
  block([], yaml.value, own);
  const jobs = isRecord(yaml.value.jobs) ? yaml.value.jobs : {};
  for (const [id, job] of Object.entries(jobs)) {
    if (!isRecord(job)) continue;
    const { environment } = job;
    const stated = isRecord(environment) ? environment.name : environment;
    const words =
      typeof stated === 'string' && !stated.includes('${') ? environmentsOf(stated, { weak: true }) : [];
    const inJob = words.length > 0 ? words : own.length > 0 ? own : environmentsOf(id);
    block(['jobs', id], job, inJob);
    if (typeof job.uses === 'string') inputs(['jobs', id], job, inJob);
    const steps = Array.isArray(job.steps) ? job.steps : [];
    for (const [index, step] of steps.entries()) {
      block(['jobs', id, 'steps', index], step, inJob);
      if (isRecord(step) && typeof step.uses === 'string') inputs(['jobs', id, 'steps', index], step, inJob);
    }
  }
  return found;
}

const ASSIGNMENT =
  /^\s*(?:export\s+|local\s+|readonly\s+|declare\s+(?:-\w+\s+)?)?([A-Za-z_]\w{1,80})=(?:"([^"$`\\]*)"|'([^'$]*)'|([^\s"'$`;&|()]+)|"?\$\{\w+:?[-=]([^}"$]+)\}"?)\s*(?:[;#].*)?$/;
/** `echo "CLUSTER=prod" >> $GITHUB_ENV`. */
const EXPORTED =
  /^\s*echo\s+["']?([A-Z][A-Z0-9_]{2,80})=([^"'$`\s]+)["']?\s*>>\s*["']?\$\{?GITHUB_(?:ENV|OUTPUT)/;

/** Assignments of a shell script, or of the scripts in a workflow, whose values are written out. */
function shellAssignments(file: string, lines: readonly string[]): Assigned[] {
  const environments = environmentsOf((file.split('/').at(-1) ?? '').replace(/\.\w+$/, ''));
  return lines.flatMap((line, index): Assigned[] => {
    if (line.length > 500 || commentAt(line) < 3) return [];
    const match = ASSIGNMENT.exec(line) ?? EXPORTED.exec(line);
    if (!match) return [];
    const [, key = '', ...values] = match;
    const value = values.find((one) => one !== undefined) ?? '';
    return [{ key, value, line: index + 1, block: 'shell', environments }];
  });
}

/** The names that no call may use, found by the key they are given to: the third and least certain pass. */
export function keyNameFacts(file: string, lines: SourceLines): Fact[] {
  const own = lines.of(file);
  const text = own.join('\n');
  if (
    text.length > LONGEST_TEXT ||
    !/arn:aws|amazonaws\.com|\b(?:subnet|sg|vpc|i)-[0-9a-f]{8}|CLUSTER|SERVICE|REPO|BUCKET|DISTRIBUTION|CLOUDFRONT|LAMBDA|FUNCTION|STACK|QUEUE|TABLE|LOG_GROUP|ROLE|TOPIC|TASK|TARGET_GROUP|POOL|PAGES|BEANSTALK|EB_|CODE_?DEPLOY/i.test(
      text,
    )
  )
    return [];
  const isYaml = /\.ya?ml$/.test(file);
  const assigned = [...(isYaml ? environmentBlocks(file, text) : []), ...shellAssignments(file, own)];
  const named = assigned
    .slice(0, MOST_KEYS)
    .flatMap((one) =>
      (shapeNamed(one.value).length > 0
        ? shapeNamed(one.value)
        : keyNamed(one.key, one.value, text).filter((found) => !isPart(one.key, found.kind, text))
      ).map((found) => ({ ...one, found })),
    );
  const clusters = (block: string) => [
    ...new Set(
      named
        .filter((one) => one.block === block && one.found.kind === 'AWS::ECS::Cluster')
        .map((one) => one.found.name),
    ),
  ];
  const where = whereabouts({ calls: [], files: [file] }, lines);
  return named.map(({ found, key, line, block, environments }): Fact => {
    const [cluster, other] =
      found.kind === 'AWS::ECS::Service' && found.scope === undefined ? clusters(block) : [];
    const scope = found.scope ?? (other === undefined ? cluster : undefined);
    const words = environmentsOf(key.toLowerCase());
    return {
      ...(found.kind.startsWith('AWS::') && where.account !== undefined && { account: where.account }),
      ...(found.kind.startsWith('AWS::') &&
        !kindOf(found.kind).global &&
        where.region !== undefined && { region: where.region }),
      ...found,
      ...(scope !== undefined && {
        scope,
        relations: [{ type: 'runs-in', to: { kind: 'AWS::ECS::Cluster', name: scope } }],
      }),
      source: 'repo',
      sort: 'declared',
      nameStatus: 'literal',
      evidence: evidenceAt(lines, file, line),
      environments: sortEnvironments(
        words.length > 0 ? words : environments.length > 0 ? environments : environmentsOf(found.name),
      ),
      certainty: 'key-name',
      through: file,
    };
  });
}

/** Inputs of an action that no model knows, read as keys: `ecs-cluster: prod`, `FunctionName: resize`. */
export const inputKey = (input: string): string =>
  input
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[-\s.]/g, '_')
    .toUpperCase();

/** The workflow files and scripts whose keys are read. */
export const filesWithKeys = (
  workflows: readonly WorkflowSource[],
  scripts: readonly { file: string }[],
): string[] => [...new Set([...workflows.map((one) => one.file), ...scripts.map((one) => one.file)])].sort();

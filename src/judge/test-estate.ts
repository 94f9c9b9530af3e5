import {
  type Artifacts,
  type ComposeFile,
  type ComposeService,
  type Dockerfile,
  type DockerStage,
  type Document,
  type JobSource,
  type LocalAction,
  noArtifacts,
  type StepSource,
  type Trigger,
  type WorkflowSource,
} from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { Evidence } from '#model/evidence.ts';
import type { Fact } from '#model/fact.ts';
import type { Check, Hop, Path } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import type { AnyRule } from '#model/rule.ts';
import type { Text } from '#model/text.ts';
import type { WorkerCode } from '#model/worker.ts';
import type { Call, Credential, Run } from '#model/workflow.ts';
import type { WranglerConfig, WranglerEnvironment } from '#model/wrangler.ts';
import type { DraftFinding } from './draft.ts';
import { judge } from './judge.ts';

/** Builders for tests of rules: a plain subject of each sort, to which a test adds what it is about. */
export const estate = (
  parts: Partial<Omit<Estate, 'artifacts'>> & { artifacts?: Partial<Artifacts> } = {},
): Estate => ({
  name: 'quay',
  resources: [],
  relations: [],
  components: [],
  systems: [],
  paths: [],
  hosts: [],
  whatIfs: [],
  coverage: [],
  sources: new Set(['repo', 'docs']),
  files: new Set(),
  ...parts,
  artifacts: { ...noArtifacts(), ...parts.artifacts },
});

export const trigger = (event: string, parts: Partial<Trigger> = {}): Trigger => ({
  event,
  line: 3,
  branches: [],
  branchesIgnore: [],
  tags: [],
  paths: [],
  pathsIgnore: [],
  schedules: [],
  types: [],
  ...parts,
});

export const step = (parts: Partial<Omit<StepSource, 'run' | 'uses'>> & { run?: string; uses?: string }) => {
  const { run: script, uses, ...rest } = parts;
  const line = rest.line ?? 10;
  return {
    continueOnError: false,
    with: {},
    environment: {},
    ...rest,
    line,
    ...(script !== undefined && { run: { text: script, line: line + 1 } }),
    ...(uses !== undefined && { uses: { text: uses, line } }),
  } satisfies StepSource;
};

export const job = (parts: Partial<JobSource> = {}): JobSource => ({
  id: 'deploy',
  line: 8,
  needs: [],
  continueOnError: false,
  steps: [],
  ...parts,
});

export const call = (command: string, parts: Partial<Call> = {}): Call => {
  const [tool = '', ...operation] = command.split(' ');
  return {
    tool,
    operation: operation.join(' '),
    arguments: {},
    line: 20,
    verb: 'requires',
    certainty: 'rehearsed',
    ...parts,
  };
};

export const credential = (parts: Partial<Credential> = {}): Credential => ({
  provider: 'aws',
  authentication: 'static-keys',
  secrets: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  file: '.github/workflows/deploy.yml',
  line: 14,
  ...parts,
});

export const run = (parts: Partial<Run> = {}): Run => ({
  job: 'deploy',
  events: ['push'],
  inputs: {},
  matrix: {},
  chain: ['.github/workflows/deploy.yml'],
  auth: 'none',
  credentials: [],
  secrets: [],
  variables: [],
  calls: [],
  notes: [],
  ...parts,
});

export const workflow = (parts: Partial<WorkflowSource> = {}): WorkflowSource => ({
  file: '.github/workflows/deploy.yml',
  name: 'Deploy',
  triggers: [trigger('push', { branches: ['main'] })],
  jobs: [],
  runs: [],
  errors: [],
  ...parts,
});

/** A composite action with these steps. */
export const action = (file: string, steps: StepSource[], parts: Partial<LocalAction> = {}): LocalAction => ({
  file,
  using: 'composite',
  inputs: [],
  steps,
  ...parts,
});

/** A workflow of one job with these steps. */
export const workflowOf = (steps: StepSource[], parts: Partial<WorkflowSource> = {}): WorkflowSource =>
  workflow({ jobs: [job({ steps })], ...parts });

export const stage = (base: string, parts: Partial<DockerStage> = {}): DockerStage => ({
  base,
  line: 1,
  fromStage: false,
  ports: [],
  ...parts,
});

export const dockerfile = (stages: DockerStage[], file = 'Dockerfile'): Dockerfile => ({ file, stages });

export const service = (name: string, parts: Partial<ComposeService> = {}): ComposeService => ({
  name,
  line: 2,
  ports: [],
  volumes: [],
  networks: [],
  aliases: [],
  environment: [],
  environmentFiles: [],
  dependsOn: [],
  profiles: [],
  ...parts,
});

export const composeFile = (services: ComposeService[], parts: Partial<ComposeFile> = {}): ComposeFile => ({
  file: 'compose.yaml',
  retired: false,
  project: 'quay',
  services,
  networks: [],
  volumes: [],
  ...parts,
});

export const document = (file: string, parts: Partial<Document> = {}): Document => ({
  file,
  title: file,
  report: false,
  headings: [],
  paths: [],
  claims: [],
  statements: [],
  topics: [],
  ...parts,
});

export const wranglerEnvironment = (parts: Partial<WranglerEnvironment> = {}): WranglerEnvironment => ({
  line: 1,
  script: { name: 'lock-keeper', line: 1 },
  bindings: [],
  variables: [],
  secrets: [],
  routes: [],
  crons: [],
  workersDev: { isOn: false, isStated: true, line: 4 },
  previewUrls: { isOn: false, isStated: true, line: 5 },
  observability: { isOn: true, line: 6 },
  lacking: [],
  ...parts,
});

export const wranglerConfig = (parts: Partial<WranglerConfig> = {}): WranglerConfig => ({
  file: 'wrangler.toml',
  isPages: false,
  main: { path: 'src/index.ts', line: 2, exists: true },
  migrations: [],
  environments: [wranglerEnvironment()],
  ...parts,
});

export const worker = (parts: Partial<WorkerCode> = {}): WorkerCode => ({
  config: 'wrangler.toml',
  entry: 'src/index.ts',
  files: ['src/index.ts'],
  blindSpots: [],
  handlers: [{ event: 'fetch', at: { source: 'repo', file: 'src/index.ts', line: 1 } }],
  writes: [],
  pages: [],
  forwards: [],
  reads: [],
  headers: [],
  cors: [],
  rateLimits: [],
  tokens: [],
  health: [],
  webhooks: [],
  access: [],
  ...parts,
});

export const fact = (source: 'repo' | 'docs', parts: Partial<Fact> = {}): Fact => ({
  kind: 'AWS::ECS::Service',
  name: 'api',
  source,
  sort: 'declared',
  nameStatus: 'literal',
  evidence: { source, file: source === 'docs' ? 'docs/aws.md' : '.github/workflows/deploy.yml', line: 30 },
  environments: [],
  ...parts,
});

/** A resource that these facts declare. */
export function resource(kind: Resource['kind'], name: string, facts: Fact[], parts: Partial<Resource> = {}) {
  const own = facts.map((one) => ({ ...one, kind, name }));
  return {
    id: `constat:${kind}::${name}`,
    key: `constat:${kind}::${name}`,
    kind,
    name,
    provider: kind.split('::')[0]?.toLowerCase() ?? '',
    nameStatus: 'literal',
    environments: [],
    status: 'unverified',
    declared: own.flatMap(({ evidence }) => ('file' in evidence ? [evidence] : [])),
    observed: [],
    properties: {},
    drift: [],
    facts: own,
    ...parts,
  } satisfies Resource;
}

/** A read of AWS that tells of something. */
export const read = (operation: string): Extract<Evidence, { operation: string }> => ({
  source: 'aws',
  operation,
  at: '2026-11-28T00:00:00Z',
});

/** An account of Cloudflare, and when it was read. */
export const CLOUDFLARE_ACCOUNT = 'a'.repeat(32);

/** A resource that was seen in an account of Cloudflare; `facts` are what files say of it. */
export function seenAtCloudflare(
  kind: Resource['kind'],
  name: string,
  properties: Resource['properties'] = {},
  { otherNames, facts = [], ...parts }: Partial<Resource> & Pick<Fact, 'otherNames'> = {},
): Resource {
  const evidence = {
    source: 'cloudflare',
    operation: `GET ${kind}`,
    at: '2026-11-28T12:00:00Z',
  } as const;
  const seen: Fact = {
    kind,
    name,
    source: 'cloudflare',
    sort: 'observed',
    nameStatus: 'literal',
    evidence,
    account: CLOUDFLARE_ACCOUNT,
    environments: [],
    properties,
    ...(otherNames && { otherNames }),
  };
  const own = facts.map((one) => ({ ...one, kind, name }));
  return {
    ...resource(kind, name, own, { status: own.length > 0 ? 'verified' : 'undocumented', ...parts }),
    account: CLOUDFLARE_ACCOUNT,
    observed: [evidence],
    properties,
    facts: [...own, seen],
  };
}

/** An estate whose account of Cloudflare answered these reads, each once and in full unless it is among the denied. */
export const cloudflareEstate = (
  resources: Resource[],
  reads: readonly string[] = [],
  parts: Parameters<typeof estate>[0] & { denied?: readonly string[] } = {},
): Estate => {
  const { denied = [], ...rest } = parts;
  const operations = [...reads, ...denied].map((path) => ({
    name: `GET ${path}`,
    calls: 1,
    denied: Number(denied.includes(path)),
    throttled: 0,
    failed: 0,
  }));
  return estate({
    resources,
    sources: new Set(['repo', 'docs', 'cloudflare']),
    coverage: [
      {
        source: 'cloudflare',
        scope: CLOUDFLARE_ACCOUNT,
        state: denied.length > 0 ? 'partial' : 'complete',
        operations,
      },
    ],
    ...rest,
  });
};

/** A check that fails. */
export const check = (id: string, parts: Partial<Check> = {}): Check => ({
  id,
  text: { fr: 'ce qui a été vu', en: 'what was seen' },
  result: 'fail',
  evidence: [read('ec2:DescribeInstances')],
  ...parts,
});

export const hop = (at: string, checks: Check[], parts: Partial<Hop> = {}): Hop => ({
  resource: at,
  role: 'server',
  status: 'verified',
  checks,
  ...parts,
});

export const path = (hops: Hop[], parts: Partial<Path> = {}): Path => ({
  url: 'https://quay.example/',
  hops,
  side: [],
  causes: [],
  ...parts,
});

/** An estate in which one URL passes one observed resource, of which these checks are. */
export function onPath(kind: Resource['kind'], name: string, ...checks: Check[]): Estate {
  const own = resource(kind, name, [fact('repo')], { status: 'verified', observed: [read('read')] });
  return estate({ resources: [own], paths: [path([hop(own.id, checks)])] });
}

/** What one rule finds in an estate. A rule that throws fails the test, and so does a text badly set. */
export function findings(rule: AnyRule, of: Estate): DraftFinding[] {
  const { drafts } = judge(of, [rule], (_, error) => {
    throw error;
  });
  for (const { title, message, remedy } of drafts)
    for (const text of [title, message, remedy]) {
      const wrong = misset(text);
      if (wrong) throw new Error(wrong);
    }
  return drafts;
}

/** Whether the rule has no answer for this estate. */
export const isUnknown = (rule: AnyRule, of: Estate): boolean => judge(of, [rule]).unknown.length > 0;

const FRENCH_FAULT = / [:;!?»]|« |[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]|[^\s\u00a0\u202f`0-9][;!?](\s|$)/;

/** What is wrong with the typography of a text, code left out; undefined when nothing is. */
export function misset(text: Text): string | undefined {
  const prose = (words: string) => words.replace(/`[^`]*`/g, '`').replace(/https?:\S+/g, '');
  if (FRENCH_FAULT.test(prose(text.fr))) return `French typography: ${text.fr}`;
  if (/!|\bplease\b/i.test(prose(text.en))) return `English: ${text.en}`;
  if (/undefined|NaN|\[object/.test(text.fr + text.en)) return `a hole in the text: ${text.en}`;
  if (!text.fr.trim() || !text.en.trim()) return 'an empty text';
  return undefined;
}

import type {
  MappingFile,
  Migration,
  OperationSigns,
  PracticeSighting,
  ScriptCopies,
  ScriptTraits,
} from './operations.ts';
import type { ProxyConfig } from './proxy.ts';
import type { ProgramSettings } from './settings.ts';
import type { UnitFile } from './unit-file.ts';
import type { WorkerCode } from './worker.ts';
import type { Run, ScriptRun } from './workflow.ts';
import type { HeaderFile, RedirectFile, WranglerConfig } from './wrangler.ts';

/**
 * What collectors read of files that is no resource of the estate but that rules judge: the shape of a workflow,
 * the stages of a Dockerfile, the claims of a document. Not part of the JSON report.
 */
export interface Artifacts {
  workflows: WorkflowSource[];
  actions: LocalAction[];
  scripts: ScriptRun[];
  scriptReferences: ScriptReference[];
  scriptCopies: ScriptCopies[];
  practices: PracticeSighting[];
  mappings: MappingFile[];
  dockerfiles: Dockerfile[];
  composeFiles: ComposeFile[];
  environmentFiles: EnvironmentFile[];
  documents: Document[];
  manifests: Manifest[];
  secrets: SecretSighting[];
  trackedIgnored: TrackedIgnored[];
  strayWorkflows: StrayWorkflow[];
  terraformStates: TerraformState[];
  wranglerConfigs: WranglerConfig[];
  headerFiles: HeaderFile[];
  redirectFiles: RedirectFile[];
  workers: WorkerCode[];
  scriptTraits: ScriptTraits[];
  operationSigns: OperationSigns[];
  migrations: Migration[];
  proxies: ProxyConfig[];
  unitFiles: UnitFile[];
  programs: ProgramSettings[];
}

export const noArtifacts = (): Artifacts => ({
  workflows: [],
  actions: [],
  scripts: [],
  scriptReferences: [],
  scriptCopies: [],
  practices: [],
  mappings: [],
  dockerfiles: [],
  composeFiles: [],
  environmentFiles: [],
  documents: [],
  manifests: [],
  secrets: [],
  trackedIgnored: [],
  strayWorkflows: [],
  terraformStates: [],
  wranglerConfigs: [],
  headerFiles: [],
  redirectFiles: [],
  workers: [],
  scriptTraits: [],
  operationSigns: [],
  migrations: [],
  proxies: [],
  unitFiles: [],
  programs: [],
});

/** A script of the repository that another file names. */
export interface ScriptReference {
  script: string;
  from: string;
  line: number;
}

/** A workflow as written, with what its rehearsal gave. */
export interface WorkflowSource {
  file: string;
  name: string;
  triggers: Trigger[];
  /** What `workflow_call` declares, where other workflows can call this one. */
  takes?: { inputs: Parameter[]; secrets: Parameter[] };
  /** `permissions:` at the top, as written; undefined when absent. */
  permissions?: { value: string | Record<string, string>; line: number };
  /** The line of `concurrency:` at the top. */
  concurrency?: number;
  jobs: JobSource[];
  runs: Run[];
  /** Keys and actions that GitHub itself would refuse, from its own parser. */
  errors: { line: number; message: string }[];
}

export interface Trigger {
  event: string;
  line: number;
  branches: string[];
  branchesIgnore: string[];
  tags: string[];
  paths: string[];
  pathsIgnore: string[];
  schedules: string[];
  /** Activity types (`opened`, `published`…). */
  types: string[];
}

/** An input or a secret that a workflow or an action declares. */
export interface Parameter {
  name: string;
  line: number;
  required: boolean;
  /** As written. */
  default?: string;
}

/** An action that stands in the repository, as written. */
export interface LocalAction {
  /** Its `action.yml`. */
  file: string;
  /** `composite`, `docker`, `node24`… */
  using: string;
  inputs: Parameter[];
  /** Of a composite action. */
  steps: StepSource[];
}

export interface JobSource {
  id: string;
  line: number;
  name?: string;
  condition?: string;
  environment?: string;
  needs: string[];
  permissions?: { value: string | Record<string, string>; line: number };
  concurrency?: number;
  /** A reusable workflow, as written. */
  uses?: { text: string; line: number };
  /** The inputs that a reusable workflow is given. */
  with?: { name: string; value: string; line: number }[];
  /** The names under which it is given secrets. */
  secrets?: 'inherit' | { name: string; line: number }[];
  continueOnError: boolean;
  steps: StepSource[];
}

export interface StepSource {
  /** Line of the step's first key. */
  line: number;
  name?: string;
  condition?: string;
  continueOnError: boolean;
  uses?: { text: string; line: number };
  with: Record<string, string>;
  /** The lines of `with`, for an action of the repository. */
  withLines?: Record<string, number>;
  /** The script as written, and the line of its first line. */
  run?: { text: string; line: number };
  shell?: string;
  environment: Record<string, string>;
}

/** A file that looks like a workflow and that GitHub never runs. */
export interface StrayWorkflow {
  file: string;
  line: number;
  why: 'misplaced' | 'extension' | 'not-a-mapping' | 'no-trigger' | 'no-jobs';
}

export interface Dockerfile {
  file: string;
  stages: DockerStage[];
}

export interface DockerStage {
  name?: string;
  line: number;
  /** The image after `FROM`, build arguments with defaults resolved; `scratch` or an earlier stage's name as written. */
  base: string;
  /** True when `base` names an earlier stage. */
  fromStage: boolean;
  user?: { name: string; line: number };
  /** `none` is `HEALTHCHECK NONE`. */
  healthcheck?: { command: string | 'none'; line: number };
  ports: { port: string; line: number }[];
  /** What the container would start: `CMD` or `ENTRYPOINT` as written. */
  start?: { text: string; line: number };
}

export interface ComposeFile {
  file: string;
  /** True for a copy renamed out of use (`*.OBSOLETE`, `*.bak`…). */
  retired: boolean;
  project: string;
  /** The file that it is merged over, where it cannot be started alone. */
  overrides?: string;
  services: ComposeService[];
  networks: ComposeNetwork[];
  volumes: ComposeVolume[];
  /**
   * Of one that is merged over another: what both start together, as Compose merges them. Lines are of this file: of what
   * the other one brings, the service's own.
   */
  merged?: Pick<ComposeFile, 'services' | 'networks' | 'volumes'>;
}

/** A network at the top of a compose file; `name` is what the engine calls it. Compose file reference, “networks”. */
export interface ComposeNetwork {
  key: string;
  name: string;
  line: number;
  isExternal: boolean;
  driver?: string;
  subnets: string[];
  isInternal: boolean;
}

export interface ComposeVolume {
  key: string;
  name: string;
  line: number;
  isExternal: boolean;
}

export interface ComposeService {
  name: string;
  line: number;
  image?: { reference: string; line: number };
  build?: { context: string; dockerfile?: string; line: number };
  ports: { published?: string; target: string; address?: string; line: number }[];
  healthcheck?: { disabled: boolean; line: number };
  user?: { name: string; line: number };
  privileged?: number;
  volumes: { source: string; target: string; line: number }[];
  networks: string[];
  /** Names under which it is found in a network, beside its own. */
  aliases: string[];
  /** `container_name`, its variables put in. */
  containerName?: string;
  /** `network_mode`: `host`, `none`, `service:…`. */
  networkMode?: string;
  /** `digest` as in model/host.ts: for comparisons within one run. */
  environment: {
    name: string;
    line: number;
    secret?: boolean;
    class?: ValueClass;
    digest?: string;
    shown?: string;
    /** The value is the default of a variable that the machine may set: another one there is no difference. */
    isDefault?: true;
  }[];
  environmentFiles: { path: string; line: number }[];
  dependsOn: string[];
  profiles: string[];
  restart?: string;
}

/** `reference`: the value names where the secret is kept. `empty`: nothing after the equals sign. */
export const VALUE_CLASSES = [
  'empty',
  'placeholder',
  'default',
  'weak',
  'strong',
  'reference',
  'plain',
] as const;
export type ValueClass = (typeof VALUE_CLASSES)[number];

export interface EnvironmentFile {
  file: string;
  /** An example to be copied (`.env.example`, `.env.sample`, `.env.template`…). */
  example: boolean;
  tracked: boolean;
  /** `digest` as in model/host.ts: for comparisons within one run. */
  variables: {
    name: string;
    line: number;
    secret: boolean;
    class: ValueClass;
    digest?: string;
    shown?: string;
  }[];
}

export interface Document {
  file: string;
  title: string;
  /** A date that the page itself states (`**Date:** 2025-12-30`, front matter), as YYYY-MM-DD. */
  date?: string;
  /** A past audit or report: its statements are dated claims. */
  report: boolean;
  headings: { depth: number; text: string; line: number }[];
  /** Paths of the repository that the page names as existing, relative to the root. */
  paths: { path: string; line: number; exists: boolean; kind: 'link' | 'code' }[];
  /** `- [x]` and `- [ ]` items, and `✅`/`❌` claims. */
  claims: { done: boolean; text: string; line: number }[];
  /** Values that a page states for a property of something it names. */
  statements: Statement[];
  /**
   * Subjects that the page treats (a heading or a command about it), by line. `text`: the words of that line, in lower
   * case and without accents, where a subject is of use only with what it is about (`limits`, `cost`).
   */
  topics: { topic: Topic; line: number; text?: string }[];
  /** Every name that the page writes, in lower case, whether or not it was understood. */
  names?: readonly string[];
}

/** `restore-test`, `backup-retention` and `rotation-frequency` are statements: of a dated test, of a duration, of a rhythm. */
export const TOPICS = [
  'rollback',
  'restore',
  'restore-test',
  'backup',
  'backup-retention',
  'secret-rotation',
  'rotation-frequency',
  'security',
  'deployment',
  'monitoring',
  'scaling',
  'cost',
  'limits',
  'feedback',
  'beta',
  'incident',
  'on-call',
  'continuous-integration',
  'local-development',
] as const;
export type Topic = (typeof TOPICS)[number];

/** “`api` listens on 8000”: comparable across pages. */
export interface Statement {
  subject: string;
  property: 'port' | 'region' | 'account' | 'url' | 'health-path' | 'cluster' | 'image';
  value: string;
  line: number;
  /** The environment that the page states it for, when it does. */
  environment?: string;
}

export interface Manifest {
  file: string;
  ecosystem: 'npm' | 'python' | 'go' | 'rust' | 'java' | 'ruby';
  packages: { name: string; version?: string; line: number; development: boolean }[];
}

/** A secret value found in a file: only where, which rule knows it, and a mask. The value is gone. */
export interface SecretSighting {
  file: string;
  line: number;
  /** The detector's own rule. */
  detector: string;
  title: string;
  masked: string;
  /** It stands in a test, a fixture or an example, where values are rarely in use. */
  example?: boolean;
}

export interface TrackedIgnored {
  file: string;
  /** The ignore file and line whose pattern matches. */
  ignoredBy: { file: string; line: number; pattern: string };
}

/** A state of Terraform or OpenTofu that lies in the audited folder: its lines are never shown. */
export interface TerraformState {
  file: string;
  tracked: boolean;
  /**
   * What its resources and outputs are worth, in the clear; `nothing` where it is empty or encrypted, `unknown` where
   * nobody could tell.
   */
  holds: 'values' | 'nothing' | 'unknown';
}

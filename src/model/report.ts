import { z } from 'zod';
import { VALUE_CLASSES } from './artifacts.ts';
import { COVERAGE_STATES } from './coverage.ts';
import { SOURCES } from './evidence.ts';
import { CERTAINTIES, NAME_STATUSES, VERBS } from './fact.ts';
import { CONFIDENCES, PRIORITIES, SEVERITIES } from './finding.ts';
import { HOST_ADDRESS, hostQuestion } from './host-question.ts';
import { ANSWERS } from './maturity.ts';
import { PATCH_ID } from './patch.ts';
import { CHECK_RESULTS } from './path.ts';
import { evidence, json, text, whatIf } from './report-parts.ts';
import { STATUSES } from './resource.ts';
import { RISKS, STEP_STATES } from './step.ts';
import { LANGUAGES } from './text.ts';
import { AUTHENTICATIONS } from './workflow.ts';

/** The JSON report's contract, `constat/audit@1`: field names are fixed, additions are allowed. */
export const SCHEMA_ID = 'constat/audit@1';

const coverage = z.object({
  source: z.enum(SOURCES),
  scope: z.string(),
  state: z.enum(COVERAGE_STATES),
  reason: text.optional(),
  operations: z.array(
    z.object({
      name: z.string(),
      calls: z.int().nonnegative(),
      denied: z.int().nonnegative(),
      throttled: z.int().nonnegative(),
      failed: z.int().nonnegative(),
      unavailable: z.int().positive().optional(),
      permission: z.string().optional(),
    }),
  ),
  unread: z
    .array(z.object({ file: z.string(), line: z.int().positive().optional(), why: text, asked: z.boolean() }))
    .optional(),
});

const resource = z.object({
  id: z.string(),
  kind: z.string().regex(/^(?:Host|\w+(::[\w ]+)+)$/),
  name: z.string(),
  scope: z.string().optional(),
  nameStatus: z.enum(NAME_STATUSES).optional(),
  provider: z.string(),
  account: z.string().optional(),
  region: z.string().optional(),
  system: z.string().optional(),
  environments: z.array(z.string()),
  status: z.enum(STATUSES),
  reason: text.optional(),
  declared: z.array(evidence),
  observed: z.array(evidence),
  properties: z.record(z.string(), json),
  drift: z.array(z.object({ path: z.string(), declared: json, observed: json })),
  lastChange: z.object({ event: z.string(), at: z.iso.datetime(), by: z.string().optional() }).optional(),
});

const call = z.object({
  tool: z.string(),
  operation: z.string(),
  arguments: z.record(z.string(), json),
  file: z.string().optional(),
  line: z.int().positive(),
  verb: z.enum(VERBS),
  certainty: z.enum(CERTAINTIES),
  remote: z.string().optional(),
  condition: z.string().optional(),
  prediction: z.enum(['ok', 'fails', 'unknown']).optional(),
  why: text.optional(),
});

const workflow = z.object({
  file: z.string(),
  name: z.string(),
  triggers: z.array(z.string()),
  runs: z.array(
    z.object({
      job: z.string(),
      events: z.array(z.string()),
      inputs: z.record(z.string(), json),
      matrix: z.record(z.string(), json).optional(),
      chain: z.array(z.string()).optional(),
      environment: z.string().optional(),
      url: z.string().optional(),
      auth: z.enum(AUTHENTICATIONS),
      role: z.string().optional(),
      secrets: z.array(z.string()),
      calls: z.array(call),
      notes: z.array(z.string()).optional(),
    }),
  ),
});

const component = z.object({
  system: z.string(),
  environment: z.string(),
  blueprint: z.string(),
  component: z.string(),
  resource: z.string().optional(),
  status: z.enum([...STATUSES, 'undefined']),
  note: text,
});

const certainty = z.enum(['established', 'probable']);
const check = z.object({
  id: z.string(),
  text,
  result: z.enum(CHECK_RESULTS),
  evidence: z.array(evidence),
  resources: z.array(z.string()).optional(),
  /** Of `unknown`: what would have to be allowed. */
  permission: z.string().optional(),
  certainty: certainty.optional(),
});
const path = z.object({
  url: z.string(),
  hops: z.array(
    z.object({
      resource: z.string(),
      role: z.string(),
      status: z.enum(STATUSES),
      from: z.string().optional(),
      /** How the request comes to it. */
      request: z
        .object({ scheme: z.string(), host: z.string(), port: z.int().nonnegative(), path: z.string() })
        .optional(),
      checks: z.array(check),
    }),
  ),
  side: z.array(
    z.object({
      resource: z.string().optional(),
      role: z.string(),
      /** The hop that needs it. */
      of: z.string(),
      checks: z.array(check),
    }),
  ),
  causes: z.array(
    z.object({
      title: text,
      chain: z.array(text),
      hops: z.array(z.string()),
      checks: z.array(z.string()),
      /** What else follows from the root, by the id of the check and where it stands. */
      beside: z.array(z.object({ check: z.string(), hop: z.string() })).optional(),
      certainty,
    }),
  ),
});

const answer = z.object({
  answer: z.enum(ANSWERS),
  /** What was seen, in one sentence: the “existing” of the table. */
  note: text,
  evidence: z.array(evidence),
});
const maturity = z.object({
  domain: z.string(),
  title: text,
  questions: z.array(
    answer.extend({
      id: z.string(),
      text,
      weight: z.int().positive(),
      /** A person answered, in `constat.yaml`. */
      human: z.object({ by: z.string(), on: z.iso.date() }).optional(),
      /** What the facts say, where a person says otherwise. */
      facts: answer.optional(),
      /** The gap that the answer opened, or the findings of rules that are this gap. */
      gaps: z.array(z.string()),
    }),
  ),
  target: text,
  /** Every gap of its questions, each once. */
  gaps: z.array(z.string()),
  /** 0 to 100: yes is 1, partial a half, by weight, of the questions that were answered; absent where none was. */
  score: z.int().min(0).max(100).optional(),
});

const finding = z.object({
  gap: z.string(),
  fingerprint: z.string(),
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  confidence: z.enum(CONFIDENCES),
  priority: z.enum(PRIORITIES),
  phase: z.string().optional(),
  title: text,
  message: text,
  remedy: text,
  systems: z.array(z.string()),
  environments: z.array(z.string()),
  resources: z.array(z.string()),
  evidence: z.array(evidence).min(1),
  steps: z.array(z.string()),
  /** The id is that of another audit, which is named. */
  known: z.object({ from: z.string().optional() }).optional(),
  muted: z.object({ owner: z.string(), reason: z.string(), until: z.string().optional() }).optional(),
});

const awsRead = z.object({
  service: z.string(),
  operation: z.string(),
  region: z.string().optional(),
  input: z.record(z.string(), json),
  /** JMESPath over the answer. */
  query: z.string(),
});
const awsWrite = z.object({
  service: z.string(),
  operation: z.string(),
  region: z.string().optional(),
  input: z.record(z.string(), json),
  finds: z.record(z.string(), awsRead).optional(),
  edit: z
    .object({
      read: awsRead,
      as: z.string().optional(),
      set: z.array(z.object({ path: z.string(), value: json })),
      remove: z.array(z.string()).optional(),
    })
    .optional(),
});
const within = z.number().nonnegative().optional();
const proofCheck = z.discriminatedUnion('type', [
  z.object({ type: z.literal('aws'), read: awsRead, equals: json, within }),
  z.object({
    type: z.literal('http'),
    url: z.string(),
    method: z.enum(['GET', 'HEAD']).optional(),
    connectTo: z.string().optional(),
    status: z.array(z.int()),
    location: z.string().optional(),
    within,
  }),
  z.object({
    type: z.literal('host'),
    host: z.string().regex(HOST_ADDRESS, 'the address of a host'),
    question: hostQuestion,
    equals: z.array(z.string()),
    within,
  }),
  z.object({
    type: z.literal('dns'),
    name: z.string(),
    record: z.enum(['A', 'AAAA', 'CNAME']),
    includes: z.string().optional(),
    within,
  }),
  z.object({
    type: z.literal('tls'),
    host: z.string(),
    port: z.int(),
    connectTo: z.string().optional(),
    within,
  }),
]);

const step = z.object({
  id: z.string(),
  title: text,
  reason: text,
  risk: z.enum(RISKS),
  cost: text.optional(),
  duration: text.optional(),
  after: z.array(z.string()),
  findings: z.array(z.string()),
  command: z.string(),
  needs: z.array(text).optional(),
  state: z.enum(STEP_STATES),
  before: z.record(z.string(), json).optional(),
  rollback: z.object({ command: z.string() }).optional(),
  irreversible: text.optional(),
  proofs: z.array(z.string()),
  /** What `constat apply` sends, with the state that each write changes. */
  changes: z.array(
    z.object({
      write: awsWrite,
      state: awsRead,
      before: json.optional(),
      after: json,
      undo: awsWrite.optional(),
    }),
  ),
});

/** A check with an expected result that can be run; here, the command that would establish a status. */
const proof = z.object({
  id: z.string(),
  title: text,
  command: z.string(),
  expected: text,
  /** What the command would establish. */
  resources: z.array(z.string()).optional(),
  /** What `constat prove` runs. */
  check: proofCheck.optional(),
  result: z.enum(CHECK_RESULTS).optional(),
});

/** A change of files that closes gaps; the id is also a file's name (`patches/<id>.patch`), so it holds no path. */
const patch = z.object({
  id: z.string().regex(PATCH_ID),
  title: text,
  findings: z.array(z.string()),
  files: z.array(z.string()),
  /** A unified diff that `git apply` takes at the root of the repository. */
  diff: z.string(),
  note: text.optional(),
});

const count = z.int().nonnegative();
const summary = z.object({
  statuses: z.record(z.enum(STATUSES), count),
  severities: z.record(z.enum(SEVERITIES), count),
  priorities: z.record(z.enum(PRIORITIES), count),
  muted: count.optional(),
  /** Rules that could not answer, and why. */
  unknown: z.array(z.object({ rule: z.string(), subjects: count, because: text })).optional(),
  strengths: z.array(z.object({ text, evidence: z.array(evidence) })),
  next: z.array(z.object({ horizon: z.enum(['now', 'soon', 'later']), text, gaps: z.array(z.string()) })),
  /** Of an audit with a profile: the gaps of priority P1. */
  critical: z.array(z.object({ text, gap: z.string() })).optional(),
  /** Every gap that is not muted, by phase in their order. */
  phases: z.array(z.object({ title: z.string(), gaps: z.array(z.string()) })).optional(),
});

export const reportSchema = z.object({
  schema: z.literal(SCHEMA_ID),
  audit: z.object({
    id: z.string(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
    lang: z.enum(LANGUAGES),
    tool: z.object({ name: z.literal('constat'), version: z.string() }),
    estate: z.object({ name: z.string(), path: z.string(), commit: z.string().optional() }),
    /** What was asked for: with it the same audit can be taken again. */
    asked: z
      .object({ repository: z.boolean(), urls: z.array(z.string()), regions: z.array(z.string()) })
      .optional(),
    /** The domains of questions that were asked: `devops`. */
    profile: z.string().optional(),
  }),
  systems: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      environments: z.array(z.string()),
      workflows: z.array(z.string()),
    }),
  ),
  coverage: z.array(coverage),
  resources: z.array(resource),
  relations: z.array(
    z.object({ from: z.string(), to: z.string(), type: z.string(), evidence: z.array(evidence) }),
  ),
  workflows: z.array(workflow),
  components: z.array(component),
  paths: z.array(path),
  maturity: z.array(maturity),
  findings: z.array(finding),
  /** Gaps that an earlier audit opened and that are there no more, by the day on which they were no longer found. */
  closed: z
    .array(z.object({ gap: z.string(), rule: z.string(), title: text, closed: z.iso.date() }))
    .optional(),
  plan: z.object({ steps: z.array(step) }),
  proofs: z.array(proof),
  /** Changes of the repository's files, never applied unasked; absent where there is none. */
  patches: z.array(patch).optional(),
  /** Absent where no host was read. */
  whatIf: z.array(whatIf).optional(),
  summary,
  /** Names and class of each value of dotenv files, never a value. */
  environmentFiles: z
    .array(
      z.object({
        file: z.string(),
        example: z.boolean(),
        variables: z.array(z.object({ name: z.string(), secret: z.boolean(), class: z.enum(VALUE_CLASSES) })),
      }),
    )
    .optional(),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportProof = Report['proofs'][number];

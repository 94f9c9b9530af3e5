import { environmentOf, environmentsOf, sortEnvironments } from '#lib/environments.ts';
import { isUnknown, knownPart } from '#lib/symbolic.ts';
import type { WorkflowSource } from '#model/artifacts.ts';
import type { Fact, Kind, RelationFact } from '#model/fact.ts';
import type { Run } from '#model/workflow.ts';
import { readAwsName } from '../tools/aws/names.ts';
import { evidenceAt, placeOf } from './call-facts.ts';
import { isPlausible } from './plausible.ts';
import { environmentsOfRun, jobAt } from './run-context.ts';
import type { SourceLines } from './source-lines.ts';

const base = (file: string) => file.split('/').at(-1) ?? file;

/** How a workflow relates to what its runs name. */
function relationType(fact: Fact): string {
  if (fact.kind === 'AWS::IAM::Role') return 'assumes';
  if (fact.kind === 'GitHub::Environment') return 'deploys-to';
  if (fact.kind === 'GitHub::Actions::Secret' || fact.kind === 'GitHub::Actions::Variable') return 'reads';
  if (fact.verb === 'deletes') return 'deletes';
  if (fact.verb === 'uses' || fact.verb === undefined) return 'uses';
  if (fact.kind === 'AWS::ECR::Repository' || fact.kind === 'AWS::ECR::PublicRepository') return 'pushes-to';
  if (fact.kind === 'Docker::Image') return fact.verb === 'creates' ? 'pushes' : 'uses';
  return 'deploys';
}

/** The workflow itself, related to all that its runs name. */
export function workflowFact(workflow: WorkflowSource, named: readonly Fact[], lines: SourceLines): Fact {
  const { file, name, triggers, runs } = workflow;
  const nameLine = lines.of(file).findIndex((line) => /^name\s*:/.test(line)) + 1;
  const relations = named.map(
    (fact): RelationFact => ({
      type: relationType(fact),
      to: { kind: fact.kind, name: fact.name, ...(fact.scope !== undefined && { scope: fact.scope }) },
    }),
  );
  const own = [
    ...new Map(
      relations.map((one) => [`${one.type} ${one.to.kind} ${one.to.scope ?? ''} ${one.to.name}`, one]),
    ).values(),
  ];
  return {
    kind: 'GitHub::Actions::Workflow',
    name: base(file),
    source: 'repo',
    sort: 'declared',
    nameStatus: 'literal',
    evidence: evidenceAt(lines, file, nameLine || 1),
    environments: sortEnvironments(runs.flatMap((run) => environmentsOfRun(run, workflow, lines))),
    verb: 'creates',
    certainty: 'static',
    through: file,
    properties: { name, triggers: [...new Set(triggers.map((trigger) => trigger.event))].sort(), file },
    ...(own.length > 0 && { relations: own }),
  };
}

/** The line on which a run's files read `secrets.X` or `vars.X`; in the job itself where it stands there. */
function readAt(
  expression: RegExp,
  piece: string,
  run: Run,
  files: readonly string[],
  workflows: ReadonlyMap<string, WorkflowSource>,
  lines: SourceLines,
) {
  let first: { file: string; line: number } | undefined;
  for (const file of files)
    for (const line of lines.holding(file, piece)) {
      if (!expression.test(lines.of(file)[line - 1] ?? '')) continue;
      first ??= { file, line };
      const source = workflows.get(file);
      if (source && jobAt(source, line, lines.of(file).length)?.job.id === run.job) return { file, line };
    }
  return first;
}

/** What a run names outside its calls: the role it takes, the environment it deploys to, the secrets and variables it reads. */
export function runFacts(
  run: Run,
  workflow: WorkflowSource,
  workflows: ReadonlyMap<string, WorkflowSource>,
  lines: SourceLines,
): Fact[] {
  const environments = environmentsOfRun(run, workflow, lines);
  const files = [...new Set([...run.chain, workflow.file, ...run.calls.flatMap((call) => call.file ?? [])])];
  const shared = {
    source: 'repo',
    sort: 'declared',
    environments,
    verb: 'uses',
    certainty: 'static',
    through: workflow.file,
  } as const;
  const facts: Fact[] = [];

  const roles = new Map(
    run.credentials.flatMap(({ role, file, line }) => (role ? [[role, { file, line }] as const] : [])),
  );
  if (run.role && !roles.has(run.role)) roles.set(run.role, { file: workflow.file, line: 1 });
  for (const [text, at] of roles) {
    const read = text.startsWith('arn:') ? readAwsName('AWS::IAM::Role', text) : undefined;
    if (!read || isUnknown(read.name) || !isPlausible('AWS::IAM::Role', read.name)) continue;
    const named = { kind: 'AWS::IAM::Role', ...read } as const;
    facts.push({ ...shared, ...named, verb: 'requires', ...placeOf(named, { files, at }, lines) });
  }

  if (
    run.environment !== undefined &&
    !isUnknown(run.environment) &&
    isPlausible('GitHub::Environment', run.environment)
  ) {
    const file = run.chain.at(-1) ?? workflow.file;
    const source = workflows.get(file);
    const line = source?.jobs.find((one) => one.id === run.job)?.line;
    const job = source && line !== undefined ? jobAt(source, line, lines.of(file).length) : undefined;
    const named = { kind: 'GitHub::Environment', name: run.environment } as const;
    const key = job && lines.holding(file, 'environment:').find((one) => one >= job.from && one <= job.to);
    const at = { file, line: key ?? line ?? 1 };
    const word = environmentOf(knownPart(run.environment));
    facts.push({
      ...shared,
      ...named,
      verb: 'requires',
      environments: word ? [word] : environmentsOf(knownPart(run.environment)),
      ...placeOf(
        named,
        {
          files: [...new Set([...run.chain, file])],
          at,
          ...(job && { job: { file, from: job.from, to: job.to, head: job.head } }),
        },
        lines,
      ),
      ...(run.url !== undefined && !isUnknown(run.url) && { properties: { url: run.url } }),
    });
  }

  const read = (kind: Kind, names: readonly string[], context: 'secrets' | 'vars') => {
    for (const name of names) {
      if (!isPlausible(kind, name) || /^github_token$/i.test(name)) continue;
      const expression = new RegExp(`\\b${context}(?:\\.|\\[\\s*['"])${name}\\b`, 'i');
      const at = readAt(expression, name, run, files, workflows, lines);
      if (at)
        facts.push({
          ...shared,
          kind,
          name,
          nameStatus: 'literal',
          evidence: evidenceAt(lines, at.file, at.line),
        });
    }
  };
  read('GitHub::Actions::Secret', run.secrets, 'secrets');
  read('GitHub::Actions::Variable', run.variables, 'vars');
  return facts;
}

import type { Estate } from '#model/estate.ts';
import type { Evidence } from '#model/evidence.ts';
import type { Finding } from '#model/finding.ts';
import type { Answer, Domain, MaturityView, Profile, Question } from '#model/maturity.ts';

/** A finding of a rule, as questions refer to it. */
export type RuleFinding = Pick<Finding, 'fingerprint' | 'rule' | 'title' | 'evidence'>;

/** What questions are answered from, with what a team's own questions ask of. */
export interface AuditView extends MaturityView {
  /** Of rules, in the order of the report. */
  findings: readonly RuleFinding[];
  /** The JSON report as users see it, without what is being answered. Made when it is first asked for. */
  report(): unknown;
}

/** A question of a target: one of Constat's, or a team's own. */
export interface TargetQuestion extends Omit<Question, 'answer'> {
  answer(view: AuditView): Answer;
  /** Where the target's file asks it. */
  line?: number;
}

/** What an audit asks: the domains with their questions, weights and severities. */
export interface Target {
  profile: Profile;
  /** The file that says so; undefined for the target that comes with Constat. */
  file?: string;
  domains: readonly (Omit<Domain, 'questions'> & { questions: readonly TargetQuestion[] })[];
}

/** What shows how something is used, and what tests run: none of it is put into service. */
const ASIDE =
  /(?:^|\/)(?:examples?|samples?|e2e|fixtures?|__fixtures__|testdata|test-?apps?|playgrounds?|create-[\w-]+\/templates?)\//i;
const isOwn = ({ file }: { file: string }): boolean => !ASIDE.test(file);

/** The estate without the configuration, the packages and the code of examples and tests: questions are asked of what runs. */
function withoutExamples(estate: Estate): Estate {
  const { artifacts } = estate;
  const { wranglerConfigs, manifests, environmentFiles, migrations, composeFiles } = artifacts;
  const workers = artifacts.workers.filter(({ entry }) => isOwn({ file: entry }));
  const named = [wranglerConfigs, manifests, environmentFiles, migrations, composeFiles].flat();
  if (named.every(isOwn) && workers.length === artifacts.workers.length) return estate;
  const isShown = ({ declared, observed }: Estate['resources'][number]): boolean =>
    observed.length > 0 || declared.length === 0 || !declared.every((one) => 'file' in one && !isOwn(one));
  const resources = estate.resources.filter(isShown);
  const ids = new Set(resources.map(({ id }) => id));
  return {
    ...estate,
    resources,
    components: estate.components.filter(({ resource }) => resource === undefined || ids.has(resource)),
    artifacts: {
      ...artifacts,
      wranglerConfigs: wranglerConfigs.filter(isOwn),
      manifests: manifests.filter(isOwn),
      environmentFiles: environmentFiles.filter(isOwn),
      workers,
      migrations: migrations.filter(isOwn),
      composeFiles: composeFiles.filter(isOwn),
    },
  };
}

/** A view of an estate that was judged. */
export function viewOf(
  estate: Estate,
  findings: readonly RuleFinding[],
  judged: ReadonlySet<string>,
  report: () => unknown,
): AuditView {
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  let made: { report: unknown } | undefined;
  return {
    estate: withoutExamples(estate),
    findings,
    findingsOf: (rule) => byRule.get(rule) ?? [],
    wasJudged: (rule) => judged.has(rule),
    report() {
      made ??= { report: report() };
      return made.report;
    },
  };
}

const at = (file: string, line = 1): Evidence => ({ source: 'repo', file, line });

/**
 * What stands for an absence where an answer names no place: the file beside which the thing would be. What deploys first
 * (Wrangler's configuration, a workflow that calls something), since most of what is lacking is its counterpart; then
 * what describes the estate; else the first file. Undefined where no file was read: then nothing can be said to be absent.
 */
export function besideWhich({ artifacts, files }: Estate): Evidence | undefined {
  const [config] = artifacts.wranglerConfigs;
  if (config) return at(config.file);
  const deploying = artifacts.workflows.find(({ runs }) =>
    runs.some(({ calls }) => calls.some(({ verb }) => verb === 'creates' || verb === 'requires')),
  );
  const workflow = deploying ?? artifacts.workflows[0];
  if (workflow) return at(workflow.file, workflow.triggers[0]?.line);
  const page = artifacts.documents.find(({ file, report }) => !report && !file.includes('/'));
  if (page) return { source: 'docs', file: page.file, line: 1 };
  const [built] = [...artifacts.manifests, ...artifacts.dockerfiles, ...artifacts.composeFiles];
  if (built) return at(built.file);
  const [first] = [...files].sort();
  return first === undefined ? undefined : at(first);
}

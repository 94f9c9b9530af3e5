import type { WorkflowSource } from '#model/artifacts.ts';
import type { Audit } from '#model/audit.ts';
import { type Finding, PRIORITIES, SEVERITIES } from '#model/finding.ts';
import type { Check, Path } from '#model/path.ts';
import type { Report } from '#model/report.ts';
import { STATUSES } from '#model/resource.ts';
import type { WhatIf } from '#model/what-if.ts';

/** How many of each value, every value of the vocabulary included. */
function tally<K extends string>(keys: readonly K[], values: readonly K[]): Record<K, number> {
  const counts = new Map<K, number>(keys.map((key) => [key, 0]));
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts) as Record<K, number>;
}

const HORIZONS = ['now', 'soon', 'later'] as const;

/** When a finding is to be mended: by its phase where the audit has phases, the first being now, else by its priority. */
function horizonOf({ phase, priority }: Finding, phases: Audit['phases']): (typeof HORIZONS)[number] {
  const at = phases ? phases.findIndex(({ title }) => title === phase) : PRIORITIES.indexOf(priority);
  // what no phase takes is nobody's yet
  return (at === -1 ? undefined : HORIZONS[at]) ?? 'later';
}

/** Remedies grouped by rule and horizon, nearest first: what to do next. */
function nextSteps(findings: readonly Finding[], phases: Audit['phases']): Report['summary']['next'] {
  const groups = new Map<string, Report['summary']['next'][number]>();
  for (const finding of findings) {
    const horizon = horizonOf(finding, phases);
    const key = `${horizon}\n${finding.rule}`;
    const group = groups.get(key);
    if (group) group.gaps.push(finding.gap);
    else groups.set(key, { horizon, text: finding.remedy, gaps: [finding.gap] });
  }
  return [...groups.values()].sort((a, b) => HORIZONS.indexOf(a.horizon) - HORIZONS.indexOf(b.horizon));
}

function workflowOf(source: WorkflowSource): Report['workflows'][number] {
  return {
    file: source.file,
    name: source.name,
    triggers: source.triggers.map((trigger) => trigger.event),
    runs: source.runs.map(({ credentials: _credentials, variables: _variables, ...run }) => run),
  };
}

function checkOf({
  refusal,
  values: _values,
  ...check
}: Check): Report['paths'][number]['hops'][number]['checks'][number] {
  return { ...check, ...(refusal?.permission !== undefined && { permission: refusal.permission }) };
}

function pathOf({ url, hops, side, causes }: Path): Report['paths'][number] {
  return {
    url,
    hops: hops.map((hop) => ({ ...hop, checks: hop.checks.map(checkOf) })),
    side: side.map((one) => ({ ...one, checks: one.checks.map(checkOf) })),
    causes: causes.map((cause) => ({ ...cause })),
  };
}

/** What would happen, as the report has it: what a remedy needs to know stays out. */
export const whatIfOf = ({ effects, unknown, ...whatIf }: WhatIf): NonNullable<Report['whatIf']>[number] => ({
  ...whatIf,
  effects: effects.map(({ values: _values, ...effect }) => effect),
  unknown: unknown.map((one) => one.text),
});

/** The JSON report of an audit, to the contract `constat/audit@1`. */
export function reportOf(audit: Audit): Report {
  const { estate } = audit;
  const active = audit.findings.filter((finding) => !finding.muted);
  return {
    schema: 'constat/audit@1',
    audit: {
      id: audit.id,
      startedAt: audit.startedAt,
      finishedAt: audit.finishedAt,
      lang: audit.lang,
      tool: { name: 'constat', version: audit.version },
      estate: {
        name: estate.name,
        path: audit.path,
        ...(audit.commit !== undefined && { commit: audit.commit }),
      },
      ...(audit.asked.regions.length + audit.asked.urls.length > 0 && {
        asked: { ...audit.asked, urls: [...audit.asked.urls], regions: [...audit.asked.regions] },
      }),
      ...(audit.maturity && { profile: audit.maturity.profile }),
    },
    systems: estate.systems.map((system) => ({ ...system })),
    coverage: estate.coverage.map((coverage) => ({ ...coverage })),
    resources: estate.resources.map(({ facts: _facts, key: _key, ...resource }) => resource),
    relations: estate.relations.map((relation) => ({ ...relation })),
    workflows: estate.artifacts.workflows.map(workflowOf),
    components: estate.components.map((component) => ({ ...component })),
    paths: estate.paths.map(pathOf),
    maturity: (audit.maturity?.domains ?? []).map((domain) => ({ ...domain })),
    findings: audit.findings.map(({ values: _values, ...finding }) => finding),
    ...(audit.closed?.length && { closed: audit.closed.map((gap) => ({ ...gap })) }),
    plan: { steps: audit.steps.map((step) => ({ ...step })) },
    proofs: audit.proofs,
    ...(audit.patches?.length && { patches: audit.patches.map((patch) => ({ ...patch })) }),
    ...(estate.whatIfs.length > 0 && { whatIf: estate.whatIfs.map(whatIfOf) }),
    summary: {
      statuses: tally(
        STATUSES,
        // what the provider makes in every account is no news
        estate.resources.flatMap(({ status, properties }) => (properties.builtIn === true ? [] : [status])),
      ),
      severities: tally(
        SEVERITIES,
        active.map((finding) => finding.severity),
      ),
      priorities: tally(
        PRIORITIES,
        active.map((finding) => finding.priority),
      ),
      muted: audit.findings.length - active.length,
      unknown: audit.unknown,
      strengths: audit.strengths,
      next: nextSteps(active, audit.phases),
      ...(audit.maturity && {
        critical: active
          .filter(({ priority }) => priority === 'P1')
          .map(({ title, gap }) => ({ text: title, gap })),
      }),
      ...(audit.phases && { phases: audit.phases.map((phase) => ({ ...phase })) }),
    },
    environmentFiles: estate.artifacts.environmentFiles.map(({ file, example, variables }) => ({
      file,
      example,
      variables: variables.map(({ name, secret, class: valueClass }) => ({
        name,
        secret,
        class: valueClass,
      })),
    })),
  };
}

/** How long a piece of the text is before it is given, in characters: a piece for each item would be a write for each. */
const PIECE = 1 << 20;

/**
 * The report as text, in pieces: two spaces, one line end at the end. The bytes are those of `JSON.stringify`, which
 * would hold the report of a large account twice more in memory.
 */
export function* renderJson(report: Report): Generator<string> {
  let piece = '{';
  let comma = '';
  for (const [name, value] of Object.entries(report)) {
    if (value === undefined) continue;
    piece += `${comma}\n  ${JSON.stringify(name)}: `;
    comma = ',';
    if (!Array.isArray(value) || value.length === 0) {
      piece += indented(value, '  ');
      continue;
    }
    let before = '[';
    for (const item of value) {
      piece += `${before}\n    ${indented(item, '    ')}`;
      before = ',';
      if (piece.length < PIECE) continue;
      yield piece;
      piece = '';
    }
    piece += '\n  ]';
  }
  yield `${piece}\n}\n`;
}

/** A value as it stands deeper in a text; in JSON a line end is never part of a string. */
const indented = (value: unknown, indent: string): string =>
  JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);

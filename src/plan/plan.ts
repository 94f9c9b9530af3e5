import type { Artifacts } from '#model/artifacts.ts';
import type { Finding } from '#model/finding.ts';
import type { HostState } from '#model/host.ts';
import type { Check, Hop, Path, Side } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import type { DraftProof, DraftStep, Drafts } from './draft.ts';
import { needOf } from './needs.ts';
import { type Mending, merged, ordered, refuseConflicts } from './order.ts';
import { patchStep, type SavedPatch } from './patch-step.ts';
import { pathProofs } from './path-proofs.ts';
import { type Claims, Problem } from './problem.ts';
import { remedies } from './remedies/all.ts';
import type { Remedy } from './remedy.ts';

/** What a plan is made of. */
export interface PlanInput {
  /** Changes of the repository's files: each is a step for a person too. */
  patches?: readonly SavedPatch[];
  findings: readonly Finding[];
  paths: readonly Path[];
  resources: readonly Resource[];
  /** What was read of the repository's files. */
  artifacts?: Artifacts;
  /** The hosts that were read. */
  hosts?: readonly HostState[];
}

const rank = new Map(remedies.flatMap((remedy, index) => remedy.for.map((id) => [id, index] as const)));
const byProblem: ReadonlyMap<string, Remedy> = new Map(
  remedies.flatMap((remedy) => remedy.for.map((id) => [id, remedy] as const)),
);

/**
 * The steps that mend what is wrong, in the order in which they can be taken, before the estate is read for them. What is
 * muted is accepted, and not mended.
 * @throws PlanError where steps wait for each other or contradict each other
 */
export function draftsOf(input: PlanInput): Drafts {
  const problems = problemsOf(input).sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
  const mendings = merged(problems.flatMap(mendingsOf));
  refuseConflicts(mendings);
  const ofPatches = (input.patches ?? []).map((patch) => ({
    step: patchStep(patch),
    findings: patch.findings,
  }));
  const steps = ordered([...mendings, ...ofPatches]).map(({ mending: { step, findings }, after }, index) => ({
    ...step,
    id: idOf(index),
    after: after.map(idOf),
    findings: [...findings].sort(),
  }));
  const proofs: DraftProof[] = input.paths.flatMap(pathProofs);
  return { steps, proofs };
}

const idOf = (index: number): string => `S-${String(index + 1).padStart(2, '0')}`;

function mendingsOf(problem: Problem): Mending[] {
  const steps = byProblem.get(problem.id)?.plan(problem) ?? [];
  return steps.map((step) => ({ step: withNeeds(step, problem), findings: [...problem.gaps] }));
}

/** A step with a value that nobody knows sends nothing and proves nothing: it says what to find. */
function withNeeds(step: DraftStep, { absent }: Problem): DraftStep {
  if (absent.size === 0) return step;
  const { suggestion: _suggestion, hand: _hand, ...rest } = step;
  return { ...rest, changes: [], proofs: [], needs: [...(step.needs ?? []), ...[...absent].map(needOf)] };
}

function problemsOf({ findings, paths, resources, artifacts, hosts = [] }: PlanInput): Problem[] {
  const known = new Map(resources.map((resource) => [resource.id, resource]));
  const claims: Claims = new Map();
  const own = new Set(paths.flatMap(checksOf).map(({ check }) => check.id));
  const ofPaths = paths.flatMap((path) =>
    checksOf(path).flatMap(({ check, place, request }) => {
      if (check.result !== 'fail' || !byProblem.has(check.id)) return [];
      const ids = new Set([...(place === undefined ? [] : [place]), ...(check.resources ?? [])]);
      const made = findings.filter(
        (finding) => finding.rule === check.id && finding.resources.some((id) => ids.has(id)),
      );
      if (made.length > 0 && made.every(({ muted }) => muted)) return [];
      const resource = place === undefined ? undefined : known.get(place);
      return new Problem({
        id: check.id,
        check,
        ...(resource && { resource }),
        ...(request && { request }),
        url: path.url,
        gaps: [...made, ...explained(path, check, place, findings)]
          .filter(({ muted }) => !muted)
          .map(({ gap }) => gap),
        resources: known,
        hosts,
        claims,
      });
    }),
  );
  const ofRules = findings.flatMap((finding) => {
    if (finding.muted || own.has(finding.rule) || !byProblem.has(finding.rule)) return [];
    const resource = known.get(finding.resources[0] ?? '');
    const parts = { id: finding.rule, finding, gaps: [finding.gap], resources: known, hosts, claims };
    return new Problem({ ...parts, ...(resource && { resource }), ...(artifacts && { artifacts }) });
  });
  return [...ofPaths, ...ofRules];
}

/** Findings of the failures that one is established to be at the root of: to mend it is to mend them. */
function explained(
  { causes }: Path,
  check: Check,
  place: string | undefined,
  findings: readonly Finding[],
): Finding[] {
  const own = causes.filter(
    ({ checks, hops, certainty }) =>
      certainty === 'established' && checks[0] === check.id && hops[0] === place,
  );
  return own.flatMap(({ checks, hops, beside = [] }) => {
    const links = [...checks.map((id, index) => ({ check: id, hop: hops[index] ?? '' })).slice(1), ...beside];
    return findings.filter(({ rule, resources }) =>
      links.some((link) => link.check === rule && resources.includes(link.hop)),
    );
  });
}

interface Placed {
  check: Check;
  place: string | undefined;
  request: Hop['request'];
}

/** The checks of a path from its first hop on, each hop's before those of what it needs. */
function checksOf({ hops, side }: Path): Placed[] {
  const of = ({ checks }: Hop | Side, place: string | undefined, request: Hop['request']): Placed[] =>
    checks.map((check) => ({ check, place, request }));
  return [
    ...hops.flatMap((hop) => [
      ...of(hop, hop.resource, hop.request),
      ...side
        .filter((one) => one.of === hop.resource)
        .flatMap((one) => of(one, one.resource ?? one.of, hop.request)),
    ]),
    ...side
      .filter((one) => !hops.some(({ resource }) => resource === one.of))
      .flatMap((one) => of(one, one.resource ?? one.of, undefined)),
  ];
}

import path from 'node:path';
import { environmentsOf } from '#lib/environments.ts';
import { maskSecrets } from '#lib/mask.ts';
import { hasSymbol, isUnknown, knownPart } from '#lib/symbolic.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Fact, FactSort, Kind, NameStatus } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Call } from '#model/workflow.ts';
import { toolFor } from '../tools/all.ts';
import { wordOf } from '../tools/aws/verbs.ts';
import { parsedCall } from '../tools/parsed-call.ts';
import type { Named } from '../tools/tool.ts';
import { locate, type Search } from './locate.ts';
import { isPlausible } from './plausible.ts';
import type { SourceLines } from './source-lines.ts';

/** What is the same for every call of a run or script. */
export interface CallContext {
  lines: SourceLines;
  /** Files in which names may be written, the caller's first. */
  files: readonly string[];
  job?: Search['job'];
  /** The workflow or script in whose name the calls are made. */
  through: string;
  environments: readonly string[];
  region?: string;
  account?: string;
  /** It runs on the machine that it sets up, not on a runner that is thrown away. */
  onHost: boolean;
  sort: FactSort;
}

const ON_A_HOST: ReadonlySet<Kind> = new Set<Kind>([
  'Docker::Container',
  'Docker::Network',
  'Docker::Volume',
  'Systemd::Unit',
]);

/** The texts under which a name may be written, the whole first. */
function spellings({ kind, name, properties }: Named): string[] {
  if (kind === 'Docker::Image') {
    const repository = properties?.repository;
    return [
      name,
      ...(typeof repository === 'string' ? [repository, repository.split('/').at(-1) ?? ''] : []),
    ];
  }
  if (kind === 'AWS::ECR::Repository') return [name, name.split('/').at(-1) ?? ''];
  if (kind === 'Systemd::Unit') return [name, name.replace(/\.service$/, '')];
  if (kind === 'Cloudflare::Workers::Secret') return [name.split('/').at(-1) ?? name];
  if (kind === 'AWS::ElasticLoadBalancingV2::Listener') return [name.replace(/:\d+$/, '')];
  return [name];
}

/** Files of the tree that the call is given: a task definition, a manifest, a configuration. */
function givenFiles(call: Call, { lines, files }: CallContext): string[] {
  const texts = Object.values(call.arguments).flatMap((value) =>
    (Array.isArray(value) ? value : [value]).filter(
      (one): one is string => typeof one === 'string' && one.length < 300,
    ),
  );
  const folders = ['', ...(call.file ? [path.posix.dirname(call.file)] : [])];
  const found = texts
    .map((text) => text.replace(/^fileb?:\/\//, ''))
    .filter((text) => /\.(?:json|ya?ml|toml|tpl|tmpl|tf|config|env)$/.test(text))
    .flatMap((text) => folders.map((folder) => path.posix.normalize(path.posix.join(folder, text))));
  const configured =
    call.tool === 'wrangler'
      ? ['wrangler.toml', 'wrangler.jsonc', 'wrangler.json']
      : call.tool === 'flyctl'
        ? ['fly.toml']
        : [];
  return [...new Set([...found, ...configured])].filter((file) => lines.has(file) && !files.includes(file));
}

/** Evidence at a line, with its text, secrets masked. */
export const evidenceAt = (lines: SourceLines, file: string, line: number): FileEvidence => ({
  source: 'repo',
  file,
  line,
  excerpt: maskSecrets(lines.excerpt(file, line)),
});

/** What lines that set a name of a kind speak of. */
const ABOUT: Readonly<Partial<Record<Kind, RegExp>>> = {
  'AWS::ECS::Service': /service|svc/i,
  'AWS::ECS::TaskDefinition': /task|family|taskdef/i,
  'AWS::ECR::Repository': /repo|ecr\b|ecr_|image/i,
  'Docker::Image': /image|repo|tag|registry|ecr/i,
  'AWS::ElasticLoadBalancingV2::TargetGroup': /target|tg\b|tg_/i,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': /balancer|alb|lb\b|elb/i,
  'AWS::CloudFront::Distribution': /dist|cloudfront|cf_/i,
  'AWS::Logs::LogGroup': /log/i,
  'AWS::IAM::Role': /role-to-assume|role[-_]?arn|:role\//i,
};
const aboutOf = (kind: Kind): RegExp =>
  ABOUT[kind] ?? new RegExp((wordOf(kind).split('-').at(-1) ?? '').replace(/s$/, ''), 'i');

/** Where a name stands and how it is known there. */
export function placeOf(
  named: Named,
  given: Search,
  lines: SourceLines,
): { evidence: FileEvidence; nameStatus: NameStatus } {
  const search = { ...given, about: aboutOf(named.kind) };
  const template = hasSymbol(named.name);
  const [whole = named.name, ...parts] = spellings(named).filter((one) => !isUnknown(one));
  const places = [whole, ...parts].map((one) => locate(one, search, lines));
  const [first] = places;
  // an image is written where its repository is, but its tag may come from elsewhere
  const place = places.find((one) => one.holds === 'name') ??
    places.slice(1).find((one) => one.holds === 'piece') ??
    first ?? { ...search.at };
  const literal =
    first?.holds === 'name' || (named.kind === 'Systemd::Unit' && places.some((one) => one.holds === 'name'));
  return {
    evidence: evidenceAt(lines, place.file, place.line),
    nameStatus: template ? 'template' : literal ? 'literal' : 'resolved',
  };
}

/**
 * Whether something that a machine keeps is of the estate: it is put on a host, or a script for a host gives it a life
 * of its own. What a job starts on its own runner is gone when it ends.
 */
function staysOn(kind: Kind, call: Call, { onHost }: CallContext): boolean {
  if (call.remote !== undefined) return !/(?:^| )container$/.test(call.remote);
  if (!onHost) return false;
  return kind === 'Systemd::Unit' || /^(?:always|unless-stopped)$/.test(String(call.arguments.restart ?? ''));
}

const isOfAMachine = (kind: Kind, { tool, operation, arguments: given }: Call): boolean =>
  ON_A_HOST.has(kind) ||
  // what a workflow states in `container:` or `services:` it needs at each run
  (tool === 'docker' && /^(?:run|create)$/.test(operation) && given.service === undefined);

/** A template says something only where a word of it is known. */
const isKnownEnough = (name: string): boolean =>
  hasSymbol(name) ? knownPart(name).replace(/[^A-Za-z0-9]/g, '').length >= 3 : !isUnknown(name);

/** What one call declares. A call that deletes declares nothing: what it names is a reference. */
export function callFacts(call: Call, context: CallContext): Fact[] {
  const tool = toolFor(call.tool);
  if (!tool) return [];
  const { lines, environments, through } = context;
  const at = { file: call.file ?? context.files.at(-1) ?? through, line: call.line };
  let search: Search | undefined;
  return tool.named(parsedCall(call)).flatMap((named): Fact[] => {
    const { kind, scope, relations, properties } = named;
    // what came out empty at the end of a name was a value that only the run has
    const name = named.name.replace(/(?<=[A-Za-z0-9])[-_]+$/, (end) => `${end}⟨…⟩`);
    if (!isKnownEnough(name) || !isPlausible(kind, name)) return [];
    if (isOfAMachine(kind, call) && !staysOn(kind, call, context)) return [];
    search ??= {
      files: [...new Set([...context.files, at.file, ...givenFiles(call, context)])],
      at,
      ...(context.job && { job: context.job }),
    };
    const verb = named.verb ?? call.verb;
    const isAws = kind.startsWith('AWS::');
    const region = named.region ?? (isAws && !kindOf(kind).global ? context.region : undefined);
    const account = named.account ?? (isAws ? context.account : undefined);
    const own = environments.length > 0 ? [...environments] : environmentsOf(knownPart(name));
    return [
      {
        kind,
        name,
        ...(scope !== undefined && { scope }),
        source: 'repo',
        sort: verb === 'deletes' ? 'reference' : context.sort,
        ...placeOf({ ...named, name }, search, lines),
        ...(account !== undefined && { account }),
        ...(region !== undefined && { region }),
        environments: own,
        verb,
        certainty: call.certainty,
        through,
        ...(properties && Object.keys(properties).length > 0 && { properties }),
        ...(relations && { relations: relations.filter(({ to }) => !isUnknown(to.name)) }),
      },
    ];
  });
}

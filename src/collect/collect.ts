import type { Artifacts, WorkflowSource } from '#model/artifacts.ts';
import type { Coverage, Unread } from '#model/coverage.ts';
import { isFileEvidence } from '#model/evidence.ts';
import type { Fact } from '#model/fact.ts';
import type { HostState } from '#model/host.ts';
import type { Observation } from '#model/lookup.ts';
import type { Oracle } from '#model/prediction.ts';
import type { ProbeAnswers } from '#model/probe.ts';
import type { Resource } from '#model/resource.ts';
import type { AwsRead } from '#model/step.ts';
import type { AwsAnswers, AwsRequest, OpeningAccount, StateAnswer } from './aws/collect-aws.ts';
import type { WantedResource } from './aws/wanted.ts';
import type { CloudflareAnswers, CloudflareRequest } from './cloudflare/collect-cloudflare.ts';
import { collectorsFor } from './collectors.ts';
import { coverageOf } from './coverage.ts';
import { withKnownBuckets } from './docs/named-buckets.ts';
import { Probing } from './probing.ts';
import { lastChanges } from './readers/git-history.ts';
import type { HostRequest } from './readers/host/open-host.ts';
import type { ProbeRequest } from './readers/probe/probe.ts';
import type { Tree } from './readers/tree.ts';
import { declarations } from './rehearse/declare/declarations.ts';
import { predictRuns } from './rehearse/predict-runs.ts';
import { rehearse } from './rehearse/rehearse.ts';
import { collectRepository } from './repo/collect-repository.ts';
import type { GivenState } from './repo/given-states.ts';
import { notReadYet } from './repo/not-read-yet.ts';
import { programsOf } from './repo/program-settings/programs.ts';
import { rankPrograms, rankScripts, recipeFiles } from './repo/scripts.ts';
import { findSecrets } from './repo/secrets.ts';
import { trackedIgnored } from './repo/tracked-ignored.ts';
import { mayHaveWorkers } from './repo/worker-code/entries.ts';
import { workflowFiles } from './repo/workflow-files.ts';

export interface CollectOptions {
  name: string;
  /** Paths that `constat.yaml` leaves out. */
  ignored: (path: string) => boolean;
  progress: (
    stage: 'read' | 'rehearse' | 'secrets' | 'aws' | 'cloudflare' | 'host',
    done?: number,
    total?: number,
  ) => void;
  /** The AWS account to read; undefined: none, and nothing leaves the machine. */
  aws?: AwsRequest;
  /** The Cloudflare accounts to read; undefined: none. */
  cloudflare?: CloudflareRequest;
  /** The hosts to read; undefined: none. */
  hosts?: readonly HostRequest[];
  /** No repository is read, and of the account only what a path may pass. */
  isOnlyPaths?: boolean;
  /** States and plans of Terraform that the user gave. */
  terraformStates?: readonly GivenState[];
  clock: () => Date;
  /** The questions of a profile are asked: files are read for how the estate is cared for too. */
  asksOperations?: boolean;
}

/** What is asked of an account after its lists were read. */
export interface Wanted {
  /** Resources that were seen, and images by their name alone. */
  resources: readonly WantedResource[];
  regions: readonly string[];
}

export interface CollectedEstate {
  facts: Fact[];
  /** The day on which it was read, YYYY-MM-DD, in UTC. */
  day: string;
  artifacts: Artifacts;
  /** What was read until now, and what was not. */
  coverage(): Coverage[];
  /** The accounts that were looked at. */
  observations: Observation[];
  /** The hosts that were read. */
  hosts: readonly HostState[];
  /** The workflows with the predictions of an estate that was observed. */
  predict(oracle: Oracle): Promise<WorkflowSource[]>;
  /** The resources of the accounts that were looked at, those that drifted or that nothing declares with their last change. */
  withLastChanges(resources: readonly Resource[]): Promise<Resource[]>;
  /**
   * Asks the accounts that were looked at for more: details of resources, and further regions. Gives what they told;
   * undefined where there was nothing to ask.
   */
  more(wanted: Wanted): Promise<Fact[] | undefined>;
  /** Sends real requests to a URL, and to load balancers that stand before it. */
  probe(url: string, request: ProbeRequest): Promise<ProbeAnswers>;
  /** What reads of states give, in their order; undefined where no account was looked at. */
  states(reads: readonly AwsRead[]): Promise<StateAnswer[] | undefined>;
  /** Closes what was opened; nothing can be asked afterwards. */
  close(): void;
}

/** A tree without the paths that the configuration leaves out. */
function without(tree: Tree, ignored: (path: string) => boolean): Tree {
  const files = tree.files.filter((file) => !ignored(file.path));
  if (files.length === tree.files.length) return tree;
  const paths = new Set(files.map((file) => file.path));
  const kept = Object.create(tree) as Tree;
  return Object.defineProperties(kept, { files: { value: files }, paths: { value: paths } });
}

const LOCAL_REGISTRY =
  /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|[^/]*\.localstack\.[^/]*|[^/]+\.local)(?::\d+)?\//;

/** An image of a registry on the machine of whoever runs the command is nothing of the estate. */
const isLocalImage = (fact: Fact) => fact.kind === 'Docker::Image' && LOCAL_REGISTRY.test(fact.name);

/** What documents say is a claim of the day on which they were last changed. */
async function dated(facts: readonly Fact[], root: string): Promise<Fact[]> {
  const files = facts.flatMap(({ source, evidence }) =>
    source === 'docs' && isFileEvidence(evidence) ? [evidence.file] : [],
  );
  const changes = await lastChanges(root, [...new Set(files)].slice(0, MOST_DATED));
  return facts.map((fact) => {
    const change = isFileEvidence(fact.evidence) ? changes.get(fact.evidence.file) : undefined;
    return change ? { ...fact, evidence: { ...fact.evidence, lastChange: change } } : fact;
  });
}

/** Documents whose last change is looked up. */
const MOST_DATED = 300;

/** What the account holds. The SDK is loaded for those who ask for it. */
async function observeAws(
  request: AwsRequest,
  said: readonly Fact[],
  options: CollectOptions,
  opening: OpeningAccount | undefined,
) {
  const { collectAws } = await import('./aws/collect-aws.ts');
  const progress = (done: number, total: number) => options.progress('aws', done, total);
  return collectAws(request, said, options.clock, progress, opening);
}

/** What the accounts of Cloudflare hold. Loaded for those who ask for it. */
async function observeCloudflare(
  request: CloudflareRequest,
  said: readonly Fact[],
  options: CollectOptions,
): Promise<CloudflareAnswers> {
  const [{ collectCloudflare }, { cloudflareCollectors, pathCloudflareCollectors }] = await Promise.all([
    import('./cloudflare/collect-cloudflare.ts'),
    import('./cloudflare/collectors.ts'),
  ]);
  const products = options.isOnlyPaths ? pathCloudflareCollectors : cloudflareCollectors;
  const progress = (done: number, total: number) => options.progress('cloudflare', done, total);
  return collectCloudflare(request, said, options.clock, progress, products);
}

/** What the hosts run. Loaded for those who ask for it. */
async function observeHosts(
  requests: readonly HostRequest[],
  said: readonly Fact[],
  options: CollectOptions,
) {
  const { collectHosts } = await import('./host/collect-hosts.ts');
  const progress = (done: number, total: number) => options.progress('host', done, total);
  return collectHosts(requests, said, options.clock, progress);
}

/** The account, while the collectors of its services are loaded: all of them, or those of what a path may pass. */
async function openingOf(request: AwsRequest, isOnlyPaths: boolean): Promise<OpeningAccount> {
  const [{ openAccount }, { pathCollectors }] = await Promise.all([
    import('./aws/collect-aws.ts'),
    import('./aws/collectors.ts'),
  ]);
  return isOnlyPaths ? openAccount(request, pathCollectors) : openAccount(request);
}

/** Records are looked up two a second: these take a few seconds. */
const MOST_CHANGES = 12;

/**
 * What drifted, then what nothing declares, of one provider. Nothing is asked of an account that holds nothing of what the
 * files declare: it is somebody else's.
 */
function changed(resources: readonly Resource[], provider: string): Resource[] {
  const own = resources.filter((one) => one.provider === provider && one.properties.builtIn !== true);
  const of = (status: Resource['status']) => own.filter((one) => one.status === status);
  const drifted = of('drifted');
  if (drifted.length === 0 && !own.some(({ status }) => status === 'verified')) return [];
  return [...drifted, ...of('undocumented')]
    .filter(({ observed }) => observed.length > 0)
    .slice(0, MOST_CHANGES);
}

async function withLastChanges(
  resources: readonly Resource[],
  seen: AwsAnswers | undefined,
): Promise<Resource[]> {
  const asked = seen ? changed(resources, 'aws') : [];
  if (!seen || asked.length === 0) return [...resources];
  const changes = await seen.lastChanges(
    asked.map(({ kind, name, scope, id, region }) => ({
      kind,
      name,
      ...(scope !== undefined && { scope }),
      ...(id.startsWith('arn:') && { arn: id }),
      ...(region !== undefined && { region }),
    })),
  );
  const chosen = new Set(asked);
  return resources.map((resource) => {
    const change = chosen.has(resource)
      ? (changes.get(resource.id) ?? changes.get(resource.name))
      : undefined;
    return change ? { ...resource, lastChange: change } : resource;
  });
}

async function withCloudflareChanges(
  resources: readonly Resource[],
  edge: CloudflareAnswers | undefined,
): Promise<Resource[]> {
  const asked = edge ? changed(resources, 'cloudflare') : [];
  if (!edge || asked.length === 0) return [...resources];
  const changes = await edge.lastChanges(asked);
  return resources.map((resource) => {
    const change = changes.get(resource.id);
    return change ? { ...resource, lastChange: change } : resource;
  });
}

async function more(seen: AwsAnswers, { resources, regions }: Wanted): Promise<Fact[] | undefined> {
  const [place, detail] = await Promise.all([seen.regions(regions), seen.details(resources)]);
  const asked = [place, detail].some(({ facts, lookups }) => facts.length + lookups.length > 0);
  return asked ? [...place.facts, ...detail.facts] : undefined;
}

/** Everything that a repository declares, what an account holds, and what of either was not read. */
export async function collectEstate(whole: Tree, options: CollectOptions): Promise<CollectedEstate> {
  const tree = without(whole, options.ignored);
  const opening = options.aws && (await openingOf(options.aws, options.isOnlyPaths === true));
  const states = options.terraformStates ?? [];
  // Loaded for those who give one
  const given = states.length > 0 ? await import('./repo/given-states.ts') : undefined;
  const collectors = await collectorsFor(
    tree,
    given?.givenPaths(states, tree),
    options.asksOperations === true,
  );
  const collected = collectRepository(tree, collectors, (done, total) =>
    options.progress('read', done, total),
  );
  const stated = given?.givenStates(states, tree);

  options.progress('rehearse');
  const workflows = workflowFiles(tree);
  const rehearsal = await rehearse(tree, {
    workflows,
    scripts: rankScripts(tree, collected.artifacts),
    programs: rankPrograms(tree, collected.artifacts),
    recipes: recipeFiles(tree),
  });
  const declared = declarations(rehearsal.workflows, rehearsal.scripts, tree);

  options.progress('secrets');
  const secrets = await findSecrets(tree);
  const artifacts: Artifacts = {
    ...collected.artifacts,
    workflows: rehearsal.workflows,
    actions: rehearsal.actions,
    scripts: rehearsal.scripts,
    strayWorkflows: rehearsal.stray,
    secrets,
    trackedIgnored: trackedIgnored(tree),
    terraformStates: [...collected.artifacts.terraformStates, ...(stated?.states ?? [])],
  };
  // the parser is loaded for those who have such code
  const unparsed: Unread[] = [];
  if (mayHaveWorkers(tree, artifacts)) {
    const { unreadOf, workersOf } = await import('./repo/worker-code.ts');
    artifacts.workers = workersOf(tree, artifacts);
    unparsed.push(...unreadOf(artifacts.workers));
  }
  const programs = programsOf(tree);
  if (programs.length > 0) {
    const { programSettings } = await import('./repo/program-settings.ts');
    artifacts.programs = programSettings(programs, tree, artifacts);
  }
  const said = await dated(
    withKnownBuckets([...collected.facts, ...declared, ...(stated?.facts ?? [])]),
    tree.root,
  );
  const [seen, edge, machines] = await Promise.all([
    options.aws && observeAws(options.aws, said, options, opening),
    options.cloudflare && observeCloudflare(options.cloudflare, said, options),
    options.hosts?.length ? observeHosts(options.hosts, said, options) : undefined,
  ]);
  const facts = [...said, ...(seen?.facts ?? []), ...(edge?.facts ?? []), ...(machines?.facts ?? [])];
  const left = notReadYet(tree);
  const probing = new Probing(options.clock);
  const unread: Unread[] = [...tree.unread, ...collected.unread, ...rehearsal.unread, ...unparsed];
  return {
    facts: facts.filter((fact) => !isLocalImage(fact)),
    day: options.clock().toISOString().slice(0, 10),
    artifacts,
    observations: [
      ...(seen ? [seen.observation] : []),
      ...(edge?.observations ?? []),
      ...(machines?.observations ?? []),
    ],
    hosts: machines?.hosts ?? [],
    predict: (oracle) => predictRuns(tree, artifacts.workflows, oracle),
    withLastChanges: async (resources) => withCloudflareChanges(await withLastChanges(resources, seen), edge),
    more: async (wanted) => seen && more(seen, wanted),
    probe: (url, request) => probing.ask(url, request),
    states: async (reads) => seen?.states(reads),
    close: () => seen?.close(),
    coverage: () =>
      coverageOf(tree, {
        asked: [
          ...(stated?.coverage ?? []),
          ...(seen?.coverage() ?? []),
          ...(edge?.coverage() ?? []),
          ...(machines?.coverage ?? []),
          ...probing.coverage(),
        ],
        name: options.name,
        operations: collected.operations,
        workflows: rehearsal.workflows.length,
        scripts: rehearsal.scripts.length,
        unread,
        notReadYet: left,
      }),
  };
}

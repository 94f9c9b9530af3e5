import { collectAws, openAccount } from '#collect/aws/collect-aws.ts';
import { pathCollectors } from '#collect/aws/collectors.ts';
import { wantedOf } from '#collect/aws/wanted.ts';
import type { Fact } from '#model/fact.ts';
import type { Observation } from '#model/lookup.ts';
import type { Path } from '#model/path.ts';
import { relationsOf, resourcesOf } from '#reconcile/resources.ts';
import { Graph } from '#reconcile/trace/graph.ts';
import { type Traced, trace } from '#reconcile/trace/trace.ts';

/** What an account told of some URLs, as `constat trace` asks it. */
export interface Seen {
  facts: Fact[];
  observations: Observation[];
}

/** Reads what answers at an address until no URL leads to anything more. */
export async function seen(endpoint: string, region: string, urls: readonly string[]): Promise<Seen> {
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
  });
  const request = { regions: [region], delay: 1 };
  try {
    const opening = openAccount(request, pathCollectors);
    const account = await collectAws(
      request,
      [],
      () => new Date(),
      () => {},
      opening,
    );
    const facts = [...account.facts];
    for (let round = 0; round < 8; round += 1) {
      const all = paths({ facts, observations: [account.observation] }, urls);
      const regions = await account.regions(all.flatMap((one) => one.regions));
      const details = await account.details([
        ...all.flatMap(({ resources }) => resources.map(wantedOf)),
        ...all.flatMap(({ sought }) => sought.map((one) => ({ ...one, properties: {} }))),
      ]);
      const found = [...regions.facts, ...details.facts];
      facts.push(...found);
      if (found.length + regions.lookups.length + details.lookups.length === 0) break;
    }
    account.close();
    return { facts, observations: [account.observation] };
  } finally {
    for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  }
}

function paths({ facts, observations }: Seen, urls: readonly string[]): Traced[] {
  const resources = resourcesOf(facts, observations);
  const graph = new Graph(resources, relationsOf(resources), observations);
  return urls.map((url) => trace(url, graph));
}

export const pathOf = (seen: Seen, url: string): Path => (paths(seen, [url])[0] as Traced).path;

/** A path in lines: its hops, what fails, what is unknown. */
export function shown({ hops, side }: Path, { isAll = false } = {}): string[] {
  return hops.flatMap((hop) => {
    const own = [
      ...hop.checks,
      ...side.filter(({ of }) => of === hop.resource).flatMap(({ checks }) => checks),
    ];
    const name = hop.resource.split(/[/]/).slice(-3).join('/');
    return [
      `${hop.role} ${name} ${hop.request?.scheme}://${hop.request?.host}:${hop.request?.port}${hop.request?.path}`,
      ...own.flatMap(({ id, result, text, refusal }) =>
        result === 'pass' && !isAll
          ? []
          : `  ${result} ${id}: ${text.en}${refusal ? ` (${refusal.operation} ${refusal.why.en})` : ''}`,
      ),
    ];
  });
}

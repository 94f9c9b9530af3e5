import type { Fact } from '#model/fact.ts';
import type { AwsSession } from '../readers/aws/session.ts';
import { homeRegion } from '../readers/aws/session.ts';
import type { AwsCollector, Before, Collection, Place } from './aws-collector.ts';
import { Known, type WantedResource } from './wanted.ts';

/** What is asked of some resources after the lists were read. */
export class Details {
  readonly #session: AwsSession;
  readonly #collectors: readonly AwsCollector[];
  readonly #place: () => Pick<Place, 'identity' | 'at' | 'declared'>;
  readonly #before: Before;
  readonly #given = new Set<string>();

  /** @param facts what the lists told */
  constructor(
    session: AwsSession,
    collectors: readonly AwsCollector[],
    place: () => Pick<Place, 'identity' | 'at' | 'declared'>,
    facts: readonly Fact[],
  ) {
    this.#session = session;
    this.#collectors = collectors;
    this.#place = place;
    this.#before = { known: new Known(facts), asked: new Map(), marks: new Set() };
  }

  /** What further lists told. */
  add(facts: readonly Fact[]): void {
    this.#before.known.add(facts);
  }

  /**
   * What each service tells of resources that were seen, and of what it looks for by name. A resource that was given
   * before is left out. Never throws.
   */
  async of(resources: readonly WantedResource[]): Promise<Collection> {
    const place = this.#place();
    const home = homeRegion(place.identity.partition);
    const readings = this.#collectors.map(async (collector): Promise<Collection[]> => {
      const { detail } = collector;
      if (!detail) return [];
      const regions = Map.groupBy(this.#wantedOf(collector, resources), ({ region }) =>
        collector.where === 'global' ? home : region,
      );
      const asked = [...regions].flatMap(([region, wanted]) =>
        region === undefined ? [] : [{ region, wanted }],
      );
      return Promise.all(
        asked.map(({ region, wanted }) =>
          detail(this.#session, { ...place, region, before: this.#before }, wanted),
        ),
      );
    });
    const collections = (await Promise.all(readings)).flat();
    const facts = collections.flatMap((one) => one.facts);
    this.#before.known.add(facts);
    return { facts, lookups: collections.flatMap((one) => one.lookups) };
  }

  #wantedOf(collector: AwsCollector, resources: readonly WantedResource[]): WantedResource[] {
    const kinds = new Set(collector.detailed);
    return resources.flatMap((resource) => {
      if (!kinds.has(resource.kind)) return [];
      const region = collector.regionOf?.(resource);
      const seen = this.#before.known.complete(resource);
      // a name that is looked for is the one that was asked for, whatever was seen under another form of it
      const wanted =
        region === undefined ? seen : { ...(seen?.name === resource.name ? seen : resource), region };
      const key =
        wanted && [collector.id, wanted.arn ?? '', wanted.kind, wanted.name, wanted.region].join('\n');
      if (!key || this.#given.has(key)) return [];
      this.#given.add(key);
      return [wanted];
    });
  }
}

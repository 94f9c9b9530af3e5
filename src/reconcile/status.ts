import { isDeployedFrom } from '#model/evidence.ts';
import type { Fact, Json } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Lookup, Observation, Refusal } from '#model/lookup.ts';
import type { Drift, Status } from '#model/resource.ts';
import { code, codes, type Text } from '#model/text.ts';
import { Expectations, isOfHost, notExpected } from './hosts.ts';
import { imageStanding } from './image-standing.ts';
import type { Group } from './join.ts';
import { unverifiedReason } from './unverified.ts';

/** What the two sides say of one another. */
export interface Standing {
  status: Status;
  /**
   * Of `unverified`: why nobody could look. Of `missing`: where it was looked for. Of the others: the open name that
   * it fits, where its own is not declared.
   */
  reason?: Text;
  drift: Drift[];
}

const say = (fr: string, en: string): Text => ({ fr, en });
const OPEN = /[⟨⟩${}<>*]/;

/** Where the files of an estate say that anything of it is: what a declaration leaves out may be in any of these. */
export interface Whereabouts {
  /** By provider: an account of one is none of another. */
  accounts: ReadonlyMap<string, ReadonlySet<string>>;
  regions: ReadonlySet<string>;
  /** What is to be found on the hosts that were read. */
  expectations: Expectations;
}

/** The accounts and regions that declarations in files name; a page's may be of another day. */
export function whereaboutsOf(facts: readonly Fact[]): Whereabouts {
  const own = facts.filter(({ source, sort }) => isDeployedFrom(source) && sort === 'declared');
  return {
    accounts: new Map(
      [...Map.groupBy(own, ({ kind }) => kindOf(kind).provider)].map(([provider, list]) => [
        provider,
        new Set(list.flatMap(({ account }) => account ?? [])),
      ]),
    ),
    regions: new Set(own.flatMap(({ region }) => region ?? [])),
    expectations: new Expectations(facts),
  };
}

/** The status of what these facts speak of. Pure; absence is only told where the whole list was seen. */
export function standingOf(
  { facts, fit }: Group,
  observations: readonly Observation[],
  whereabouts: Whereabouts,
): Standing {
  const observed = facts.filter(({ sort }) => sort === 'observed');
  const declared = facts.filter(({ sort }) => sort !== 'observed');
  if (observed.length === 0) return { ...unseen(declared, observations, whereabouts), drift: [] };
  if (declared.length === 0) return { status: 'undocumented', drift: [] };
  if (fit && !fit.isSure)
    return {
      status: 'unverified',
      reason: say(
        `existe, et n’est pas seule à répondre au nom ${code(fit.name)}, dont une partie n’est connue qu’à l’exécution`,
        `exists, and is not alone in fitting the name ${code(fit.name)}, of which a part is only known when it runs`,
      ),
      drift: [],
    };
  const reason = fit && {
    reason: say(
      `reconnu par le nom ${code(fit.name)}, dont une partie n’est connue qu’à l’exécution`,
      `recognised by the name ${code(fit.name)}, of which a part is only known when it runs`,
    ),
  };
  const drift = [...driftOf(declared, observed), ...elsewhere(declared, observed)];
  if (drift.length > 0) return { status: 'drifted', ...reason, drift };
  const refusal = unread(declared, observed);
  return refusal
    ? {
        status: 'unverified',
        reason: say(
          `existe, mais ses propriétés n’ont pas toutes été lues\u00a0: ${refusal.why.fr}`,
          `exists, but not all of its properties were read: ${refusal.why.en}`,
        ),
        drift: [],
      }
    : { status: 'verified', ...reason, drift: [] };
}

/** A detail whose reading was refused, where the declaration states something that it would have told. */
function unread(declared: readonly Fact[], observed: readonly Fact[]): Refusal | undefined {
  const refusal = observed.flatMap(({ refusals = [] }) => refusals)[0];
  const first = declared[0];
  if (!refusal || !first) return undefined;
  const compared = Object.keys(kindOf(first.kind).compared ?? {});
  const seen = new Set(observed.flatMap(({ properties = {} }) => Object.keys(properties)));
  return compared.some(
    (name) => !seen.has(name) && declared.some(({ properties }) => properties?.[name] !== undefined),
  )
    ? refusal
    : undefined;
}

const isKnown = (value: Json | undefined): value is Json =>
  value !== undefined && value !== null && !(typeof value === 'string' && OPEN.test(value));

/** Properties that both sides state and that differ: what one side leaves out is no drift. */
function driftOf(declared: readonly Fact[], observed: readonly Fact[]): Drift[] {
  const kind = declared[0]?.kind;
  if (kind === undefined) return [];
  return Object.entries(kindOf(kind).compared ?? {}).flatMap(([path, normal]): Drift[] => {
    const is = observed.map(({ properties }) => properties?.[path]).find(isKnown);
    // what a page says of a property may be of another day: only files that are deployed from make a drift
    const said = declared
      .filter(({ source, environments }) => isDeployedFrom(source) && fits(environments, observed))
      .map(({ properties }) => properties?.[path])
      .filter(isKnown);
    if (is === undefined || said.length === 0) return [];
    const text = (value: Json) => JSON.stringify(normal(value));
    // of several declarations, one that agrees is the one that was deployed
    if (said.some((value) => text(value) === text(is))) return [];
    return [{ path, declared: said[0] as Json, observed: is }];
  });
}

/** Where both sides say that it leads, and where that is not the same thing: what one side leaves out is no drift. */
function elsewhere(declared: readonly Fact[], observed: readonly Fact[]): Drift[] {
  const kind = declared[0]?.kind;
  if (kind === undefined) return [];
  return Object.entries(kindOf(kind).directed ?? {}).flatMap(([path, type]): Drift[] => {
    const targets = (facts: readonly Fact[]) =>
      facts.flatMap(({ relations = [] }) =>
        relations.flatMap((one) => (one.type === type && isKnown(one.to.name) ? [one.to.name] : [])),
      );
    const said = targets(
      declared.filter(({ source, environments }) => isDeployedFrom(source) && fits(environments, observed)),
    );
    const is = targets(observed);
    // a route that nothing answers any more is still there
    const isOff = is.length === 0 && observed.some(({ properties }) => properties?.isOff === true);
    const [first, seen] = [said[0], is[0]];
    if (first !== undefined && isOff) return [{ path, declared: first, observed: null }];
    if (first === undefined || seen === undefined || said.some((name) => is.includes(name))) return [];
    return [{ path, declared: first, observed: seen }];
  });
}

/** A declaration for another environment than the one of the name says nothing of it. */
const fits = (environments: readonly string[], observed: readonly Fact[]): boolean => {
  const own = observed.flatMap((fact) => fact.environments);
  return environments.length === 0 || own.length === 0 || environments.some((one) => own.includes(one));
};

/** Declared, and in no list that was read. */
function unseen(
  declared: readonly Fact[],
  observations: readonly Observation[],
  whereabouts: Whereabouts,
): Omit<Standing, 'drift'> {
  const [first] = declared;
  if (!first) return { status: 'unverified' };
  const { kind } = first;
  const { provider } = kindOf(kind);
  const isOnHost = isOfHost(kind);
  const looked = observations.filter(({ source }) => source === (isOnHost ? 'host' : provider));
  const unverified = (reason: Text) => ({ status: 'unverified', reason }) as const;
  const image = imageStanding(declared, observations);
  if (image) return image;
  if (looked.length === 0) return unverified(unverifiedReason(kind));
  const closed = looked.find(({ refusal }) => refusal !== undefined)?.refusal;
  if (closed)
    return unverified(
      isOnHost
        ? say(
            `l’hôte n’a pas pu être lu\u00a0: ${closed.why.fr}`,
            `the host could not be read: ${closed.why.en}`,
          )
        : say(
            `le compte n’a pas pu être ouvert\u00a0: ${closed.why.fr}`,
            `the account could not be opened: ${closed.why.en}`,
          ),
    );
  if (kind === 'Host') return unverified(say('cet hôte n’a pas été lu', 'this host was not read'));
  if (kind === 'Docker::Image')
    return unverified(
      say(
        'aucun conteneur des hôtes lus ne l’exécute, et son registre n’a pas été interrogé',
        'no container of the hosts that were read runs it, and its registry was not asked',
      ),
    );
  if (declared.every(({ nameStatus }) => nameStatus === 'template' || nameStatus === 'logical'))
    return unverified(say('son nom n’est connu qu’à l’exécution', 'its name is only known when it runs'));
  if (!looked.some(({ kinds }) => kinds.has(kind)))
    return unverified(say('Constat ne lit pas encore ce type', 'Constat does not read this kind yet'));

  const said = new Set(declared.flatMap(({ account }) => account ?? []));
  const accounts = said.size > 0 ? said : (whereabouts.accounts.get(provider) ?? new Set<string>());
  const own = looked.filter(({ account }) => accounts.size === 0 || accounts.has(account));
  const others = [...accounts].filter((account) => !own.some((one) => one.account === account));
  if (others.length > 0) {
    const list = codes(others);
    return unverified(
      isOnHost
        ? say(`l’hôte ${list.fr} n’a pas été lu`, `host ${list.en} was not read`)
        : say(`le compte ${list.fr} n’a pas été lu`, `account ${list.en} was not read`),
    );
  }
  const standing = notListed(declared, own, whereabouts);
  if (!isOnHost || standing.status !== 'missing') return standing;
  const why = notExpected(declared, own, whereabouts.expectations);
  return why ? unverified(why) : standing;
}

/** Of the accounts in which it may be: missing when each list that would hold it is complete. */
function notListed(
  declared: readonly Fact[],
  observations: readonly Observation[],
  whereabouts: Whereabouts,
): Omit<Standing, 'drift'> {
  const { kind } = declared[0] as Fact;
  const isGlobal = kindOf(kind).global === true;
  const said = new Set(declared.flatMap(({ region }) => region ?? []));
  const named = [...(said.size > 0 ? said : whereabouts.regions)].sort();
  const scopes = new Set(declared.flatMap(({ scope }) => scope ?? []));
  const unverified = (reason: Text) => ({ status: 'unverified', reason }) as const;
  const places: string[] = [];
  for (const { account, regions, lookups } of observations) {
    // some kinds are looked for beyond the regions asked for: the certificates of CloudFront are all in one
    const beyond = lookups.flatMap((one) =>
      one.kind === kind && one.region !== undefined && !regions.includes(one.region) ? one.region : [],
    );
    const absent = isGlobal
      ? []
      : named.filter((region) => !regions.includes(region) && !beyond.includes(region));
    if (absent.length > 0) {
      const list = codes(absent);
      return unverified(say(`la région ${list.fr} n’a pas été lue`, `region ${list.en} was not read`));
    }
    const where = isGlobal
      ? [undefined]
      : said.size > 0
        ? named
        : [...new Set([...(named.length > 0 ? named : regions), ...beyond])];
    for (const region of where) {
      const own = lookups.filter(
        (one) =>
          one.kind === kind &&
          one.account === account &&
          one.region === region &&
          (one.scope === undefined || scopes.size === 0 || scopes.has(one.scope)),
      );
      const refusal = own.find(
        (one): one is Lookup & { refusal: Refusal } => one.refusal !== undefined,
      )?.refusal;
      if (refusal) return unverified(refusal.why);
      if (own.length === 0)
        return unverified(
          say(
            `personne n’a pu le chercher${region === undefined ? '' : ` en ${code(region)}`}`,
            `nobody could look for it${region === undefined ? '' : ` in ${code(region)}`}`,
          ),
        );
    }
    places.push(...(isGlobal ? [account] : where.map((region) => `${account} ${region}`)));
  }
  if (places.length === 0)
    return unverified(
      say(
        'aucune région n’a été lue (en donner une avec `--region`)',
        'no region was read (give one with `--region`)',
      ),
    );
  const list = codes(places, 4);
  const conditions = new Set(
    declared.flatMap(({ source, condition }) => (isDeployedFrom(source) ? [condition] : [])),
  );
  if (conditions.size > 0 && !conditions.has(undefined)) {
    const named = codes([...conditions].filter((condition) => condition !== undefined));
    return unverified(
      say(
        `n’est créé que sous une condition que seul le déploiement connaît (${named.fr})\u00a0; absent de ${list.fr}`,
        `is only made under a condition that the deployment alone knows (${named.en}); not in ${list.en}`,
      ),
    );
  }
  return { status: 'missing', reason: say(`cherché dans ${list.fr}`, `looked for in ${list.en}`) };
}

import { environmentOf, environmentsOf, sortEnvironments } from '#lib/environments.ts';
import type { Fact } from '#model/fact.ts';
import type { Reading } from '../collector.ts';
import { isRetired } from '../repo/retired.ts';
import type { Description } from './description.ts';
import type { Mention } from './mention.ts';
import { isPassingImage } from './names.ts';
import { wordsOf } from './words.ts';

/** A name is often written two lines below where the parser places its paragraph. */
const NEARBY = [0, 1, 2, 3, 4, -1, -2, 5, 6, 7, 8];
/** Folders of what might be: examples, and what is asked of people or agents. */
const EXAMPLES =
  /(?:^|\/)(?:examples?|exemples?|samples?|templates?|prompts?|backlog|rfcs?|proposals?|ideas?|brainstorm(?:ing)?)\//i;
const MOST_COMPARED = 500;
const ENVIRONMENT = /^(?:env|environment|environments|environnement|environnements)$/;

/**
 * Facts from what a document names: each resource once per environment, at the first line that says it. The
 * environment is that of the name, else what is said around it. What a folder of examples or of plans names is a reference.
 */
export function factsFrom(mentions: readonly Mention[], reading: Reading, document: Description): Fact[] {
  const retired = isRetired(reading.path);
  const example = EXAMPLES.test(reading.path);
  const facts = new Map<string, Fact>();
  const inOrder = withoutShortNames([...mentions].sort((a, b) => a.line - b.line));
  for (const mention of inOrder) {
    const environments = environmentsFor(mention);
    const sort = retired ? 'retired' : example || isPassing(mention) ? 'reference' : mention.sort;
    const key = JSON.stringify([mention.kind, mention.name, mention.scope ?? '', sort, environments]);
    const known = facts.get(key);
    if (known) {
      facts.set(key, completed(known, mention));
      continue;
    }
    const { kind, name, nameStatus, scope, account, region, verb, relations } = mention;
    const properties = {
      ...mention.properties,
      ...(document.report && { report: true }),
      ...(document.date && { statedDate: document.date }),
    };
    facts.set(key, {
      kind,
      name,
      source: 'docs',
      sort,
      nameStatus,
      evidence: reading.at(lineHolding(mention, reading)),
      environments,
      ...(scope !== undefined && { scope }),
      ...(account && { account }),
      ...(region && { region }),
      ...(verb && { verb, certainty: 'static' }),
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(relations?.length && { relations }),
    });
  }
  return [...facts.values()];
}

/**
 * A page that has called a function `shop-nightly-export` calls it `nightly-export` further down. A name that a command
 * gives is never a short one.
 */
function withoutShortNames(mentions: readonly Mention[]): Mention[] {
  const names = new Map<string, string[]>();
  for (const { kind, name, sort } of mentions)
    if (sort === 'declared') names.set(kind, [...(names.get(kind) ?? []), name].slice(0, MOST_COMPARED));
  // `staging-api` beside `api` is another environment's
  const isShortFor = (name: string, whole: string) =>
    whole.endsWith(`-${name}`) && environmentsOf(whole.slice(0, -name.length)).length === 0;
  return mentions.filter(
    ({ kind, name, verb }) => verb || !names.get(kind)?.some((one) => isShortFor(name, one)),
  );
}

/** The image of one commit is what ran on the day of writing; the next deployment replaces it. */
const isPassing = ({ kind, name }: Mention) => kind === 'Docker::Image' && isPassingImage(name);

/** What a later mention adds to the first: where, and what it relates to. */
function completed(fact: Fact, { account, region, relations }: Mention): Fact {
  const types = new Set(fact.relations?.map(({ type, to }) => `${type} ${to.kind} ${to.name}`));
  const added = relations?.filter(({ type, to }) => !types.has(`${type} ${to.kind} ${to.name}`)) ?? [];
  return {
    ...fact,
    ...(!fact.account && account && { account }),
    ...(!fact.region && region && { region }),
    ...(added.length > 0 && { relations: [...(fact.relations ?? []), ...added] }),
  };
}

function environmentsFor({ name, hints }: Mention): string[] {
  const own = environmentsOf(name);
  if (own.length > 0) return own;
  for (const hint of hints) {
    const said = environmentsSaid(hint);
    // A title that lists them all says which there are, not which one this is
    if (said.length > 0) return said.length > 2 ? [] : said;
  }
  return [];
}

/** The environments of a title or label; ambiguous words (`test`, `demo`) only where it says “environment”. */
function environmentsSaid(text: string): string[] {
  if (text === '' || text.length > 120) return [];
  const words = wordsOf(text);
  const weak = words.length <= 1 || words.some((word) => ENVIRONMENT.test(word));
  return sortEnvironments(
    words.flatMap((word, index) => {
      if (word === 'stage' && /^\d+$/.test(words[index + 1] ?? '')) return [];
      const strong = environmentsOf(word, { weak });
      return strong.length > 0 && environmentOf(word) !== undefined ? strong : [];
    }),
  );
}

function lineHolding({ line, name, written = name }: Mention, { lines }: Reading): number {
  const needle = written.split('⟨')[0] || written;
  for (const step of NEARBY) if (lines[line + step - 1]?.includes(needle)) return line + step;
  return line;
}

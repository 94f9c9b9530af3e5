import type { KindWords } from './kind-forms.ts';
import { type Phrase, phrasesAtEnd, phrasesAtStart } from './kind-words.ts';
import { isFileName, type ReadName, readName } from './names.ts';
import { headings, type Item, itemsAround, type Section } from './page.ts';
import { phraseOf, singular, wordsOf } from './words.ts';

/** Words between a kind and a name that add nothing: “cluster ECS principal nommé `x`”. */
const GLUE = new Set(
  `name named nom nomme nommee called appele appelee id identifier identifiant arn uri url is est the le la les l main principal
principale creation pattern dedie dediee dedicated expected attendu attendue existing existant existante current actuel actuelle shared partage partagee used utilise utilisee
are sont include includes comprennent listed below active actif active deployed deploye deployee a creer definir verifier to be create created configured configure configuree required requis requise following suivant suivante`.split(
    /\s+/,
  ),
);
const ENVIRONMENT_WORD =
  /^(?:dev|development|staging|stage|stg|prod|production|preprod|qa|uat|test|recette)$/;
const PREPOSITION = /^(?:de|du|d|en|of|in|for|pour)$/;
/** A label with one of these does not name what follows as being there. */
const NEGATION = new Set([
  'no',
  'not',
  'without',
  'san',
  'aucun',
  'aucune',
  'pas',
  'old',
  'previous',
  'ancien',
]);
const OPENERS = /[\s:=(«"'“‘→>*–—-]+$/;
/** The tail of a text that can hold a phrase and its glue. */
const TAIL = 90;

/** Between names of one list: “`a`, `b` et `c`”. */
export const SEPARATOR = /^[\s,;&+|/)]*(?:\([^()]{0,60}\)[\s,;&+|/]*)?(?:and|et|or|ou|puis|then)?\s*$/;

/** A phrase found beside a name. */
export interface Found {
  phrases: readonly Phrase[];
  /** “Cluster: x” rather than “cluster x”. */
  label: boolean;
  /** What stood in parentheses after the phrase: often the environment. */
  hint?: string;
  /** Words before the phrase. */
  extra: number;
  /** Said by what introduces the list that the name is in. */
  listed?: boolean;
}

/** The kind that a text announces for the name that follows it at once. */
export function announced(text: string): Found | undefined {
  let tail = text.length > TAIL ? text.slice(-TAIL) : text;
  const stop = Math.max(...['. ', '; ', ', ', '! ', '? '].map((mark) => tail.trimEnd().lastIndexOf(mark)));
  if (stop >= 0) tail = tail.slice(stop + 2);
  let label = /[:=]\s*\**\s*$/.test(tail);
  // “Clusters → `x`” is the way to it in a console; “cluster → `x`” can say anything
  if (/→\s*$/.test(tail) && !/s\s*→\s*$/i.test(tail)) return undefined;
  tail = tail.replace(OPENERS, '');
  let hint: string | undefined;
  if (tail.endsWith(')')) {
    const open = tail.lastIndexOf('(');
    if (open < 0) return undefined;
    hint = tail.slice(open + 1, -1);
    tail = tail.slice(0, open);
    label ||= /[:=]\s*$/.test(tail);
    tail = tail.replace(OPENERS, '');
  }
  if (/[,.;!?)]$/.test(tail)) return undefined;
  const words = wordsOf(tail).map(singular);
  if (hint !== undefined || label) stripEnvironment(words);
  // “RDS PostgreSQL 16:”
  if (label) while (/^\d{1,3}$/.test(words.at(-1) ?? '')) words.pop();
  for (let cut = 0; cut < 3 && GLUE.has(words.at(-1) ?? ''); cut += 1) words.pop();
  const found = phrasesAtEnd(words);
  if (!found) return undefined;
  const extra = words.slice(0, words.length - found.length);
  if (NEGATION.has(extra.at(-1) ?? '') || NEGATION.has(extra.at(-2) ?? '')) return undefined;
  return { phrases: found.phrases, label, extra: extra.length, ...(hint !== undefined && { hint }) };
}

function stripEnvironment(words: string[]): void {
  if (words.length < 2 || !ENVIRONMENT_WORD.test(words.at(-1) ?? '')) return;
  words.pop();
  if (PREPOSITION.test(words.at(-1) ?? '')) words.pop();
}

/** A heading that tells what to do names nothing of what its list begins with. */
const DOING =
  /^(?:verifier|verify|check|controler|voir|see|find|trouver|create|creer|configurer|configure|update|fix|corriger|modifier|add|ajouter|test|tester|debug|install|setup|set)$/;

const COUNT =
  /^(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|several|following|these|deux|trois|quatre|cinq|sept|huit|neuf|dix|plusieurs|suivants?|ces)$/;

/** Services with one kind of things that people name by what it is for: “S3 archive”, “SNS alerts”. */
const SERVICES: Record<string, string> = {
  s3: 's3 bucket',
  sns: 'sns topic',
  sqs: 'sqs queue',
  ecr: 'ecr repository',
  dynamodb: 'dynamodb table',
  lambda: 'lambda function',
};
const PURPOSES = new Set(
  `archive backup sauvegarde asset media upload televersement log journal storage stockage data donnee file fichier document
photo video image state etat alert alerte notification event evenement job message session api frontend backend web worker website static
artifact artefact report rapport export import email mail`.split(/\s+/),
);

/** Whether a label says what a thing is for: “Model storage”. */
export const isPurpose = (label: string): boolean => PURPOSES.has(singular(wordsOf(label).at(-1) ?? ''));

function purposed(label: string): Found | undefined {
  const [service = '', ...purposes] = wordsOf(label).map(singular);
  const kind = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
  if (kind === undefined || purposes.length === 0 || purposes.length > 2) return undefined;
  if (!purposes.every((word) => PURPOSES.has(word))) return undefined;
  const found = phrasesAtEnd(kind.split(' '));
  return found && { phrases: found.phrases, label: true, extra: 0 };
}

/** The heading of a function, `push_to_ecr()`, is no label. */
const IDENTIFIER = /^[a-z]+(?:[_.][a-z\d]+)+(?:\(.{0,60}\)?)?$/i;

/** The kind that a whole label says: a table's header or first cell, a line that introduces a list, a heading. */
export function labelled(text: string): Found | undefined {
  if (text.length > TAIL || IDENTIFIER.test(text)) return undefined;
  const bare = text.replace(/[^\p{L}\p{N})]+$/u, '');
  const found = announced(`${bare} :`) ?? purposed(bare);
  const words = wordsOf(bare);
  // “There are a total of three S3 buckets:” introduces them as well as “S3 buckets:”
  const isCounted = /:\s*$/.test(text) && COUNT.test(words[(found?.extra ?? 0) - 1] ?? '');
  // “A role with inline policies:” introduces what it has
  const isHeld = /:\s*$/.test(text) && /^(?:with|avec)$/.test(words[(found?.extra ?? 0) - 1] ?? '');
  return found && (found.extra <= 2 || isCounted || isHeld) && !words.some((word) => DOING.test(word))
    ? found
    : undefined;
}

/** The kind said just after a name: “the `x` cluster”. */
export function saidAfter(text: string): readonly Phrase[] | undefined {
  if (!/^ [A-Za-zÀ-ÿ]/.test(text)) return undefined;
  const words = wordsOf(text.slice(0, 50).split(/[.,;:()!?→]/)[0] ?? '').map(singular);
  return phrasesAtStart(words);
}

/** What is said around a block, nearest first, for phrases that need more than themselves. */
export interface Around {
  scopes: readonly string[];
  /** Every word of the document, in lower case. */
  vocabulary(): ReadonlySet<string>;
  /** Whether this is a path of the repository, or a file or folder beside the page. */
  isPath(name: string): boolean;
  /** Whether a folder of the repository is called so. */
  isFolder(name: string): boolean;
}

export function scopesOf(own: string, place: { section?: Section; item?: Item; intro?: string }): string[] {
  const items = itemsAround(place.item);
  return [
    phraseOf(own),
    phraseOf(`${place.intro ?? ''} ${items.map((item) => item.title).join(' ')}`),
    phraseOf(items[0]?.list.text ?? ''),
    ...headings(place.section).map((section) => phraseOf(section.title)),
  ];
}

const says = (scope: string, words: readonly string[] | undefined) =>
  words?.some((word) => scope.includes(` ${word} `)) ?? false;

/** The kind that a phrase means here, and whether the phrase alone said so. */
export function meant(
  phrases: readonly Phrase[],
  around: Around,
): { words: KindWords; weak: boolean } | undefined {
  for (const { words, weak } of phrases) {
    if (!weak) return { words, weak };
    if (!words.needs) {
      const isElsewhere = (scope: string, index: number) =>
        says(scope, words.unless) && (index < 4 || !says(scope, ['aws', 'amazon']));
      if (!around.scopes.some(isElsewhere)) return { words, weak };
      continue;
    }
    for (const scope of around.scopes) {
      if (says(scope, words.unless)) break;
      if (says(scope, words.needs)) return { words, weak };
    }
    if (words.kind === 'AWS::ECS::Cluster') {
      const vocabulary = around.vocabulary();
      const has = (word: string) => vocabulary.has(word);
      if (words.needs.some(has) && !words.unless?.some(has)) return { words, weak };
    }
  }
  return undefined;
}

const KEY = /(?:^|[-_])(?:id|key|at|ts|pk|sk|gsi\d?|index)$/i;
const HASH = /^[0-9a-f]{7,40}$/;
/** Hosts that a provider gives: they say another name. */
const GIVEN_HOST = /\.(?:amazonaws\.com|cloudfront\.net|on\.aws|azure\.com|workers\.dev|pages\.dev)$/;

/** The name that a piece of code, a bold word or a cell gives for a kind; undefined when it can be none. */
export function nameFor(
  text: string,
  { words, weak }: { words: KindWords; weak: boolean },
  form: { label: boolean; code: boolean; listed?: boolean | undefined },
  around: Around,
): ReadName | undefined {
  const trimmed = words.trim?.(text.trim()) ?? text.trim();
  const domain = words.domain && trimmed.startsWith('*.') ? trimmed.slice(2) : undefined;
  const read = readName(domain ?? trimmed, words.name);
  if (!read) return undefined;
  const { name } = read;
  if (domain !== undefined) return isFileName(name) ? undefined : { ...read, name: `*.${name}` };
  const isWorkflow = words.kind === 'GitHub::Actions::Workflow';
  // VARIABLE_NAMES stand in tables about many things; only secrets and variables of a platform are named so
  if (
    /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name) &&
    !/^(?:GitHub|Cloudflare)::.*::(?:Secret|Variable)$/.test(words.kind)
  )
    return undefined;
  const marked = /[-_./]/.test(name);
  if (/^[A-Z]+$/.test(name) || (!form.label && /^[a-z]+[A-Z]\w*$/.test(name))) return undefined;
  // `Orders` may head anything; `ShopOrders` in code under “DynamoDB tables” is a name
  const isNamed = marked || (!weak && form.code && /^(?:[A-Z][a-z\d]+){2,6}$/.test(name));
  if (HASH.test(name) || GIVEN_HOST.test(name) || (form.listed && !isNamed)) return undefined;
  // A function of code is no function of Lambda
  if (weak && words.kind === 'AWS::Lambda::Function' && !/-|^[A-Z][a-z]/.test(name)) return undefined;
  // `services/orders` is the code of “the service `orders`”, whatever ECS calls it
  if (weak && words.kind === 'AWS::ECS::Service' && around.isFolder(name)) return undefined;
  // What DynamoDB has besides tables: keys and indexes
  if (weak && words.kind === 'AWS::DynamoDB::Table' && KEY.test(name)) return undefined;
  if (weak && !marked && !/(?:role|queue|topic|table|rule)$/i.test(name)) return undefined;
  if (weak && words.kind === 'AWS::IAM::Role' && !/role|deploy/i.test(name)) return undefined;
  if (weak && words.kind === 'AWS::SecretsManager::Secret' && /^[A-Z0-9_]+$/.test(name)) return undefined;
  if (!form.code && !marked && !/\d/.test(name)) return undefined;
  if (!isWorkflow && (isFileName(name) || around.isPath(name))) return undefined;
  if (words.complete) return { ...read, name: words.complete(name) };
  return read;
}

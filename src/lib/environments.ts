import { wordsOf } from './identifier.ts';

/** Canonical names of environments in the order in which reports show them, each with its aliases. */
const ALIASES: readonly (readonly [canonical: string, ...aliases: string[]])[] = [
  ['local', 'localhost'],
  ['dev', 'development', 'develop', 'devel'],
  ['ci'],
  ['test', 'testing', 'tst'],
  ['integration', 'int'],
  ['qa'],
  ['perf', 'performance'],
  ['sandbox', 'sbx'],
  ['demo'],
  ['preview'],
  ['staging', 'stage', 'stg', 'stag', 'recette'],
  ['uat', 'acceptance'],
  ['preprod', 'preproduction', 'ppd'],
  ['prod', 'production', 'prd', 'live'],
];

const CANONICAL = new Map(
  ALIASES.flatMap(([canonical, ...aliases]) => [canonical, ...aliases].map((word) => [word, canonical])),
);
const ORDER = new Map(ALIASES.map(([canonical], index) => [canonical, index]));
/** Words that are environments only where an environment is expected: `ci`, `int`, `test` stand in many names. */
const WEAK = new Set([
  'ci',
  'int',
  'local',
  'localhost',
  'live',
  'test',
  'testing',
  'demo',
  'preview',
  'perf',
  'performance',
  'integration',
  'acceptance',
  'sandbox',
]);

/** The canonical name of a word that names an environment outright (`Production` gives `prod`), else undefined. */
export function environmentOf(word: string): string | undefined {
  const key = wordsOf(word).join('');
  return CANONICAL.get(key);
}

/**
 * The environments that an identifier names among its words: `orders-staging-svc` gives `staging`. Words that stand in
 * many names for other reasons (`test`, `int`, `live`) count only with `weak`.
 */
export function environmentsOf(identifier: string, { weak = false } = {}): string[] {
  const joined = identifier.replace(/pre-?prod(uction)?/gi, 'preprod').replace(/non-?prod(uction)?/gi, '');
  const found = wordsOf(joined)
    .filter((word) => weak || !WEAK.has(word))
    .map((word) => CANONICAL.get(word))
    .filter((word) => word !== undefined);
  return sortEnvironments(found);
}

/** Each environment once: known ones from development to production, then the others by name. */
export function sortEnvironments(environments: Iterable<string>): string[] {
  const rank = (name: string) => ORDER.get(name) ?? ALIASES.length;
  return [...new Set(environments)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

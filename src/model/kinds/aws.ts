import type { Kind } from '../fact.ts';
import { codes } from '../text.ts';
import type { KindDefinition, Verification, Whereabouts } from './kind.ts';

const PLAIN_WORD = /^[\w@%+=:,./-]+$/;
/** One word for a POSIX shell, quoted only when it needs it. */
export const word = (text: string): string =>
  PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
const regionOption = (region: string | undefined) => (region ? ` --region ${region}` : '');

/** What the user must see for every name to be established: each of them in the output. */
export function eachNamePrinted(names: string[]): Verification['expected'] {
  const list = codes(names, 12);
  return {
    fr: `${names.length > 1 ? 'chacun de ces noms' : 'ce nom'} est affiché : ${list.fr} ; un nom qui n’est pas affiché n’existe pas`,
    en: `${names.length > 1 ? 'each of these names' : 'this name'} is printed: ${list.en}; a name that is not printed does not exist`,
  };
}

/** A list call of the AWS CLI that prints those of the names that exist. */
export function listing(operation: string, list: string, field: string, also: string[] = []) {
  return (names: string[], where: Omit<Whereabouts, 'name'>): Verification => {
    const known = `\`${JSON.stringify(names)}\``;
    const shown = also.length ? `.[${[field, ...also].join(', ')}]` : `.${field}`;
    const query = `${list}[?contains(${known}, ${field})]${shown}`;
    return {
      command: `aws ${operation}${regionOption(where.region)} --query ${word(query)} --output text`,
      expected: eachNamePrinted(names),
    };
  };
}

/** A list of plain names: `TableNames`, `families`. */
export function plainListing(operation: string, list: string) {
  return (names: string[], where: Omit<Whereabouts, 'name'>): Verification => ({
    command: `aws ${operation}${regionOption(where.region)} --query ${word(`${list}[?contains(\`${JSON.stringify(names)}\`, @)]`)} --output text`,
    expected: eachNamePrinted(names),
  });
}

/** One call per name, for APIs whose lists hold no names. */
export function oneByOne(command: (name: string) => string) {
  return (names: string[], where: Omit<Whereabouts, 'name'>): Verification => ({
    command: names.map((name) => `${command(word(name))}${regionOption(where.region)}`).join('\n'),
    expected: {
      fr: names.length > 1 ? 'chaque commande aboutit' : 'la commande aboutit',
      en: names.length > 1 ? 'each command succeeds' : 'the command succeeds',
    },
  });
}

/** The last part of an ARN's resource, of a URL or of a path. */
export const lastPart = (name: string): string =>
  name.startsWith('arn:') || name.startsWith('https://') ? (name.split(/[:/]/).at(-1) ?? name) : name;

type Rest = Omit<KindDefinition, 'kind' | 'provider' | 'title'>;

/** A kind of AWS with its two titles. */
export const aws = (kind: Kind, fr: string, en: string, rest: Rest): KindDefinition => ({
  kind,
  provider: 'aws',
  title: { fr, en },
  normalise: lastPart,
  ...rest,
});

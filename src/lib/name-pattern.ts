/** How a name is open: `⟨inputs.env⟩`, `${ENV}`, `{{env}}`, `{env}`, `<env>`, `$ENV`. */
const PLACEHOLDER = /⟨([^⟨⟩]*)⟩|\$\{([^{}]*)\}|\{\{([^{}]*)\}\}|\{([\w-]+)\}|<([\w -]+)>|\$([A-Za-z_]\w*)/g;
/** What somebody chooses, so that the names of one repository may be all that it can become. */
const CHOSEN = /^(?:inputs\.[\w-]+|matrix\.[\w-]+|argument \d+|\$\{?[A-Za-z_]\w*(?::?-[^{}]*)?\}?)$/;
/** The same by the word that stands for it: in documents, compose files, templates. */
const ENVIRONMENT =
  /^(?:[\w.]*[._-])?(?:env|environment|environnement|stage|workspace)(?:[-_]?name)?(?::?-[^{}]*)?$/i;
/** What may stand in an open part: no part of a path, of an ARN or of an image's tag. */
const PART = /^[_.-]*[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/** Letters and digits of an open name that must be known: fewer fit things that have nothing to do with it. */
export const LEAST_KNOWN = 6;

/** What a name of which a part is known only at run time may become. */
export interface NamePattern {
  /** What of the name is known, for how much it tells: letters and digits alone. */
  known: string;
  /** Every open part is something that somebody chooses: an input, an argument, an environment. */
  isChosen: boolean;
  /** Every open part is the environment. */
  isEnvironment: boolean;
  /** What stands in the open parts of a name that fits; undefined for one that does not. Linear in the name. */
  partsOf(name: string): string[] | undefined;
}

/** The pattern of an open name; undefined for a name that is whole. */
export function patternOf(name: string): NamePattern | undefined {
  const known: string[] = [];
  let at = 0;
  let isChosen = true;
  let isEnvironment = true;
  for (const match of name.matchAll(PLACEHOLDER)) {
    const inside = match.slice(1).find((part) => part !== undefined) ?? '';
    const named = ENVIRONMENT.test(inside.trim());
    isEnvironment &&= named;
    isChosen &&= named || (match[0].startsWith('⟨') && CHOSEN.test(inside));
    // two open parts side by side are one
    if (match.index > at || known.length === 0) known.push(name.slice(at, match.index));
    at = match.index + match[0].length;
  }
  if (known.length === 0) return undefined;
  known.push(name.slice(at));
  return {
    known: known.join('').replace(/[^\p{L}\p{N}]/gu, ''),
    isChosen,
    isEnvironment,
    partsOf: (other) => partsBetween(known, other),
  };
}

/** What stands between these texts in a name that is made of them, each as far to the left as it can be. */
function partsBetween(known: readonly string[], name: string): string[] | undefined {
  const [first = '', ...rest] = known;
  const last = rest.pop() ?? '';
  const end = name.length - last.length;
  if (!name.startsWith(first) || !name.endsWith(last) || end <= first.length) return undefined;
  const parts: string[] = [];
  let from = first.length;
  for (const text of rest) {
    const at = name.indexOf(text, from + 1);
    if (at < 0 || at + text.length >= end) return undefined;
    parts.push(name.slice(from, at));
    from = at + text.length;
  }
  parts.push(name.slice(from, end));
  return parts.every((part) => PART.test(part)) ? parts : undefined;
}

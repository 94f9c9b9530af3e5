import { environmentsOf } from '#lib/environments.ts';
import type { Fact } from '#model/fact.ts';

/** How a name is open: `⟨inputs.env⟩`, `${ENV}`, `{{env}}`, `{env}`, `<env>`, `$ENV`. */
const PLACEHOLDER = /⟨([^⟨⟩]*)⟩|\$\{([^{}]*)\}|\{\{([^{}]*)\}\}|\{([\w-]+)\}|<([\w -]+)>|\$([A-Za-z_]\w*)/g;
/** What somebody chooses, so that the names of one repository may be all that it can become. */
const CHOSEN = /^(?:inputs\.[\w-]+|matrix\.[\w-]+|argument \d+|\$\{?[A-Za-z_]\w*(?::?-[^{}]*)?\}?)$/;
/** The same by the word that stands for it: in documents, compose files, templates. */
const ENVIRONMENT = /^(?:[\w.]*[._-])?(?:env|environment|environnement|stage)(?:[-_]?name)?(?::?-[^{}]*)?$/i;
const OPEN_TAG = /:[^/]*[⟨$]/;
const SPECIAL = /[.*+?^${}()|[\]\\]/g;
const MOST_NAMES = 24;

/** What an open name can be, where all that is open in it is chosen; undefined for any other name. */
function pattern(name: string): RegExp | undefined {
  let source = '^';
  let known = '';
  let at = 0;
  for (const match of name.matchAll(PLACEHOLDER)) {
    const inside = match.slice(1).find((part) => part !== undefined) ?? '';
    const isChosen = match[0].startsWith('⟨') && CHOSEN.test(inside);
    if (!isChosen && !ENVIRONMENT.test(inside.trim())) return undefined;
    const before = name.slice(at, match.index);
    known += before;
    source += `${before.replace(SPECIAL, '\\$&')}[A-Za-z0-9_.-]+`;
    at = match.index + match[0].length;
  }
  const rest = name.slice(at);
  known += rest;
  if (at === 0 || known.replace(/[^A-Za-z0-9]/g, '').length < 4) return undefined;
  return new RegExp(`${source}${rest.replace(SPECIAL, '\\$&')}$`);
}

const fileOf = ({ evidence }: Fact): string | undefined => ('file' in evidence ? evidence.file : undefined);

/**
 * Facts in which a name that is open in what somebody chooses (`shop-{env}-api` in a document, `shop-$ENV-api` in a
 * script) stands for the names that other facts give whole (`shop-dev-api`, `shop-prod-api`): it says the same of each
 * of them, and is no resource of its own. A name that is open in a secret, a commit or an answer stays as it is.
 */
export function withOpenNamesClosed(facts: readonly Fact[]): readonly Fact[] {
  const whole = new Map<string, Map<string, Fact>>();
  for (const fact of facts) {
    if (fact.sort !== 'declared' || (fact.nameStatus !== 'literal' && fact.nameStatus !== 'resolved'))
      continue;
    const names = whole.get(fact.kind) ?? new Map<string, Fact>();
    whole.set(fact.kind, names.set(`${fact.scope ?? ''}\n${fact.name}`, fact));
  }
  const known = new Map<string, readonly Fact[]>();
  return facts.flatMap((fact) => {
    if (fact.nameStatus !== 'template' || fact.sort !== 'declared') return [fact];
    const key = `${fact.kind}\n${fact.name}`;
    let meant = known.get(key);
    if (!meant) {
      const fits = pattern(fact.name);
      meant = fits ? [...(whole.get(fact.kind)?.values() ?? [])].filter(({ name }) => fits.test(name)) : [];
      known.set(key, meant);
    }
    const scope = fact.scope === undefined ? undefined : pattern(fact.scope);
    const fitting = meant.filter(
      (one) =>
        // `web:latest` and `web:$TAG` in one script are two tags of one image
        !(fact.kind === 'Docker::Image' && OPEN_TAG.test(fact.name) && fileOf(one) === fileOf(fact)) &&
        (fact.scope === undefined ||
          one.scope === undefined ||
          one.scope === fact.scope ||
          scope?.test(one.scope) === true),
    );
    if (fitting.length === 0 || fitting.length > MOST_NAMES) return [fact];
    return fitting.map(({ name, nameStatus, scope: own }): Fact => {
      const { scope: _, ...rest } = fact;
      return {
        ...rest,
        name,
        nameStatus,
        ...(own !== undefined && { scope: own }),
        environments: environmentsOf(name),
      };
    });
  });
}

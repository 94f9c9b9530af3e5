import type { ParsedCall } from '../rehearse/tools/tool.ts';
import { namesIn, type Variable } from '../repo/environment-names.ts';

/** A variable that a command gives to what is deployed, and where the command stands. */
export interface Setting extends Variable {
  line: number;
}

/** `fly secrets set`, `heroku config:set`, `eb setenv`, `gh variable set`, `railway variables set`… */
const SETS =
  /^(?:config:set|config set|setenv|(?:secrets?|variables?|vars?|env) (?:set|add)|.*appsettings set|variables?)$/;
const PAIR = /^([A-Z][A-Z0-9_]{2,80})=(\S{1,300})$/;
/** A word of its own (`uploads`) is what anybody would write there. */
const MARKED = /[-_./\d]/;

/** The variables that a call sets for an application on a platform. */
export function settingsOf(call: ParsedCall, line: number): Setting[] {
  if (!SETS.test(call.operation)) return [];
  const { set, settings, body, b } = call.options;
  const given = [...call.words, set, settings].flat().filter((word) => typeof word === 'string');
  const pairs = given.flatMap((word) => {
    const [, name = '', value = ''] = PAIR.exec(word) ?? [];
    return name === '' ? [] : [{ name, value, line }];
  });
  const [name] = call.words;
  const value = body ?? b;
  if (name !== undefined && typeof value === 'string' && /^[A-Z][A-Z0-9_]{2,80}$/.test(name))
    pairs.push({ name, value, line });
  return pairs;
}

/** The resources of AWS that the settings of one block name by the keys of their variables. */
export const namedBySettings = (settings: readonly Setting[]) =>
  settings.length === 0
    ? []
    : namesIn(settings).flatMap(({ key, by, certainty }) =>
        certainty === 'key-name' && MARKED.test(key.name) ? [{ ...key, line: by.line }] : [],
      );

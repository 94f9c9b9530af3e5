import type { ProxyPlace } from '#model/proxy.ts';
import { type Assignment, pathOf } from './option.ts';

/** One argument of a command line or one variable, with its place. */
export interface Written {
  text: string;
  at: ProxyPlace;
}

const MOST = 5_000;

/**
 * The options that a command line of Traefik gives: `--entryPoints.web.address=:80`, `--api`, and `--flag value`. What
 * comes before the first flag (the program, a subcommand) says nothing. Traefik, “CLI reference”.
 */
export function flagsOf(words: readonly Written[]): Assignment[] {
  const found: Assignment[] = [];
  for (let index = 0; index < Math.min(words.length, MOST); index += 1) {
    const word = words[index];
    const flag = word && /^--?([A-Za-z][^=\s]{0,400})(?:=([\s\S]*))?$/.exec(word.text);
    const path = flag?.[1] === undefined ? undefined : pathOf(flag[1]);
    if (!word || !flag || !path) continue;
    const next = words[index + 1]?.text;
    const isApart = flag[2] === undefined && next !== undefined && !next.startsWith('-');
    if (isApart) index += 1;
    const value = flag[2] ?? (isApart ? next : 'true');
    found.push({ path, value: value.replace(/^(["'])(.*)\1$/s, '$2'), at: word.at });
  }
  return found;
}

/** The options that variables give: `TRAEFIK_ENTRYPOINTS_WEB_ADDRESS`. Names in them are of lower case. */
export function variablesOf(
  variables: readonly { name: string; value: string; at: ProxyPlace }[],
): Assignment[] {
  return variables.slice(0, MOST).flatMap(({ name, value, at }) => {
    if (!/^TRAEFIK_[A-Z]/.test(name) || name.length > 400) return [];
    const path = name
      .slice('TRAEFIK_'.length)
      .toLowerCase()
      .split('_')
      .filter((part) => part !== '')
      .map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : part));
    return path.length === 0 ? [] : [{ path, value, at }];
  });
}

/** The options that labels of containers give: `traefik.http.routers.api.rule`. */
export function labelsOf(labels: readonly { name: string; value: string; at: ProxyPlace }[]): Assignment[] {
  return labels.slice(0, MOST).flatMap(({ name, value, at }) => {
    const path = /^traefik\./i.test(name) ? pathOf(name.slice('traefik.'.length)) : undefined;
    return path === undefined ? [] : [{ path, value, at }];
  });
}

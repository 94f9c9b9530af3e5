import { hostOf, type ReadRule } from './rule.ts';

const LONGEST = 4_000;

/**
 * A rule of Traefik 1 (`Host:a.example,b.example;PathPrefix:/api`): every part must hold, each with any of its values.
 * Traefik 1.7, “Matchers” and “Modifiers”.
 */
export function readOldRule(rule: string): ReadRule {
  const match: ReadRule['match'] = { hosts: [], paths: [], other: [] };
  const shown: string[] = [];
  let isUnderstood = rule.length <= LONGEST && rule.trim() !== '';
  for (const part of rule.slice(0, LONGEST).split(';')) {
    const colon = part.indexOf(':');
    const name = part.slice(0, Math.max(0, colon)).trim();
    const values = part
      .slice(colon + 1)
      .split(',')
      .map((value) => value.trim())
      .filter((value) => value !== '');
    if (part.trim() === '') continue;
    // what a header must hold may be what lets in
    const text = /^(?:header|query)/i.test(name)
      ? `${name}:${(values[0] ?? '').split('=', 1)[0]}…`
      : part.trim();
    shown.push(text);
    const kind = name.toLowerCase();
    if (kind === 'host' && match.hosts.length === 0) match.hosts.push(...values.map(hostOf));
    else if (kind === 'hostregexp' && match.hosts.length === 0)
      match.hosts.push(...values.map((value) => `~${value}`));
    else if (/^path(?:prefix)?(?:strip)?(?:regex)?$/.test(kind) && match.paths.length === 0) {
      const isPattern = (value: string) => kind.endsWith('regex') || value.includes('{');
      const how = kind.startsWith('pathprefix') ? ('prefix' as const) : ('exact' as const);
      match.paths.push(
        ...values.map((value) => ({ how: isPattern(value) ? ('regex' as const) : how, value })),
      );
    } else if (/^(?:addprefix|replacepath(?:regex)?)$/.test(kind)) continue;
    else {
      match.other.push(text);
      isUnderstood &&= /^(?:host|path|header|method|query)/.test(kind);
    }
  }
  return { match, isUnderstood, shown: shown.join(';') };
}

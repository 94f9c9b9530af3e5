import type { RouteMatch } from '#model/proxy.ts';
import { maskHaproxyLine } from '../nginx/masked.ts';
import type { HaproxyLine } from './sections.ts';

/** One test of an ACL, as far as it is on the host or the path. */
interface Test {
  hosts?: string[];
  paths?: RouteMatch['paths'];
  /** It asks for a user and a password. */
  isLogin?: true;
  text: string;
}

const MOST_WAYS = 64;

/** The ACLs of a section: several of one name hold where any of them does. HAProxy configuration manual, 7.1 “ACL basics”. */
export function aclsOf(lines: readonly HaproxyLine[]): Map<string, Test[]> {
  const acls = new Map<string, Test[]>();
  for (const { words } of lines) {
    const [keyword, name, criterion, ...rest] = words;
    if (keyword !== 'acl' || name === undefined || criterion === undefined) continue;
    const known = acls.get(name) ?? [];
    known.push(testOf(criterion, rest));
    acls.set(name, known);
  }
  return acls;
}

/** 7.3.6 “Fetching HTTP samples”: `hdr(host)`, `path_beg` and their like, with the flags before their values. */
function testOf(criterion: string, rest: readonly string[]): Test {
  const values: string[] = [];
  let method: string | undefined;
  let isFile = false;
  let isAnyCase = false;
  for (let index = 0; index < rest.length; index += 1) {
    const word = rest[index] as string;
    if (values.length > 0 || !/^-\w$/.test(word)) values.push(word);
    else if (word === '--') values.push(...rest.slice(index + 1));
    else if (word === '-m') {
      index += 1;
      method = rest[index];
    } else if (word === '-f' || word === '-M') isFile = true;
    else if (word === '-i') isAnyCase = true;
  }
  const text = maskHaproxyLine([criterion, ...rest].join(' '));
  const [, fetch = criterion, argument = ''] = /^([\w.]{1,40})(?:\(([^)]{0,80})\))?/.exec(criterion) ?? [];
  const [, base = fetch, suffix] = /^(.*?)(?:_(beg|end|dir|dom|reg|sub|len|str))?$/.exec(fetch) ?? [];
  const how = method ?? suffix ?? 'str';
  if (/^http_auth/.test(fetch)) return { isLogin: true, text };
  if (isFile) return { text };
  const isHost = /^(?:req\.)?f?hdr$/.test(base)
    ? /^host(?:,-?\d)?$/i.test(argument)
    : /^(?:req\.)?ssl_(?:fc_)?sni$|^req_ssl_sni$/.test(base);
  if (isHost) {
    const hosts = values.map((value) => hostOf(how, value.toLowerCase(), value));
    return hosts.every((host) => host !== undefined) ? { hosts, text } : { text };
  }
  if (base === 'path' || base === 'url' || base === 'pathq') {
    const paths = values.map((value) => pathOf(how, value, isAnyCase));
    return paths.every((one) => one !== undefined) ? { paths, text } : { text };
  }
  return { text };
}

function hostOf(how: string, value: string, written: string): string | undefined {
  if (how === 'str') return value.replace(/:\d{1,5}$/, '');
  if (how === 'beg') return `${value}*`;
  if (how === 'end') return `*${value}`;
  return how === 'reg' ? `~${written}` : undefined;
}

function pathOf(how: string, value: string, isAnyCase: boolean): RouteMatch['paths'][number] | undefined {
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (how === 'reg') return { how: 'regex', value: isAnyCase ? `(?i)${value}` : value };
  if (how === 'end') return { how: 'regex', value: `${isAnyCase ? '(?i)' : ''}${escaped}$` };
  if (isAnyCase && /[a-z]/i.test(value) && (how === 'beg' || how === 'str'))
    return { how: 'regex', value: `(?i)^${escaped}${how === 'str' ? '$' : ''}` };
  if (how === 'beg') return { how: 'prefix', value };
  return how === 'str' ? { how: 'exact', value } : undefined;
}

/** One way in which a condition holds. */
export interface Way extends RouteMatch {
  /** It asks whether a user is known by a password. */
  login?: 'known' | 'unknown';
}

/**
 * The ways in which what stands after `if` or `unless` holds: terms side by side must all hold, `or` and `||` part them.
 * 7.2 “Using ACLs to form conditions”.
 */
export function waysOf(words: readonly string[], acls: ReadonlyMap<string, readonly Test[]>): Way[] {
  const at = words.findIndex((word) => word === 'if' || word === 'unless');
  if (at < 0) return [{ hosts: [], paths: [], other: [] }];
  const terms = words.slice(at + 1);
  const written = maskHaproxyLine(words.slice(at).join(' '));
  const isUnless = words[at] === 'unless';
  const parts: string[][] = [[]];
  for (const term of terms) {
    if (term === 'or' || term === '||') parts.push([]);
    else parts.at(-1)?.push(term);
  }
  if (isUnless) {
    const [only] = parts;
    const isLogin = parts.length === 1 && only !== undefined && isLoginOnly(only, acls);
    return [{ hosts: [], paths: [], other: isLogin ? [] : [written], ...(isLogin && { login: 'unknown' }) }];
  }
  return parts.slice(0, MOST_WAYS).flatMap((part) => wayOf(part, acls));
}

const isLoginOnly = (terms: readonly string[], acls: ReadonlyMap<string, readonly Test[]>): boolean =>
  grouped(terms).every(({ isNot, tests }) => !isNot && tests(acls).some(({ isLogin }) => isLogin));

/** Terms as they stand side by side: a name with or without `!`, or a test of its own between braces. */
function grouped(terms: readonly string[]) {
  const found: {
    isNot: boolean;
    text: string;
    tests: (acls: ReadonlyMap<string, readonly Test[]>) => readonly Test[];
  }[] = [];
  let isNot = false;
  for (let index = 0; index < terms.length; index += 1) {
    const term = terms[index] as string;
    if (term === '!') {
      isNot = true;
      continue;
    }
    const brace = term === '{' || term === '!{';
    if (brace) {
      const end = terms.indexOf('}', index);
      const [criterion = '', ...rest] = terms.slice(index + 1, end < 0 ? undefined : end);
      const test = testOf(criterion, rest);
      found.push({ isNot: isNot || term === '!{', text: test.text, tests: () => [test] });
      index = end < 0 ? terms.length : end;
    } else {
      const name = term.replace(/^!/, '');
      found.push({ isNot: isNot || term !== name, text: name, tests: (acls) => acls.get(name) ?? [] });
    }
    isNot = false;
  }
  return found;
}

function wayOf(terms: readonly string[], acls: ReadonlyMap<string, readonly Test[]>): Way[] {
  let ways: Way[] = [{ hosts: [], paths: [], other: [] }];
  for (const { isNot, text, tests } of grouped(terms)) {
    const own = tests(acls);
    if (/^(?:TRUE|HTTP)$/.test(text) && own.length === 0 && !isNot) continue;
    if (own.length > 0 && own.every(({ isLogin }) => isLogin)) {
      ways = ways.map((way) => ({ ...way, login: isNot ? 'unknown' : 'known' }));
    } else if (isNot || own.length === 0 || own.some(({ hosts, paths }) => !hosts && !paths)) {
      ways = ways.map((way) => ({ ...way, other: [...way.other, `${isNot ? '!' : ''}${text}`] }));
    } else {
      const hosts = own.flatMap((test) => test.hosts ?? []);
      const paths = own.flatMap((test) => test.paths ?? []);
      // a name that stands for hosts and for paths holds in either way
      const kinds = [...(hosts.length > 0 ? [{ hosts }] : []), ...(paths.length > 0 ? [{ paths }] : [])];
      ways = ways
        .flatMap((way) =>
          kinds.map((kind): Way => {
            const taken = 'hosts' in kind ? way.hosts.length > 0 : way.paths.length > 0;
            return taken ? { ...way, other: [...way.other, text] } : { ...way, ...kind };
          }),
        )
        .slice(0, MOST_WAYS);
    }
  }
  return ways;
}

import { interpolate, type Lookup } from '../interpolation.ts';

/** A file that a script writes, with its text as far as the script tells it. */
export interface WrittenFile {
  /** Where it is written, the script's own variables put in. */
  path: string;
  text: string;
  /** The line of the script that is the text's first one. */
  line: number;
}

const MARK = /<<[-~]?\s{0,3}(\\?["']?)([A-Za-z_][\w-]{0,40})["']?/;
const LONGEST_LINE = 2_000;
const LONGEST_BODY = 2_000;
const MOST = 200;
/** What looks like a here-document and never ends is a shift of bits, or a broken script. */
const MOST_ENDLESS = 50;
const WORD = String.raw`("[^"\n]{1,300}"|'[^'\n]{1,300}'|[^\s"'|;&<>()]{1,300})`;
const REDIRECT = new RegExp(String.raw`(?<![0-9&<>])>{1,2}\|?\s{0,4}${WORD}`);
const TEE = new RegExp(String.raw`\btee\s+(?:-\w+\s+|--append\s+)?${WORD}`);
const STDIN = new RegExp(String.raw`\binstall\b[^|;]{0,200}\s/dev/stdin\s+${WORD}`);
const COPY = new RegExp(String.raw`^\s*COPY\s[^\n]{0,200}<<-?\s{0,3}\S+\s+${WORD}`);
const CRONTAB =
  /\bcrontab\s+(?:-u\s*(\S+)\s+)?(?:-\s*)?(?:<<|$)|\|\s*(?:sudo\s+)?crontab\s+(?:-u\s*(\S+)\s+)?-/;

/** The files that a script writes from here-documents, and the tables that it gives to crontab(1) as `crontab` or `crontab of USER`. */
export function writtenFiles(lines: readonly string[], lookup: Lookup): WrittenFile[] {
  const found: WrittenFile[] = [];
  let endless = 0;
  for (let index = 0; index < lines.length && found.length < MOST && endless < MOST_ENDLESS; index += 1) {
    const line = lines[index] ?? '';
    if (line.length > LONGEST_LINE || !line.includes('<<') || /^\s*#/.test(line)) continue;
    const mark = MARK.exec(line);
    if (!mark?.[2]) continue;
    const end = endOf(lines, index + 1, mark[2]);
    if (end < 0) {
      endless += 1;
      continue;
    }
    const path = targetOf(line, lookup);
    if (path !== undefined) {
      const body = lines.slice(index + 1, end);
      const isQuoted = mark[1] !== '';
      found.push({
        path,
        text: dedented(isQuoted ? body : body.map((one) => filled(one, lookup))),
        line: index + 2,
      });
    }
    index = end;
  }
  return found;
}

function endOf(lines: readonly string[], from: number, mark: string): number {
  const last = Math.min(lines.length, from + LONGEST_BODY);
  for (let index = from; index < last; index += 1) {
    const line = lines[index] ?? '';
    // a command of ssh closes its quotes on the same line
    if (line.length <= mark.length + 40 && line.trim().replace(/["')]+$/, '') === mark) return index;
  }
  return -1;
}

function targetOf(line: string, lookup: Lookup): string | undefined {
  const word = (COPY.exec(line) ?? TEE.exec(line) ?? STDIN.exec(line) ?? REDIRECT.exec(line))?.[1];
  if (word !== undefined && !/^["']?\/dev\//.test(word)) return pathOf(word, lookup);
  const crontab = CRONTAB.exec(line);
  const user = crontab?.[1] ?? crontab?.[2];
  return crontab ? (user === undefined ? 'crontab' : `crontab of ${pathOf(user, lookup)}`) : undefined;
}

/** A word of the shell as a path: quotes off, variables put in, what is not known between `⟨ ⟩`. */
export function pathOf(word: string, lookup: Lookup): string {
  const quote = word[0] === '"' || word[0] === "'" ? word[0] : '';
  const inner = quote === '' ? word : word.slice(1, -1);
  return quote === "'" ? inner : filled(inner, lookup);
}

/** What a shell would make of a line of a here-document without quotes. POSIX, “Here-Document”. */
export function filled(line: string, lookup: Lookup): string {
  if (!/[$`\\]/.test(line)) return line;
  const held = line.replace(/\\([$`\\])/g, (_, character: string) =>
    character === '$' ? '\ue001' : character === '`' ? '\ue002' : '\ue003',
  );
  const inner = held.replace(/\$\([^()]{0,300}\)|`[^`]{0,300}`/g, '⟨command⟩');
  const text = interpolate(inner, lookup).text;
  return text
    .replace(
      /\$\{(?!\{)([A-Za-z_]\w{0,80})[^{}]{0,200}\}|\$([A-Za-z_]\w{0,80}|[0-9@*#?])/g,
      (_, braced?: string, bare?: string) => `⟨${braced ?? bare}⟩`,
    )
    .replaceAll('\ue001', '$')
    .replaceAll('\ue002', '`')
    .replaceAll('\ue003', '\\');
}

function dedented(body: readonly string[]): string {
  const indent = Math.min(
    200,
    ...body.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  );
  return body.map((line) => line.slice(indent)).join('\n');
}

const ASSIGNED =
  /^\s*(?:(?:export|readonly|local|declare(?:\s+-\w+)?)\s+)?([A-Za-z_]\w{0,80})=("[^"`\n]{0,300}"|'[^'\n]{0,300}'|[^\s"'`;&|()<>]{0,300})\s*(?:;|#.*)?$/;
const SET_OTHERWISE = /(?:^|[\s;&|(])([A-Za-z_]\w{0,80})\+?=/g;

/**
 * The variables of a script that have one value wherever they are used: assigned once, outside of conditions, from texts
 * and other such variables. Others are chosen when it runs. Values are never to be kept.
 */
export function scriptVariables(lines: readonly string[]): Lookup {
  const values = new Map<string, string>();
  const changed = new Set<string>();
  for (const line of lines) {
    if (line.length > LONGEST_LINE || !/[=]|\bread\b|\bfor\b/.test(line)) continue;
    const [, name, written] = ASSIGNED.exec(line) ?? [];
    if (name === undefined || written === undefined) {
      // what is read from a person, or set for one command, in a loop or on a condition
      const set = /\b(?:read|for)\s/.test(line)
        ? line.matchAll(/\b([A-Za-z_]\w{0,80})\b/g)
        : line.matchAll(SET_OTHERWISE);
      for (const [, other = ''] of set) changed.add(other);
      continue;
    }
    const text = pathOf(written, (one) => (changed.has(one) ? undefined : values.get(one)));
    if (values.has(name) || /^\s/.test(line) || text.includes('⟨')) changed.add(name);
    values.set(name, text);
  }
  return (name) => (changed.has(name) ? undefined : values.get(name));
}

import { LineIndex } from '#lib/line-index.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Tree } from '../../readers/tree.ts';
import type { Code, Expression } from './code.ts';
import { textsOf } from './code.ts';
import type { Read } from './environment-reads.ts';
import type { KnownSettings } from './known-settings.ts';
import type { Spot } from './meaning.ts';
import type { Program } from './programs.ts';

const MOST_FILES = 1_500;
const MOST_CHARACTERS = 15_000_000;
const MOST_USES = 20;
const MOST_VALUES = 50;
/** To look for so few names costs less than to go through all words. */
const FEW = 30;
const WORD = /[A-Za-z_]\w*/g;

export interface Uses {
  of: ReadonlyMap<Read, FileEvidence[]>;
  /** Not every file was looked at. */
  isPart: boolean;
}

/** Where the rest of a program uses what was read: lines that name it, beside the one that reads it. */
export function usesOf(reads: readonly Read[], program: Program, tree: Tree): Uses {
  const found = new Map<Read, FileEvidence[]>(reads.map((read) => [read, read.symbol ? [] : [read.at]]));
  const tracked = new Map<string, Read[]>();
  for (const read of reads)
    if (read.symbol) tracked.set(read.symbol.name, [...(tracked.get(read.symbol.name) ?? []), read]);
  if (tracked.size === 0) return { of: found, isPart: false };
  const names = [...tracked.keys()];
  let characters = 0;
  let isPart = program.left.length > 0 || program.files.length > MOST_FILES;
  for (const { path } of program.files.slice(0, MOST_FILES)) {
    const text = tree.read(path);
    if (text === undefined) continue;
    characters += text.length;
    if (characters > MOST_CHARACTERS) {
      isPart = true;
      break;
    }
    if (names.length < FEW && !names.some((name) => text.includes(name))) continue;
    const lines = new LineIndex(text);
    for (const match of text.matchAll(WORD)) {
      const list = tracked.get(match[0]);
      if (!list) continue;
      const line = lines.of(match.index);
      for (const read of list) {
        const uses = found.get(read) ?? [];
        const { symbol } = read;
        if (!symbol || uses.length >= MOST_USES || (symbol.file === path && symbol.line === line)) continue;
        if (uses.at(-1)?.file === path && uses.at(-1)?.line === line) continue;
        // a field is reached through what holds it, or by its name as a text
        const before = text[match.index - 1] ?? '';
        if (symbol.isField && !/[.'"]/.test(before)) continue;
        if (isRemark(text, match.index)) continue;
        uses.push({ source: 'repo', file: path, line });
      }
    }
  }
  return { of: found, isPart };
}

/** Whether a place stands in a comment, as far as its line tells. */
function isRemark(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return /^\s*(?:#|\/\/|\/?\*)|\s(?:#|\/\/)\s/.test(text.slice(start, at));
}

/** Values that code compares settings with: `settings.MODE == "sandbox"`, `case 'docker'`. */
export function valuesOf(codes: readonly Code[], settings: KnownSettings): Map<Read, Set<string>> {
  const found = new Map<Read, Set<string>>();
  for (const code of codes)
    for (const { left, right, fn } of code.comparisons) {
      const spot: Spot = { code, fn };
      for (const [side, other] of [
        [left, right],
        [right, left],
      ] as const) {
        const texts = textsOf(other);
        const read = texts && subject(side, spot, settings);
        if (!texts || !read) continue;
        const values = found.get(read) ?? new Set<string>();
        found.set(read, values);
        for (const text of texts)
          if (values.size < MOST_VALUES && /^[\w.-]{1,60}$/.test(text)) values.add(text);
      }
    }
  return found;
}

/** The setting that is compared, whatever its case is brought to first. */
function subject(side: Expression, spot: Spot, settings: KnownSettings): Read | undefined {
  let own = side;
  while (
    own.is === 'call' &&
    (own.callee.is === 'member' || own.callee.is === 'name') &&
    own.args.length === 0
  ) {
    if (own.callee.is === 'member') own = own.callee.of;
    else if (/\.(?:lower|upper|strip|toLowerCase|toUpperCase|trim|value)$/.test(own.callee.path))
      own = { ...own.callee, path: own.callee.path.replace(/\.\w+$/, '') };
    else return undefined;
  }
  if (own.is !== 'name' && own.is !== 'member' && own.is !== 'call' && own.is !== 'index') return undefined;
  const direct = settings.of(own, spot);
  if (direct || own.is !== 'name' || own.path.includes('.')) return direct;
  // `mode = settings.EXECUTE_MODE`, then `mode == "direct"`
  const assigned = spot.code.assignments.filter(({ fn, target }) => fn === spot.fn && target === own.path);
  return assigned.length === 1 && assigned[0]?.value ? settings.of(assigned[0].value, spot) : undefined;
}

import { hasSymbol } from '#lib/symbolic.ts';
import type { SourceLines } from './source-lines.ts';

/** Where to look for a name, the likeliest file first. */
export interface Search {
  /** Words that a line about this sort of thing would hold. */
  about?: RegExp;
  files: readonly string[];
  /** The call itself. */
  at: { file: string; line: number };
  /** The lines of the job that makes the call, in one of the files. */
  job?: {
    file: string;
    from: number;
    to: number /** The first line of the first job: what stands before is for all. */;
    head: number;
  };
}

export interface Place {
  file: string;
  line: number;
  /** What stands there: the whole name, a piece of it, or only the call. */
  holds: 'name' | 'piece' | 'call';
}

const WORD = /[\w-]/;
/** Characters that go on with a longer name or path: `api` is not what `services/api.py` names. */
const WIDER = /[\w./-]/;
const KEY = /^\s*(?:-\s+)?(?:export\s+)?["']?[\w.-]+["']?\s*[:=]/;
/** Words for people: a name in them is not where it is set. */
const SAID =
  /^\s*(?:echo|printf|print|log|info|warn|error)\b(?!.*>>)|--description\b|^\s*(?:-\s+)?(?:name|description|run-name)\s*:/;
const SHORTEST_PIECE = 3;
/** Below this a part of a name that stands by itself is a word like any other. */
const SHORTEST_WHOLE = 6;

/** How a name stands on a line: 0 by itself, 1 as a part of a path or a reference, undefined within another word. */
function standing(line: string, name: string): 0 | 1 | undefined {
  let best: 0 | 1 | undefined;
  for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
    // the default of `${NAME:-api}` begins after its hyphen
    const before = /:[-=]$/.test(line.slice(0, at)) ? ' ' : (line[at - 1] ?? ' ');
    const after = line[at + name.length] ?? ' ';
    if (WORD.test(before) || WORD.test(after)) continue;
    if (!WIDER.test(before) && !WIDER.test(after)) return 0;
    if (after !== '.' && before !== '.') best = 1;
  }
  return best;
}

function exact(name: string, { files, at, job, about }: Search, lines: SourceLines): Place | undefined {
  let best: (Place & { cost: number }) | undefined;
  for (const [index, file] of files.entries()) {
    const holding = lines.holding(file, name);
    if (!lines.mayCompare(holding.length)) break;
    for (const line of holding) {
      const text = lines.of(file)[line - 1] ?? '';
      const stands = standing(text, name);
      if (stands === undefined) continue;
      const distance = file === at.file ? Math.abs(line - at.line) : 0;
      if (file === at.file && distance === 0) return { file, line, holds: 'name' };
      const inJob = job?.file !== file || line < job.head || (line >= job.from && line <= job.to);
      const cost =
        index * 5 +
        stands * 40 +
        (inJob ? 0 : 25) +
        (KEY.test(text) ? 0 : 8) +
        (about?.test(text.replaceAll(name, ' ')) ? 0 : 20) +
        (SAID.test(text) ? 30 : 0) +
        Math.min(distance, 400) / 100;
      if (!best || cost < best.cost) best = { file, line, holds: 'name', cost };
    }
  }
  return best && { file: best.file, line: best.line, holds: 'name' };
}

/** A part of a name that may be written somewhere, and what must stand on either side of it there. */
interface Piece {
  text: string;
  before: 'edge' | 'expansion' | 'any';
  after: 'edge' | 'expansion' | 'any';
}

const letters = (text: string): number => text.replace(/[^A-Za-z0-9]/g, '').length;

/** What of a computed name may be written before or after an expansion, longest first. */
function pieces(name: string): Piece[] {
  if (hasSymbol(name)) {
    const parts = name.split(/⟨[^⟨⟩]*⟩/);
    const written = parts.map(
      (text, index): Piece => ({
        text,
        before: index === 0 ? 'edge' : 'any',
        after: index === parts.length - 1 ? 'edge' : 'any',
      }),
    );
    const bare = parts.map(
      (text): Piece => ({ text: text.replace(/^[-_./:]+|[-_./:]+$/g, ''), before: 'edge', after: 'edge' }),
    );
    return [written, bare].flatMap((list) =>
      list
        .filter(({ text }) => letters(text) >= SHORTEST_PIECE)
        .sort((a, b) => b.text.length - a.text.length),
    );
  }
  const cuts = [...name.matchAll(/[-_/.:]/g)].map((match) => match.index).slice(0, 12);
  const touching = cuts.flatMap((cut): Piece[] => [
    { text: name.slice(0, cut + 1), before: 'edge', after: 'expansion' },
    { text: name.slice(0, cut), before: 'edge', after: 'expansion' },
    { text: name.slice(cut), before: 'expansion', after: 'edge' },
  ]);
  const between = cuts
    .slice(0, 6)
    .flatMap((from, index): Piece[] =>
      cuts
        .slice(index + 1, 7)
        .map((to) => ({ text: name.slice(from, to + 1), before: 'expansion', after: 'expansion' })),
    );
  // `NAME: web-api`, to which the environment is added elsewhere
  const alone = cuts.flatMap((cut): Piece[] =>
    [name.slice(0, cut), name.slice(cut + 1)]
      .filter((text) => letters(text) >= SHORTEST_WHOLE)
      .map((text) => ({ text, before: 'edge', after: 'edge' })),
  );
  return [[...touching, ...between], alone].flatMap((list) =>
    list.filter(({ text }) => letters(text) >= SHORTEST_PIECE).sort((a, b) => b.text.length - a.text.length),
  );
}

/** Whether a piece stands on a line as it must: `api-$ENV`, `${{ inputs.env }}-api`. */
function fits(line: string, { text, before, after }: Piece): boolean {
  for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
    const left = line.slice(Math.max(0, at - 80), at);
    const right = line.slice(at + text.length, at + text.length + 3);
    const leftFits =
      before === 'any' ||
      (before === 'edge' ? !/[\w-]$/.test(left) || /:[-=]$/.test(left) : /[})]$|\$\w+$/.test(left));
    const rightFits =
      after === 'any' || (after === 'edge' ? !/^[\w-]/.test(right) : /^["']?[$%{]/.test(right));
    if (leftFits && rightFits) return true;
  }
  return false;
}

const isAlone = (piece: Piece): boolean => piece.before === 'edge' && piece.after === 'edge';

function nearest(name: string, { files, at }: Search, lines: SourceLines): Place | undefined {
  for (const piece of pieces(name)) {
    let best: (Place & { distance: number }) | undefined;
    for (const [index, file] of files.entries()) {
      const holding = lines.holding(file, piece.text);
      if (!lines.mayCompare(holding.length)) return undefined;
      for (const line of holding) {
        const text = lines.of(file)[line - 1] ?? '';
        if (!fits(text, piece) || (isAlone(piece) && !KEY.test(text))) continue;
        const distance =
          index * 1_000 +
          (SAID.test(text) ? 500 : 0) +
          (file === at.file ? Math.abs(line - at.line) - 2_000 : 0);
        if (!best || distance < best.distance) best = { file, line, holds: 'piece', distance };
      }
    }
    if (best) return { file: best.file, line: best.line, holds: 'piece' };
  }
  return undefined;
}

/**
 * Where a name is written: on the call's own line, else on the line of the likeliest file that holds it as a word and
 * outside comments; where it is computed, the line of its longest piece; where nothing of it is written, the call.
 */
export function locate(name: string, search: Search, lines: SourceLines): Place {
  const { files, at, job, about } = search;
  const question = [
    name,
    about?.source ?? '',
    at.file,
    at.line,
    job?.file ?? '',
    job?.from ?? '',
    ...files,
  ].join('\n');
  return lines.once(question, () => {
    const whole = hasSymbol(name) || name.length < 2 ? undefined : exact(name, search, lines);
    return whole ?? nearest(name, search, lines) ?? { ...at, holds: 'call' };
  });
}

import { hasSymbol } from '#lib/symbolic.ts';
import type { SourceLines } from './source-lines.ts';

/** Where to look for a name, the likeliest file first. */
export interface Search {
  files: readonly string[];
  /** The call itself. */
  at: { file: string; line: number };
  /** The lines of the job that makes the call, in one of the files. */
  job?: { file: string; from: number; to: number };
}

export interface Place {
  file: string;
  line: number;
  /** Whether the whole name is written there. */
  exact: boolean;
}

const WORD = /[\w-]/;
/** Characters that go on with a longer name or path: `api` is not what `services/api.py` names. */
const WIDER = /[\w./-]/;
const KEY = /^\s*(?:-\s+)?(?:export\s+)?["']?[\w.-]+["']?\s*[:=]/;
const SHORTEST_PIECE = 3;

/** How a name stands on a line: 0 by itself, 1 as a part of a path or a reference, undefined within another word. */
function standing(line: string, name: string): 0 | 1 | undefined {
  let best: 0 | 1 | undefined;
  for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
    const before = line[at - 1] ?? ' ';
    const after = line[at + name.length] ?? ' ';
    if (WORD.test(before) || WORD.test(after)) continue;
    if (!WIDER.test(before) && !WIDER.test(after)) return 0;
    if (after !== '.' && before !== '.') best = 1;
  }
  return best;
}

function exact(name: string, { files, at, job }: Search, lines: SourceLines): Place | undefined {
  let best: (Place & { cost: number }) | undefined;
  for (const [index, file] of files.entries()) {
    for (const line of lines.holding(file, name)) {
      const text = lines.of(file)[line - 1] ?? '';
      const stands = standing(text, name);
      if (stands === undefined) continue;
      const distance = file === at.file ? Math.abs(line - at.line) : 0;
      if (file === at.file && distance === 0) return { file, line, exact: true };
      const inJob = job?.file !== file || (line >= job.from && line <= job.to);
      const cost =
        index * 5 + stands * 40 + (inJob ? 0 : 25) + (KEY.test(text) ? 0 : 8) + Math.min(distance, 400) / 100;
      if (!best || cost < best.cost) best = { file, line, exact: true, cost };
    }
  }
  return best && { file: best.file, line: best.line, exact: true };
}

/** What of a computed name may be written before or after an expansion, longest first. */
function pieces(name: string): { text: string; before: boolean }[] {
  if (hasSymbol(name))
    return name
      .split(/⟨[^⟨⟩]*⟩/)
      .filter((text) => text.replace(/[^A-Za-z0-9]/g, '').length >= SHORTEST_PIECE)
      .sort((a, b) => b.length - a.length)
      .map((text) => ({ text, before: false }));
  const cuts = [...name.matchAll(/[-_/.:]/g)].map((match) => match.index).slice(0, 12);
  return [
    ...cuts.map((cut) => ({ text: name.slice(0, cut + 1), before: true })),
    ...cuts.map((cut) => ({ text: name.slice(0, cut), before: true })),
    ...cuts.map((cut) => ({ text: name.slice(cut), before: false })),
  ]
    .filter(({ text }) => text.replace(/[^A-Za-z0-9]/g, '').length >= SHORTEST_PIECE)
    .sort((a, b) => b.text.length - a.text.length);
}

/** Whether a piece of a name touches an expansion there: `api-$ENV`, `${{ inputs.env }}-api`. */
function touches(line: string, { text, before }: { text: string; before: boolean }): boolean {
  const at = line.indexOf(text);
  return before ? /^["']?[$%{]/.test(line.slice(at + text.length, at + text.length + 2)) : /[\w})]/.test(line[at - 1] ?? '');
}

function nearest(name: string, { files, at }: Search, lines: SourceLines): Place | undefined {
  const symbolic = hasSymbol(name);
  for (const piece of pieces(name)) {
    let best: (Place & { distance: number }) | undefined;
    for (const [index, file] of files.entries())
      for (const line of lines.holding(file, piece.text)) {
        if (!symbolic && !touches(lines.of(file)[line - 1] ?? '', piece)) continue;
        const distance = index * 1_000 + (file === at.file ? Math.abs(line - at.line) - 2_000 : 0);
        if (!best || distance < best.distance) best = { file, line, exact: false, distance };
      }
    if (best) return { file: best.file, line: best.line, exact: false };
  }
  return undefined;
}

/**
 * Where a name is written: on the call's own line, else on the line of the likeliest file that holds it as a word and
 * outside comments; where it is computed, the line of its longest piece; where nothing of it is written, the call.
 */
export function locate(name: string, search: Search, lines: SourceLines): Place {
  const whole = hasSymbol(name) || name.length < 2 ? undefined : exact(name, search, lines);
  return whole ?? nearest(name, search, lines) ?? { ...search.at, exact: false };
}

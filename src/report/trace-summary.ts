import { styleText } from 'node:util';
import type { Report } from '#model/report.ts';
import { type Language, type Text, visible } from '#model/text.ts';
import { plain } from '#web/prose.ts';
import { capital, fill, wordOf } from '#web/text.ts';
import {
  checksAt,
  firstProblem,
  inSentence,
  letterOf,
  linksOf,
  type NameOf,
  namesIn,
  outcomeOf,
  type Placed,
  pathHeadline,
  placesOf,
  silentChecks,
} from '#web/trace.ts';
import { certaintyOfCauseWords, roleWords, pathWords as words } from '#web/words/path.ts';
import { RESULT_MARKS } from './marks.ts';

type Path = Report['paths'][number];
type Style = Parameters<typeof styleText>[0];
type Result = keyof typeof RESULT_MARKS;

const MOST_HOPS = 12;
const MOST_CAUSES = 3;
const MOST_LINKS = 3;
const MOST_UNKNOWNS = 5;
const WIDEST_ROLE = 16;
const WIDEST_NAME = 34;
const WIDEST_LINE = 110;
const STYLES: Record<Result, Style> = { pass: 'green', fail: 'red', unknown: 'yellow' };
const RESULT_OF = {
  stops: 'fail',
  weak: 'fail',
  probable: 'unknown',
  open: 'unknown',
  passes: 'pass',
} as const;

/** How many are not shown. */
const others = (n: number, lang: Language): string =>
  lang === 'fr' ? `et ${n} autre${n > 1 ? 's' : ''}` : `and ${n} more`;

/** What of a list is shown: where it is too long by more than one, its first ones. */
const shownOf = <T>(list: readonly T[], most: number): readonly T[] =>
  list.length <= most ? list : list.slice(0, most - 1);

/**
 * A traced URL on one screen, at most some forty lines: the one fact, each hop with its first problem, the causes from
 * root to symptom, what is not established with the permission to ask for.
 * @param nameOf the names of resources; without it, what their ids tell
 */
export function traceSummary(
  path: Path,
  lang: Language,
  color: boolean,
  nameOf: NameOf = namesIn(new Map()),
): string {
  const paint = (style: Style, text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const mark = (result: Result) => paint(STYLES[result], RESULT_MARKS[result]);
  const said = (text: Text, most = WIDEST_LINE) => visible(plain(text[lang], lang), most);
  const cell = (text: string, width: number) => visible(text, width - 1).padEnd(width);

  const problemOf = (hop: Path['hops'][number]) => firstProblem(checksAt(path, hop));
  const lines = [
    paint('bold', visible(path.url, WIDEST_LINE)),
    `${mark(RESULT_OF[outcomeOf(path).is])} ${said(pathHeadline(path, nameOf), 400)}`,
  ];

  const places = placesOf(path);
  const shown = shownOf(places, MOST_HOPS);
  if (places.length > 0) lines.push('');
  for (const { hop, number, row } of shown) {
    const problem = problemOf(hop);
    const isUnseen = checksAt(path, hop).length === 0 || hop.status === 'unverified';
    const result = hop.status === 'missing' ? 'fail' : (problem?.result ?? (isUnseen ? 'unknown' : 'pass'));
    const branch = row > 0 ? '└ ' : '';
    const name = cell(branch + nameOf(hop.resource), WIDEST_NAME);
    const likely = problem?.certainty === 'probable' ? ` (${words.probableFailure[lang]})` : '';
    const text = problem
      ? `${said(capital(problem.text), 70)}${likely}`
      : isUnseen
        ? said(words.noCheck)
        : '';
    const role = cell(said(wordOf(roleWords, hop.role)), WIDEST_ROLE);
    const rest = text === '' ? paint('dim', role.trimEnd()) : `${paint('dim', role)} ${text}`;
    lines.push(`${String(number).padStart(2)} ${mark(result)} ${name} ${rest}`);
  }
  if (places.length > shown.length) {
    const left = places.slice(shown.length);
    const failing = left.filter(({ hop }) => problemOf(hop)?.result === 'fail').length;
    const more = failing > 0 ? `, ${failing} ${RESULT_MARKS.fail}` : '';
    lines.push(`   ${others(left.length, lang)}${more}`);
  }

  const causes = shownOf(path.causes, MOST_CAUSES);
  for (const [index, cause] of causes.entries()) {
    const { title, certainty } = cause;
    const chain = linksOf(cause);
    const head = fill(words.cause, { letter: letterOf(index), title: inSentence(title) });
    lines.push('', `${paint('bold', said(head))} (${said(wordOf(certaintyOfCauseWords, certainty))})`);
    // root and symptom say most of a long chain
    const links =
      chain.length <= MOST_LINKS ? chain : [...chain.slice(0, MOST_LINKS - 1), ...chain.slice(-1)];
    for (const [at, link] of links.entries())
      lines.push(`   ${at > 0 ? '↳ ' : ''}${said(link, WIDEST_LINE - 6)}`);
  }
  if (path.causes.length > causes.length) lines.push(others(path.causes.length - causes.length, lang));

  const silent = [...silentChecks(path)];
  if (silent.length > 0) lines.push('', paint('bold', said(words.unknowns)));
  const groups = shownOf(silent, MOST_UNKNOWNS);
  for (const [permission, list] of groups) lines.push(unknownLine(permission, list));
  if (silent.length > groups.length) lines.push(`   ${others(silent.length - groups.length, lang)}`);
  return `${lines.join('\n')}\n`;

  function unknownLine(permission: string, list: readonly Placed[]): string {
    const [first] = list;
    const ask = permission === '' ? '' : ` ${said(fill(words.permission, { names: permission }))}`;
    const more = list.length > 1 ? ` (${others(list.length - 1, lang)})` : '';
    return ` ${mark('unknown')} ${first ? said(capital(first.check.text), 100) : ''}${more}.${ask}`;
  }
}

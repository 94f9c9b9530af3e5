import type { Report } from '#model/report.ts';
import type { Language, Text } from '#model/text.ts';
import { capital, fill, wordOf } from '#web/text.ts';
import {
  type Beside,
  besides,
  inSentence,
  letterOf,
  linksOf,
  type NameOf,
  namesIn,
  pathHeadline,
  placesOf,
  policyFor,
  sidesOf,
  silentChecks,
  straySides,
} from '#web/trace.ts';
import { statusWords } from '#web/words/labels.ts';
import { sectionWords } from '#web/words/page.ts';
import { certaintyOfCauseWords, pathWords, roleWords } from '#web/words/path.ts';
import { RESULT_MARKS } from '../marks.ts';
import { block, codeSpan, paragraphs, say } from './write.ts';

type Path = Report['paths'][number];
type Check = Path['hops'][number]['checks'][number];

const MOST_EVIDENCE = 3;

/** What was read, in a few names; the JSON report holds all of it. */
function reads(check: Check): string {
  const names = check.evidence.map((evidence) =>
    'file' in evidence ? `${evidence.file}:${evidence.line}` : evidence.operation,
  );
  const shown = [...new Set(names)].slice(0, MOST_EVIDENCE).map((name) => codeSpan(name));
  return shown.length > 0 ? ` (${shown.join(', ')})` : '';
}

function checkLine(check: Check, lang: Language): string {
  const likely = check.result === 'fail' && check.certainty === 'probable';
  const parts = [
    `${RESULT_MARKS[check.result]} ${say(capital(check.text), lang)}`,
    likely ? ` (${pathWords.probableFailure[lang]})` : '',
    check.result === 'pass' ? '' : reads(check),
    check.permission === undefined
      ? ''
      : `. ${pathWords.permission[lang].replace('{names}', () => codeSpan(check.permission ?? ''))}`,
  ];
  return `- ${parts.join('')}`;
}

/** Lines under an item of an ordered list: as deep as its number is wide (CommonMark 5.2). */
const indented = (lines: readonly string[], number: number): string[] =>
  lines.map((line) => `${' '.repeat(String(number).length + 2)}${line}`);

function besideLines(beside: Beside, nameOf: NameOf, lang: Language): string[] {
  const [first, ...others] = beside.resources;
  const name = first === undefined ? '' : ` ${codeSpan(nameOf(first))}`;
  const more = others.length > 0 ? ` +${others.length}` : '';
  return [
    `- ${say(wordOf(roleWords, beside.role), lang)}${name}${more}`,
    ...beside.checks.map((check) => `  ${checkLine(check, lang)}`),
  ];
}

/** The hops as an ordered list; under each its checks, then what stands beside it with its own. */
function hopList(path: Path, nameOf: NameOf, lang: Language): string {
  const items = placesOf(path).map(({ hop, number, parent }) => {
    const from = parent && parent.number !== number - 1 ? [fill(pathWords.from, { n: parent.number })] : [];
    const about = [wordOf(statusWords, hop.status), ...from].map((text) => say(text, lang)).join(', ');
    const sides = sidesOf(path, hop);
    const none = hop.checks.length + sides.length === 0;
    return [
      `${number}. **${say(wordOf(roleWords, hop.role), lang)}** ${codeSpan(nameOf(hop.resource))} (${about})`,
      ...indented(
        [
          ...hop.checks.map((check) => checkLine(check, lang)),
          ...(none ? [`- ${RESULT_MARKS.unknown} ${pathWords.noCheck[lang]}`] : []),
          ...besides(sides).flatMap((beside) => besideLines(beside, nameOf, lang)),
        ],
        number,
      ),
    ].join('\n');
  });
  return items.join('\n');
}

function causes(path: Path, lang: Language): string[] {
  return path.causes.flatMap((cause, index) => {
    const { title, certainty } = cause;
    const head = fill(pathWords.cause, { letter: letterOf(index), title: inSentence(title) });
    const sure = fill(pathWords.certaintyOfCause, { certainty: wordOf(certaintyOfCauseWords, certainty) });
    return [
      `**${say(head, lang)}** ${say(sure, lang)}`,
      linksOf(cause)
        .map((link, at) => `${at + 1}. ${at > 0 ? '↳ ' : ''}${say(link, lang)}`)
        .join('\n'),
    ];
  });
}

function unknowns(path: Path, nameOf: NameOf, lang: Language): string[] {
  const groups = [...silentChecks(path)];
  if (groups.length === 0) return [];
  const policy = policyFor(path);
  const lines = groups.flatMap(([permission, list]) => [
    `- ${permission === '' ? pathWords.noPermission[lang] : codeSpan(permission)}`,
    ...list.map(({ check, hop, side }) => {
      const role: Text = wordOf(roleWords, side?.role ?? hop.role);
      const id = side?.resource ?? hop.resource;
      return `  - ${RESULT_MARKS.unknown} ${say(role, lang)} ${codeSpan(nameOf(id))}${lang === 'fr' ? '\u00a0' : ''}: ${say(check.text, lang)}`;
    }),
  ]);
  return [
    `#### ${pathWords.unknowns[lang]}`,
    pathWords.unknownsSay[lang],
    lines.join('\n'),
    ...(policy === undefined
      ? []
      : [`${pathWords.policy[lang]}${lang === 'fr' ? '\u00a0' : ''}:`, block(policy, 'json')]),
  ];
}

/** One traced URL: its one fact, its hops with their checks, its causes, what is not established. */
export function tracedPath(path: Path, nameOf: NameOf, lang: Language): string {
  const strays = besides(straySides(path)).flatMap((beside) => besideLines(beside, nameOf, lang));
  return paragraphs(
    `### ${codeSpan(path.url)}`,
    `**${say(pathHeadline(path, nameOf), lang)}**`,
    path.causes.length > 0 ? `#### ${pathWords.causes[lang]}` : undefined,
    ...causes(path, lang),
    path.hops.length > 0 ? `#### ${pathWords.hopsTitle[lang]}` : undefined,
    hopList(path, nameOf, lang),
    strays.join('\n'),
    ...unknowns(path, nameOf, lang),
  );
}

/** Each URL that was traced; nothing where none was. */
export function requestPaths(report: Report, lang: Language): string {
  if (report.paths.length === 0) return '';
  const nameOf = namesIn(new Map(report.resources.map((resource) => [resource.id, resource])));
  return paragraphs(
    `## ${sectionWords.path[lang]}`,
    ...report.paths.map((path) => tracedPath(path, nameOf, lang)),
  );
}

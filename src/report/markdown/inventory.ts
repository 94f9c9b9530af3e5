import type { Kind } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Report } from '#model/report.ts';
import { STATUSES } from '#model/resource.ts';
import type { Language } from '#model/text.ts';
import { builtInNote } from '#web/built-in.ts';
import { proofPlaces } from '#web/plan.ts';
import { coverageWords, sourceWords, statusWords } from '#web/words/labels.ts';
import { words } from '../words.ts';
import { notEstablished } from './not-established.ts';
import { block, codeSpan, escapeMarkdown, paragraphs, say, table } from './write.ts';

/** Past this, a table of unread files gives their number: the JSON report holds them all. */
const MOST_UNREAD = 30;
/** Nobody reads a longer table as a page. */
const MOST_LISTED = 2_000;

/** Commands that would establish what nobody looked at. */
export function verification(report: Report, lang: Language): string {
  const proofs = proofPlaces(report).toVerify;
  if (proofs.length === 0) return '';
  const intro =
    lang === 'fr'
      ? 'Chaque commande ne fait que lire. Elle donne ce qui existe parmi les noms que le dépôt et la documentation attendent.'
      : 'Each command only reads. It shows what exists among the names that the repository and its documents expect.';
  const names = new Map(report.resources.map((resource) => [resource.id, resource.name]));
  return paragraphs(
    `## ${words.verification[lang]}`,
    intro,
    ...proofs.flatMap((proof) => [
      `### ${proof.id} · ${say(proof.title, lang)}`,
      (proof.resources ?? []).map((id) => `- ${codeSpan(names.get(id) ?? id)}`).join('\n'),
      block(proof.command, 'bash'),
      `${words.expected[lang]}${lang === 'fr' ? '\u00a0' : ''}: ${say(proof.expected, lang)}.`,
    ]),
  );
}

type Resource = Report['resources'][number];

/** One line of the inventory; what only the account holds has no place in a file. */
function rowOf(resource: Resource, lang: Language): string[] {
  const [first, ...rest] = resource.declared;
  const place = first && 'file' in first ? codeSpan(`${first.file}:${first.line}`, true) : '—';
  return [
    codeSpan(resource.name, true),
    codeSpan(resource.kind),
    resource.system === undefined ? '—' : escapeMarkdown(resource.system),
    resource.environments.map(escapeMarkdown).join(', ') || '—',
    statusWords[resource.status]?.[lang] ?? resource.status,
    rest.length ? `${place} (+${rest.length})` : place,
  ];
}

/** How many of each kind, with their statuses: the exact counts of an account that was read. */
function counts(resources: readonly Resource[], lang: Language): string {
  const kinds = Map.groupBy(resources, ({ kind }) => kind);
  const rows = [...kinds]
    .map(([kind, list]) => ({ kind, list, domain: kindOf(kind as Kind).domain }))
    .sort((a, b) => (a.domain === b.domain ? (a.kind < b.kind ? -1 : 1) : a.domain < b.domain ? -1 : 1))
    .map(({ kind, list, domain }) => [
      escapeMarkdown(domain),
      codeSpan(kind),
      String(list.length),
      ...STATUSES.map((status) => String(list.filter((one) => one.status === status).length)),
    ]);
  return table(
    [
      words.domain[lang],
      words.kind[lang],
      words.total[lang],
      ...STATUSES.map((status) => statusWords[status]?.[lang] ?? status),
    ],
    rows,
  );
}

/** Every resource, counted; where an account was read, by domain and kind first. */
export function inventory(report: Report, lang: Language): string {
  if (report.resources.length === 0) return '';
  const heads = [words.name, words.kind, words.system, words.environments, words.status, words.place];
  const isObserved = report.resources.some(({ observed }) => observed.length > 0);
  const own = report.resources.filter(({ properties }) => properties.builtIn !== true);
  const shown = own.slice(0, MOST_LISTED);
  const left = own.length - shown.length;
  return paragraphs(
    `## ${words.inventory[lang]} (${own.length})`,
    isObserved ? counts(own, lang) : undefined,
    table(
      heads.map((head) => head[lang]),
      shown.map((resource) => rowOf(resource, lang)),
    ),
    builtInNote(report.resources)?.[lang],
    left === 0
      ? undefined
      : lang === 'fr'
        ? `Les ${left} ressources de plus sont dans \`report.json\` et \`report.html\`.`
        : `The ${left} other resources are in \`report.json\` and \`report.html\`.`,
  );
}

function unreadList(report: Report, lang: Language): string[] {
  const unread = report.coverage.flatMap((coverage) => coverage.unread ?? []);
  const ordered = [...unread.filter((one) => one.asked), ...unread.filter((one) => !one.asked)];
  const shown = ordered
    .slice(0, MOST_UNREAD)
    .map((one) => `- ${codeSpan(one.line ? `${one.file}:${one.line}` : one.file)} ${say(one.why, lang)}`);
  const left = ordered.length - shown.length;
  if (left > 0)
    shown.push(
      lang === 'fr'
        ? `- et ${left} autre${left > 1 ? 's' : ''}, dans \`report.json\``
        : `- and ${left} more, in \`report.json\``,
    );
  return shown;
}

/** What the audit rests on: sources, what was refused, what was left out. */
export function rests(report: Report, lang: Language): string {
  const rows = report.coverage.map((coverage) => [
    sourceWords[coverage.source]?.[lang] ?? coverage.source,
    codeSpan(coverage.scope, true),
    coverageWords[coverage.state]?.[lang] ?? coverage.state,
    String(coverage.operations.reduce((sum, operation) => sum + operation.calls, 0)),
    coverage.reason ? say(coverage.reason, lang, true) : '—',
  ]);
  const unread = unreadList(report, lang);
  const unanswered = (report.summary.unknown ?? []).map(
    ({ rule, subjects, because }) =>
      `- ${codeSpan(rule)} (${subjects})${lang === 'fr' ? '\u00a0' : ''}: ${say(because, lang)}`,
  );
  return paragraphs(
    `## ${words.rests[lang]}`,
    lang === 'fr'
      ? 'Une liste vide qui vient d’une lecture refusée n’est pas une liste vide. Un fichier n’est pas la preuve de lui-même\u00a0: ce qui n’est que déclaré reste à vérifier auprès du fournisseur.'
      : 'An empty list that comes from a denied read is not an empty list. A file is not its own proof: what is only declared remains to be verified with the provider.',
    table(
      [words.source, words.scope, words.state, words.reads, words.reason].map((head) => head[lang]),
      rows,
    ),
    notEstablished(report, lang),
    unread.length ? `### ${words.unread[lang]}` : '',
    unread.join('\n'),
    unanswered.length ? `### ${words.unanswered[lang]}` : '',
    unanswered.join('\n'),
  );
}

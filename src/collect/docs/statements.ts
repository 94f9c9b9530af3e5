import { environmentsOf } from '#lib/environments.ts';
import type { Statement } from '#model/artifacts.ts';
import type { Mention } from './mention.ts';
import { inProposal, isReference } from './mood.ts';
import { isFileName, isPlaceholder } from './names.ts';
import { type Block, headings, type Page, plain, type Span } from './page.ts';
import { phraseOf } from './words.ts';

const PORT_WORD = /\bport/i;
const PORT = /(?<![\w-])ports?\s*[:=]\s*(\d{2,5})(?!\d|\.\d)/gi;
const HEALTH = /health(?:[ -]?check)?(?: path)?\s*[:=]\s*(\/[\w/.-]*)/gi;
/** “`api` listens on port 8000”, read just after the name. */
const LISTENS =
  /^[\s(,:–—-]{0,4}(?:(?:listens?|listening|écoute|runs?|running|tourne|exposed|exposé|available|is|est|served|actif|active)\s+){0,3}(?:(?:on|sur|at)\s+)?(?:(?:le|the)\s+)?(?:tcp\s+)?port\s*[:=]?\s*(\d{2,5})(?!\d|\.\d)/i;
/** Names of one word (`api`, `backend`) are those of many things. */
const NAME = /^[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)+$/i;
const NAME_COLUMN =
  / (?:service|services|component|composant|container|conteneur|app|application|name|nom|module|serveur|server) /;
const PORT_COLUMN = /^ (?:ports?|port interne|port externe|internal port|container port|listening port) $/;
const ADDRESS =
  / (?:domaine?s?|domain name|nom de domaine|endpoints?|urls?|hostname|nom d hote|adresse|address|webhook|website|site web|accessible) /;
/** A cheap test of what follows. */
const MAY_HOLD_HOST = /:\/\/[a-z0-9-]{1,63}\./i;
const URL_HOST = /https?:\/\/((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,18})(?![\w-])/gi;
const WHOLE_HOST = /^((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,18})(?:[:/].*)?$/i;
/** Without `https://` a host is told from a method's name by its ending. */
const ENDINGS = new Set(
  'com net org io dev app co fr ca uk de eu ch be es it nl us ai cloud tech xyz online store shop me info biz finance health agency studio digital systems tv gg so to jp cn br au nz pl se no dk fi pt at ie lu ma tn in world space pro site website'.split(
    ' ',
  ),
);
const FOREIGN =
  /(?:^|\.)(?:github|githubusercontent|gitlab|bitbucket|npmjs|pypi|docker|google|googleapis|gstatic|microsoft|azure|amazonaws|amazon|cloudflare|cloudfront|stackoverflow|medium|wikipedia|slack|discord|telegram|openai|anthropic|stripe|sentry|datadoghq|vercel|netlify|heroku|shields|youtube|twitter|x|linkedin|notion|atlassian|python|nodejs|readthedocs|w3|schema|letsencrypt|mozilla|apache|gnu|kubernetes|terraform|hashicorp|redis|postgresql|mongodb|nginx|traefik|debian|ubuntu|grafana|prometheus|elastic|figma|sendgrid|twilio|mailgun|facebook|apple|jsdelivr|unpkg|cdnjs|opensource|creativecommons|keepachangelog|semver|conventionalcommits)\.(?:com|org|net|io|dev|app|co|me|fr|pub|be|ms)$|^(?:docs|developer|developers|console|portal|status)\.|(?:^|\.)(?:example|exemple|invalid|localhost|localdomain|yourdomain|your-domain|mydomain|domain|domaine|mon-domaine|votre-domaine)(?:\.|$)|\.(?:local|internal|test|lan|home|localhost|svc)$/i;
const MOST = 500;

/** A line of code with a dot in it, where an address may stand. */
const DOTTED_CODE = /`[^`\n]*\.[^`\n]*`/;

/** Whether a page can state anything, to tell before its lines are gone through. */
const mayStateAnything = (text: string, mentions: readonly Mention[]): boolean =>
  mentions.length > 0 || MAY_HOLD_HOST.test(text) || PORT_WORD.test(text) || DOTTED_CODE.test(text);

/**
 * What a page states of something it names: a port, a path of health checks, a cluster, an account, an address.
 * Only forms that leave no doubt of what is spoken of; proposals and examples state nothing.
 */
export function statementsOf(page: Page, mentions: readonly Mention[], source: string): Statement[] {
  if (!mayStateAnything(source, mentions)) return [];
  const found = new Map<string, Statement>();
  const add = (statement: Statement) => {
    const key = JSON.stringify([
      statement.subject,
      statement.property,
      statement.value,
      statement.environment ?? '',
    ]);
    if (!found.has(key) && found.size < MOST) found.set(key, statement);
  };
  const byLine = new Map<number, Mention[]>();
  for (const mention of mentions)
    if (mention.sort === 'declared' && mention.nameStatus === 'literal')
      byLine.set(mention.line, [...(byLine.get(mention.line) ?? []), mention]);
  for (const block of page.blocks) {
    for (const { text, line, spans, label } of linesOf(block, byLine)) {
      const read: Stated[] = [
        ...ofMentions(byLine.get(line) ?? [], text),
        ...ofNames(spans, text),
        ...hostsIn(text, spans, label).map((host) => ({
          subject: host,
          property: 'url' as const,
          value: host,
        })),
      ];
      if (read.length === 0 || inProposal(block.section) || isReference(text)) continue;
      const place = environmentHere(block, text);
      for (const statement of read) add({ ...statement, line, ...place });
    }
    if (block.type === 'table' && !inProposal(block.section))
      for (const statement of ofPortColumn(block)) add({ ...statement, ...environmentHere(block, '') });
  }
  for (const { kind, name, scope, account, region, line } of [...byLine.values()].flat()) {
    if (kind === 'Docker::Image') continue;
    if (kind === 'AWS::ECS::Service' && scope)
      add({ subject: name, property: 'cluster', value: scope, line });
    if (account) add({ subject: name, property: 'account', value: account, line });
    if (region) add({ subject: name, property: 'region', value: region, line });
  }
  return [...found.values()].sort((a, b) => a.line - b.line || (a.property < b.property ? -1 : 1));
}

type Stated = Omit<Statement, 'line'>;

interface ReadLine {
  text: string;
  line: number;
  spans: readonly Span[];
  /** What says that an address is the estate's own. */
  label(): string;
}

/** Whether a line may state a port or an address: a cheap test, which most lines fail. */
const mayState = (text: string, spans: readonly Span[]): boolean =>
  MAY_HOLD_HOST.test(text) ||
  PORT_WORD.test(text) ||
  spans.some(({ style, text: code }) => style === 'code' && code.includes('.'));

/** The lines of a block that a mention stands on, or that may state something by themselves. */
function linesOf(block: Block, mentioned: ReadonlyMap<number, unknown>): ReadLine[] {
  const isWanted = ({ line, text, spans }: Pick<ReadLine, 'line' | 'text' | 'spans'>) =>
    mentioned.has(line) || mayState(text, spans);
  if (block.type === 'text')
    return block.lines.filter(isWanted).map(({ line, spans, text }) => ({
      text,
      line,
      spans,
      label: () => `${block.intro ?? ''} ${text.includes(':') ? text.slice(0, text.indexOf(':')) : ''}`,
    }));
  if (block.type === 'table')
    return block.rows
      .map(({ line, cells }) => ({
        text: cells.map((cell) => cell.text).join(' | '),
        line,
        spans: cells.flatMap((cell) => [
          ...cell.lines.flatMap((one) => one.spans),
          { text: ' | ', style: 'plain' as const },
        ]),
        label: () => `${cells[0]?.text ?? ''} ${block.header.map((cell) => cell.text).join(' ')}`,
      }))
      .filter(isWanted);
  if (!block.text.includes('curl ')) return [];
  return block.text
    .split('\n')
    .flatMap((text, index) =>
      text.includes('curl ') && text.length < 2_000
        ? [{ text, line: block.line + index, spans: [], label: () => ' url ' }]
        : [],
    );
}

/** A port or a path of health checks on the line of one named resource. */
function ofMentions(mentions: readonly Mention[], text: string): Stated[] {
  const subjects = new Set(mentions.map((mention) => mention.name));
  const [subject] = subjects;
  if (subject === undefined || subjects.size > 1) return [];
  const ports = new Set([...text.matchAll(PORT)].map((match) => match[1]));
  const paths = new Set([...text.matchAll(HEALTH)].map((match) => match[1]));
  const [port] = ports;
  const [path] = paths;
  return [
    ...(port && ports.size === 1 ? [{ subject, property: 'port' as const, value: port }] : []),
    ...(path && paths.size === 1 ? [{ subject, property: 'health-path' as const, value: path }] : []),
  ];
}

function ofNames(spans: readonly Span[], text: string): Stated[] {
  if (!PORT_WORD.test(text)) return [];
  return spans.flatMap((span, index) => {
    if (span.style === 'plain' || !NAME.test(span.text) || isFileName(span.text) || span.struck) return [];
    const after = plain(spans.slice(index + 1, index + 4)).slice(0, 80);
    const port = LISTENS.exec(after)?.[1];
    return port ? [{ subject: span.text, property: 'port' as const, value: port }] : [];
  });
}

function ofPortColumn(table: Extract<Block, { type: 'table' }>): Statement[] {
  const phrases = table.header.map((cell) => phraseOf(cell.text));
  const port = phrases.findIndex((phrase) => PORT_COLUMN.test(phrase));
  if (
    port < 1 ||
    phrases.filter((phrase) => phrase.includes(' port')).length > 1 ||
    !NAME_COLUMN.test(phrases[0] ?? '')
  )
    return [];
  return table.rows.flatMap(({ line, cells }) => {
    const subject = cells[0]?.text.trim() ?? '';
    const value = cells[port]?.text.trim() ?? '';
    return NAME.test(subject) && /^\d{2,5}$/.test(value)
      ? [{ subject, property: 'port' as const, value, line }]
      : [];
  });
}

/** Hosts that the line calls a domain, an endpoint or a URL, without those of third parties. */
function hostsIn(text: string, spans: readonly Span[], label: () => string): string[] {
  const isPossible =
    MAY_HOLD_HOST.test(text) || spans.some((span) => span.style === 'code' && span.text.includes('.'));
  if (!isPossible || !ADDRESS.test(phraseOf(label()))) return [];
  const hosts = [...text.slice(0, 2_000).matchAll(URL_HOST)].map((match) => match[1] ?? '');
  for (const { style, text: code } of spans) {
    const host = style === 'code' && code.length < 300 ? WHOLE_HOST.exec(code)?.[1] : undefined;
    if (host && ENDINGS.has(host.slice(host.lastIndexOf('.') + 1).toLowerCase())) hosts.push(host);
  }
  return [...new Set(hosts.map((host) => host.toLowerCase()))].filter(
    (host) => !FOREIGN.test(host) && !isFileName(host) && !isPlaceholder(host),
  );
}

function environmentHere(block: Block, text: string): { environment?: string } {
  for (const title of [text.slice(0, 200), ...headings(block.section).map((section) => section.title)]) {
    const [environment, ...others] = environmentsOf(title);
    if (environment !== undefined) return others.length > 0 ? {} : { environment };
  }
  return {};
}

import { search } from '@jmespath-community/jmespath';
import type { Json } from '#model/fact.ts';
import type { Symbols } from '../../symbols.ts';
import { lastValue, valuesOf } from '../options.ts';
import type { AnswerContext, ParsedCall } from '../tool.ts';
import { formatAws } from './output.ts';
import { type Record_, records } from './records.ts';

const LONGEST_QUERY = 2_000;
/** Operations that print nothing when they succeed. */
const SILENT =
  /^\S+ (?:wait|delete|deregister|tag|untag|put(?!-(?:rule|image|parameter|secret-value|item|record|targets|scaling-policy|bucket-lifecycle|session))|associate|disassociate|attach|detach|add|remove|enable|disable|stop-(?!build|task|execution|pipeline|db)|reboot|terminate-environment|set|sync|cp|rm|mv|mb|rb|website|update-kubeconfig|modify-image|reset|cancel)(?:-|$| )|^configure |^ecr batch-delete|^codeartifact login/;

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && (value.length === 0 || value.every(isEmpty)));

function queried(value: Json, query: string): Json | undefined {
  if (query.length > LONGEST_QUERY) return undefined;
  try {
    return search(value, query) as Json | undefined;
  } catch {
    return undefined;
  }
}

/**
 * What `aws` would print: a well-formed record for the common reads, through `--query` and `--output`. What nobody
 * knows, and what a query finds nothing for, is one symbol, never `null` or an empty list: a script would take those
 * for an answer.
 */
export function answerAws(call: ParsedCall, context: AnswerContext): string {
  const { operation } = call;
  const query = lastValue(call, 'query');
  const output = lastValue(call, 'output') ?? 'json';
  const of = (label: string) => context.symbols.of(label);
  if (operation === 'ecr get-login-password') return of('ecr password');
  if (operation === 's3 ls') return of(`aws s3 ls ${call.words.join(' ')}`.trim());
  if (operation === 's3 presign') return of('presigned url');
  if (SILENT.test(operation)) return '';
  const about = subject(call);
  const label = `aws ${operation}${about ? ` ${about}` : ''}`;
  const record = Object.hasOwn(records, operation) ? records[operation] : undefined;
  const full = record?.(reader(call, context.symbols, context));
  const answer = context.isEmpty && full !== undefined ? emptied(full) : full;
  if (context.isEmpty) {
    const found = query === undefined ? answer : queried(answer ?? null, query);
    return formatAws(found ?? null, output);
  }
  if (query === undefined) {
    if (answer !== undefined) return formatAws(answer, output);
    return output === 'text' ? of(label) : JSON.stringify({ unknown: of(label) });
  }
  const found = answer === undefined ? undefined : queried(answer, query);
  return formatAws(isEmpty(found) ? of(`${label} ${query}`) : (found ?? null), output);
}

/** The same answer for what is not there: its lists are empty. */
const emptied = (answer: Json): Json =>
  answer !== null && typeof answer === 'object' && !Array.isArray(answer)
    ? Object.fromEntries(
        Object.entries(answer).map(([key, value]) => [key, Array.isArray(value) ? [] : value]),
      )
    : answer;

/** The first value that names something, so that two reads of two things are two symbols. */
function subject(call: ParsedCall): string {
  for (const key of [
    'name',
    'names',
    'stack-name',
    'secret-id',
    'function-name',
    'cluster',
    'services',
    'service',
    'task-definition',
  ])
    for (const value of valuesOf(call, key)) if (value.length <= 80) return value;
  const first = Object.entries(call.options).find(
    ([key, value]) =>
      typeof value === 'string' &&
      value.length <= 80 &&
      !/^(?:region|profile|query|output|endpoint-url)$/.test(key),
  );
  return typeof first?.[1] === 'string' ? first[1] : '';
}

function reader(call: ParsedCall, symbols: Symbols, context: AnswerContext): Parameters<Record_>[0] {
  return {
    of: (label) => symbols.of(label),
    value: (key, label) => lastValue(call, key) ?? symbols.of(label),
    values: (key, label) => {
      const given = valuesOf(call, key);
      return given.length ? given : [symbols.of(label)];
    },
    account: context.account ?? symbols.of('aws account'),
    region: lastValue(call, 'region') ?? context.region ?? symbols.of('aws region'),
    now: context.now,
  };
}

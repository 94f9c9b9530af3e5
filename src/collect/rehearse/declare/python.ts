import { parser } from '@lezer/python';
import { environmentOf } from '#lib/environments.ts';
import { isUnknown } from '#lib/symbolic.ts';
import { awsNamed, awsVerb } from '../tools/aws/named.ts';
import type { Named, ParsedCall } from '../tools/tool.ts';

type Node = NonNullable<ReturnType<ReturnType<typeof parser.parse>['topNode']['getChild']>>;

/** A name that Python code gives to AWS. */
export interface PythonName {
  named: Named;
  /** The line (from 1) of the text on which the name, or the call, is written. */
  line: number;
  /** Whether the name stands there whole. */
  literal: boolean;
  /** The environments whose key chooses it in a dictionary. */
  environments: string[];
}

/** A string that an expression may give: where it is written, and which key of a dictionary leads to it. */
interface Value {
  text: string;
  from: number;
  literal: boolean;
  keys: string[];
}

/** boto3's names of clients that the command line calls otherwise. */
const CLI_NAMES: Readonly<Record<string, string>> = {
  codedeploy: 'deploy',
  s3: 's3api',
  config: 'configservice',
};
/** Collections of `boto3.resource`, and what their argument is called. */
const RESOURCES: Readonly<Record<string, readonly [service: string, operation: string, option: string]>> = {
  Table: ['dynamodb', 'describe-table', 'table-name'],
  Bucket: ['s3api', 'head-bucket', 'bucket'],
};
/** Transfers of S3, whose bucket is a plain argument. */
const TRANSFERS: Readonly<Record<string, number>> = {
  upload_file: 1,
  upload_fileobj: 1,
  download_file: 0,
  download_fileobj: 0,
};
const MOST_VALUES = 40;
const DEEPEST = 12;
const MOST_CALLS = 2_000;

const kebab = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();

class Reader {
  private readonly text: string;
  private readonly constants = new Map<string, Node>();
  private readonly clients = new Map<string, { service: string; resource: boolean }>();
  readonly found: PythonName[] = [];
  private starts: number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  read(): PythonName[] {
    const { topNode } = parser.parse(this.text);
    const calls: Node[] = [];
    const twice = new Set<string>();
    const pending: Node[] = [topNode];
    for (let node = pending.pop(); node; node = pending.pop()) {
      if (node.name === 'AssignStatement') this.assign(node, twice);
      if (node.name === 'CallExpression' && calls.length < MOST_CALLS) calls.push(node);
      for (let child = node.lastChild; child; child = child.prevSibling) pending.push(child);
    }
    for (const name of twice) this.constants.delete(name);
    for (const call of calls) this.call(call);
    return this.found;
  }

  private slice(node: Node): string {
    return this.text.slice(node.from, node.to);
  }

  private lineAt(offset: number): number {
    this.starts ??= [0, ...[...this.text.matchAll(/\n/g)].map((match) => match.index + 1)];
    return this.starts.findLastIndex((start) => start <= offset) + 1;
  }

  /** `NAME = value`; a name assigned twice is no constant, unless it is a client. */
  private assign(node: Node, twice: Set<string>): void {
    const target = node.firstChild;
    const value = node.lastChild;
    if (target?.name !== 'VariableName' && target?.name !== 'MemberExpression') return;
    if (!value || value === target) return;
    const name = this.slice(target);
    const client = this.clientOf(value);
    if (client) {
      this.clients.set(name, client);
      return;
    }
    if (this.constants.has(name)) twice.add(name);
    else this.constants.set(name, value);
  }

  /** `boto3.client('ecs')`, `session.resource("s3", …)`. */
  private clientOf(node: Node): { service: string; resource: boolean } | undefined {
    if (node.name !== 'CallExpression') return undefined;
    const callee = node.firstChild;
    const maker = callee ? /(?:^|\.)(client|resource)$/.exec(this.slice(callee))?.[1] : undefined;
    if (!maker || !callee || !/boto3|session/i.test(this.slice(callee))) return undefined;
    const first = node.getChild('ArgList')?.getChild('String');
    const service = first ? this.literal(first) : undefined;
    if (
      service === undefined ||
      /endpoint_url\s*=\s*["']https?:\/\/(?:localhost|127\.|localstack)/.test(this.slice(node))
    )
      return undefined;
    return { service, resource: maker === 'resource' };
  }

  private literal(node: Node): string | undefined {
    const raw = this.slice(node);
    const match = /^[rRuU]?("""|'''|"|')([\s\S]*)\1$/.exec(raw);
    return match && !/\\/.test(match[2] ?? '') ? match[2] : undefined;
  }

  private call(node: Node): void {
    const callee = node.firstChild;
    if (callee?.name !== 'MemberExpression') return;
    const object = callee.firstChild;
    const property = callee.getChild('PropertyName');
    if (!object || !property) return;
    const method = this.slice(property);
    const client = this.clients.get(this.slice(object)) ?? this.clientOf(object);
    if (!client) return;
    const { named, plain } = this.arguments(node);
    if (client.resource) {
      const resource = Object.hasOwn(RESOURCES, method) ? RESOURCES[method] : undefined;
      const [values] = plain;
      if (resource && values)
        this.record(node, `${resource[0]} ${resource[1]}`, new Map([[resource[2], values]]));
      return;
    }
    const service = (Object.hasOwn(CLI_NAMES, client.service) && CLI_NAMES[client.service]) || client.service;
    const bucket =
      client.service === 's3' && Object.hasOwn(TRANSFERS, method) ? plain[TRANSFERS[method] ?? 0] : undefined;
    if (bucket) named.set('bucket', bucket);
    if (method === 'get_paginator' || method === 'get_waiter') return;
    this.record(node, `${service} ${kebab(method)}`, named);
  }

  private arguments(node: Node): { named: Map<string, Value[]>; plain: Value[][] } {
    const named = new Map<string, Value[]>();
    const plain: Value[][] = [];
    const list = node.getChild('ArgList');
    for (let child = list?.firstChild; child; child = child.nextSibling) {
      if (/^[(),]$/.test(child.name)) continue;
      const equals = child.nextSibling;
      if (child.name === 'VariableName' && equals?.name === 'AssignOp' && equals.nextSibling) {
        named.set(kebab(this.slice(child)), this.values(equals.nextSibling, 0));
        child = equals.nextSibling;
      } else plain.push(this.values(child, 0));
    }
    return { named, plain };
  }

  /** The strings that an expression may give; what is not known is one symbol. */
  private values(node: Node, depth: number): Value[] {
    if (depth > DEEPEST) return [];
    switch (node.name) {
      case 'String': {
        const text = this.literal(node);
        return text === undefined ? [] : [{ text, from: node.from, literal: true, keys: [] }];
      }
      case 'FormatString':
        return this.formatted(node, depth);
      case 'ArrayExpression':
      case 'TupleExpression':
      case 'ParenthesizedExpression': {
        const items: Value[] = [];
        for (let child = node.firstChild; child; child = child.nextSibling)
          if (!/^[[\](),]$/.test(child.name)) items.push(...this.values(child, depth + 1));
        return items.slice(0, MOST_VALUES);
      }
      case 'BinaryExpression': {
        const [left, operator, right] = [node.firstChild, node.firstChild?.nextSibling, node.lastChild];
        if (!left || !right || !operator || this.slice(operator) !== '+') return [this.symbol(node)];
        return this.joined([this.values(left, depth + 1), this.values(right, depth + 1)], node);
      }
      case 'ConditionalExpression': {
        const [first, last] = [node.firstChild, node.lastChild];
        return [
          ...(first ? this.values(first, depth + 1) : []),
          ...(last ? this.values(last, depth + 1) : []),
        ];
      }
      case 'MemberExpression': {
        const inDictionary = this.dictionaryValues(node, depth);
        return inDictionary.length > 0
          ? inDictionary
              .flatMap(({ node: one, keys }) =>
                this.values(one, depth + 1).map((value) => ({ ...value, keys: [...keys, ...value.keys] })),
              )
              .slice(0, MOST_VALUES)
          : [this.symbol(node)];
      }
      case 'VariableName': {
        const constant = this.constants.get(this.slice(node));
        return constant ? this.values(constant, depth + 1) : [this.symbol(node)];
      }
      case 'Number':
      case 'Boolean':
      case 'None':
      case 'DictionaryExpression':
        return [];
      default:
        return [this.symbol(node)];
    }
  }

  private symbol(node: Node): Value {
    const text = this.slice(node).replace(/\s+/g, ' ').replace(/[⟨⟩]/g, '').slice(0, 60);
    return { text: `⟨${text}⟩`, from: node.from, literal: false, keys: [] };
  }

  /** `f"{PREFIX}-{env}-api"`. */
  private formatted(node: Node, depth: number): Value[] {
    const raw = this.slice(node);
    const open = /^[fFrR]{1,2}("""|'''|"|')/.exec(raw);
    if (!open) return [this.symbol(node)];
    const parts: Value[][] = [];
    let at = node.from + open[0].length;
    const plain = (to: number) => {
      if (to > at) parts.push([{ text: this.text.slice(at, to), from: at, literal: false, keys: [] }]);
    };
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name !== 'FormatReplacement') continue;
      plain(child.from);
      const inner = child.firstChild?.nextSibling;
      parts.push(inner && inner.name !== '}' ? this.values(inner, depth + 1) : []);
      at = child.to;
    }
    plain(node.to - (open[1]?.length ?? 1));
    return this.joined(parts, node);
  }

  /** Every combination of the parts, up to a limit. */
  private joined(parts: readonly (readonly Value[])[], node: Node): Value[] {
    let all: Value[] = [{ text: '', from: node.from, literal: false, keys: [] }];
    for (const part of parts) {
      const options = part.length > 0 ? part : [this.symbol(node)];
      all = all
        .flatMap((left) =>
          options.map((right) => ({
            ...left,
            text: left.text + right.text,
            keys: [...left.keys, ...right.keys],
          })),
        )
        .slice(0, MOST_VALUES);
    }
    return all;
  }

  /** The entries that `CONFIG[key]` may give: one when the key is written out, else each with its key. */
  private dictionaryValues(node: Node, depth: number): { node: Node; keys: string[] }[] {
    if (depth > DEEPEST) return [];
    const object = node.firstChild;
    const index = node.getChild('[')?.nextSibling;
    if (!object || !index) return [];
    const holders: { node: Node; keys: string[] }[] =
      object.name === 'MemberExpression'
        ? this.dictionaryValues(object, depth + 1)
        : [{ node: this.constants.get(this.slice(object)) ?? object, keys: [] }];
    const wanted = index.name === 'String' ? this.literal(index) : undefined;
    return holders
      .flatMap((holder) =>
        holder.node.name === 'DictionaryExpression'
          ? this.entries(holder.node).map((entry) => ({
              ...entry,
              keys: [...holder.keys, ...(wanted === undefined ? [entry.key] : [])],
            }))
          : [],
      )
      .filter((entry) => wanted === undefined || entry.key === wanted)
      .slice(0, MOST_VALUES);
  }

  private entries(dictionary: Node): { key: string; node: Node }[] {
    const found: { key: string; node: Node }[] = [];
    for (let child = dictionary.firstChild; child; child = child.nextSibling) {
      if (child.name !== ':' || !child.prevSibling || !child.nextSibling) continue;
      const key = child.prevSibling.name === 'String' ? this.literal(child.prevSibling) : undefined;
      if (key !== undefined) found.push({ key, node: child.nextSibling });
    }
    return found;
  }

  /** The call as the command line would make it, once per combination of keys; its names with the place of their text. */
  private record(node: Node, operation: string, options: ReadonlyMap<string, readonly Value[]>): void {
    const given: ParsedCall['options'] = Object.create(null);
    for (const [key, values] of options)
      if (values.length > 0) given[key] = values.map((value) => value.text);
    const call: ParsedCall = { tool: 'aws', operation, options: given, words: [] };
    const verb = awsVerb(call);
    for (const named of awsNamed(call)) {
      if (isUnknown(named.name)) continue;
      const value = [...options.values()]
        .flat()
        .find((one) => one.text === named.name || one.text.includes(named.name));
      const scopes = options.get('cluster')?.length ?? 0;
      const { scope, relations, ...rest } = named;
      this.found.push({
        // several clusters to choose from: which holds the service is not known
        named: {
          ...rest,
          verb: named.verb ?? verb,
          ...(scopes <= 1 && scope !== undefined && { scope }),
          ...(scopes <= 1 && relations && { relations }),
        },
        line: this.lineAt(value?.from ?? node.from),
        literal: value?.literal === true,
        environments: (value?.keys ?? []).flatMap((key) => environmentOf(key) ?? []),
      });
    }
  }
}

/**
 * The names that Python code gives to AWS through boto3, by parsing alone: strings, constants, dictionaries chosen by
 * key. A value that cannot be followed is a symbol.
 */
export function readPython(text: string): PythonName[] {
  return new Reader(text).read();
}

import { shellQuote } from './shell-quote.ts';

/** A value of JSON. */
type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
type Input = { readonly [name: string]: Value };

interface Call {
  /** As AWS's command line names it: `elbv2`. */
  service: string;
  /** As the API names it: `DescribeListeners`. */
  operation: string;
  region?: string | undefined;
  input: Input;
}
interface Read extends Call {
  query: string;
}
interface Write extends Call {
  finds?: { readonly [name: string]: Read } | undefined;
  edit?:
    | {
        read: Read;
        as?: string | undefined;
        set: readonly { path: string; value: Value }[];
        remove?: readonly string[] | undefined;
      }
    | undefined;
}

/** Names that `botocore.xform_name` does not derive (botocore, `_xform_cache`); none of a call that Constat prints. */
const FIRST_CAPITAL = /(.)([A-Z][a-z]+)/g;
const LAST_CAPITAL = /([a-z0-9])([A-Z])/g;
const PLURAL_ACRONYM = /[A-Z]{2,}s$/;

/**
 * How AWS's command line writes the name of an operation or of a member: `LoadBalancerArn` is `load-balancer-arn`,
 * `VPCs` is `vpcs`. The conversion is `xform_name` of botocore, which the AWS CLI v2 uses.
 */
export function commandName(name: string): string {
  const plural = PLURAL_ACRONYM.exec(name)?.[0];
  const first = plural ? `${name.slice(0, -plural.length)}-${plural.toLowerCase()}` : name;
  return first.replace(FIRST_CAPITAL, '$1-$2').replace(LAST_CAPITAL, '$1-$2').toLowerCase().replace(/^-/, '');
}

/**
 * What a boolean's two options are called where the command line renames one of them, by `service.operation.option`;
 * the operation may be `*`. AWS CLI, `awscli/customizations/argrename.py`, ARGUMENT_RENAMES.
 */
const RENAMED: Readonly<Record<string, string>> = {
  'ec2.*.no-egress': 'ingress',
  'ec2.*.no-disable-api-termination': 'enable-api-termination',
  'ecs.*.no-enable-execute-command': 'disable-execute-command',
  'ecs.execute-command.no-interactive': 'non-interactive',
  'ec2.create-image.no-no-reboot': 'reboot',
};

const isObject = (value: Value): value is { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name of the read that stands for a value, where one does. */
const foundBy = (value: Value): string | undefined =>
  isObject(value) && typeof value.$find === 'string' && Object.keys(value).length === 1
    ? value.$find
    : undefined;

const holdsFind = (value: Value): boolean =>
  foundBy(value) !== undefined ||
  (typeof value === 'object' && value !== null && Object.values(value).some(holdsFind));

/** The variable of a shell that holds what a read gave. */
const variable = (name: string): string => name.replace(/\W/g, '_').toLowerCase();

/** A value as an expression of jq, in which JSON is what it is and `$name` what a read gave. */
function jqValue(value: Value): string {
  const found = foundBy(value);
  if (found !== undefined) return `$${variable(found)}`;
  if (Array.isArray(value)) return `[${value.map(jqValue).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}:${jqValue(inner)}`)
    .join(',')}}`;
}

/** Names of the reads that a value stands on. */
const findsIn = (value: Value): string[] => {
  const found = foundBy(value);
  if (found !== undefined) return [found];
  return typeof value === 'object' && value !== null
    ? [...new Set(Object.values(value).flatMap(findsIn))]
    : [];
};

const jqArguments = (names: readonly string[]): string =>
  names.map((name) => ` --arg ${variable(name)} "$${variable(name)}"`).join('');

/** One word for the value of an option. */
function word(value: Value): string {
  const found = foundBy(value);
  if (found !== undefined) return `"$${variable(found)}"`;
  if (typeof value === 'string') return value === '' ? "''" : shellQuote(value);
  if (!holdsFind(value)) return shellQuote(JSON.stringify(value));
  return `"$(jq -cn${jqArguments(findsIn(value))} ${shellQuote(jqValue(value))})"`;
}

/** What the command line takes for more than itself: an option, a document, a file to read. */
const isSpecial = (text: string): boolean => /^(?:-|[[{]|fileb?:\/\/)/.test(text);
const isFile = (value: Value | undefined): boolean =>
  typeof value === 'string' ? /^fileb?:\/\//.test(value) : Array.isArray(value) && value.some(isFile);

function option({ service, operation }: Call, member: string, value: Value): string {
  const name = commandName(member);
  if (typeof value === 'boolean') {
    const own = value ? name : `no-${name}`;
    return `--${RENAMED[`${service}.${commandName(operation)}.${own}`] ?? RENAMED[`${service}.*.${own}`] ?? own}`;
  }
  if (Array.isArray(value) && value.length > 0) {
    const scalars = value.every((one) => foundBy(one) !== undefined || typeof one !== 'object');
    const plain = value.every((one) => typeof one !== 'string' || (one !== '' && !isSpecial(one)));
    if (scalars && plain) return `--${name} ${value.map(word).join(' ')}`;
  }
  // an option that begins with a dash would be read as the next one
  return typeof value === 'string' && value.startsWith('-')
    ? `--${name}=${word(value)}`
    : `--${name} ${word(value)}`;
}

/** A call without what is found or edited for it. */
function plainCommand(call: Call, more: readonly string[] = []): string {
  const given = Object.entries(call.input).filter(([, value]) => value !== null);
  // a value that names a file would be replaced by what stands in it; inside a document it is a text
  const options = given.some(([, value]) => isFile(value))
    ? [`--cli-input-json ${word(Object.fromEntries(given))}`]
    : given.map(([name, value]) => option(call, name, value));
  return [
    'aws',
    call.service,
    commandName(call.operation),
    ...(call.region === undefined ? [] : [`--region ${shellQuote(call.region)}`]),
    ...options,
    ...more,
  ].join(' ');
}

/** A read as a command of the AWS CLI v2, which prints what the query gives; `text` is for one scalar. */
export const readCommand = (read: Read, output: 'json' | 'text' = 'json'): string =>
  plainCommand(read, [`--query ${shellQuote(read.query)}`, `--output ${output}`]);

/** An RFC 6901 pointer as a path of jq: `/Origins/Items/0` is `.["Origins"]["Items"][0]`. */
export function jqPath(pointer: string): string {
  const tokens = pointer.split('/').slice(1);
  const path = tokens.map((token) =>
    /^\d+$/.test(token)
      ? `[${token}]`
      : `[${JSON.stringify(token.replaceAll('~1', '/').replaceAll('~0', '~'))}]`,
  );
  return `.${path.join('')}`;
}

/** What is removed comes first, as RFC 6901 pointers are of the document as it was read. */
const jqEdit = ({ set, remove = [] }: NonNullable<Write['edit']>): string =>
  [
    ...(remove.length > 0 ? [`del(${remove.map(jqPath).join(', ')})`] : []),
    ...set.map(({ path, value }) =>
      path.endsWith('/-')
        ? `${jqPath(path.slice(0, -2))} += [${jqValue(value)}]`
        : `${jqPath(path)} = ${jqValue(value)}`,
    ),
  ].join(' | ') || '.';

/**
 * A write as a command of the AWS CLI v2 for bash, that can be copied as it is. What only the moment knows is read by the
 * command itself, which stops where it finds nothing. A document is read, edited by `jq` and sent from a file that only
 * its owner can read and that is gone afterwards; a version of it (an ETag) is read before it, so that a change in between
 * makes the call fail.
 */
export function writeCommand(write: Write): string {
  const finds = Object.entries(write.finds ?? {}).map(
    ([name, read]) =>
      `${variable(name)}="$(${readCommand(read, 'text')})" &&\n  [ "\${${variable(name)}:-None}" != None ]`,
  );
  const { edit } = write;
  if (!edit) return [...finds, plainCommand(write)].join(' &&\n  ');
  const names = [...new Set(edit.set.flatMap(({ value }) => findsIn(value)))];
  const document = `--${edit.as === undefined ? 'cli-input-json' : commandName(edit.as)} "file://$document"`;
  const steps = [
    'document="$(mktemp)"',
    `trap 'rm -f "$document"' EXIT`,
    ...finds,
    `${readCommand(edit.read)} |\n    jq${jqArguments(names)} ${shellQuote(jqEdit(edit))} > "$document"`,
    plainCommand(write, [document]),
  ];
  return `(\n  set -o pipefail\n  ${steps.join(' &&\n  ')}\n)`;
}

/** The state after a write, as a command that prints it as JSON; what only the moment knows is read. */
export function afterCommand(after: Value, { finds = {} }: Pick<Write, 'finds'>): string {
  const names = findsIn(after);
  if (names.length === 0) return `printf '%s' ${shellQuote(JSON.stringify(after))}`;
  const reads = names.flatMap((name) => {
    const read = finds[name];
    return read ? [`${variable(name)}="$(${readCommand(read, 'text')})"`] : [];
  });
  return [...reads, `jq -cn${jqArguments(names)} ${shellQuote(jqValue(after))}`].join(' &&\n  ');
}

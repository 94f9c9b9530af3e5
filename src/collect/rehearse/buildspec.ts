import { shellWords } from './mark.ts';
import { isObject, type JsonObject, readDocument, textsOf } from './workflow-document.ts';

/** The commands of a buildspec as one script, each on the line on which the file has it. */
export interface Buildspec {
  script: string;
}

export type BuildspecReading = Buildspec | { fault: { line: number; message: string } };

/** In the order in which CodeBuild runs them. */
const PHASES = ['install', 'pre_build', 'build', 'post_build'] as const;
const LISTS = ['commands', 'finally'] as const;
const NAME = /^[A-Za-z_]\w*$/;
const LATEST_LINE = 20_000;

/**
 * What AWS CodeBuild would run, and the variables that it sets first: those that the file gives, those that it reads in
 * Parameter Store, those that it reads in Secrets Manager (`secret-id:json-key:version-stage:version-id`). AWS CodeBuild
 * User Guide, “Build specification reference for CodeBuild”. Never throws.
 */
export function readBuildspec(file: string, text: string): BuildspecReading {
  const document = readDocument(file, text);
  if ('fault' in document)
    return { fault: { line: document.line, message: document.message || document.fault } };
  const lines: string[] = [];
  let last = 0;
  // what is written above what runs before it has to wait for it
  const put = (line: number, script: string) => {
    const at = Math.max(line, last);
    if (at > LATEST_LINE) return;
    const [first = '', ...more] = script.split('\n');
    lines[at - 1] = lines[at - 1] === undefined ? first : `${lines[at - 1]}; ${first}`;
    for (const [index, next] of more.entries()) lines[at + index] = next;
    last = at + more.length;
  };

  const environment = isObject(document.json.env) ? document.json.env : {};
  const prelude = SETS.flatMap(([key, command]) =>
    Object.entries(mapping(environment[key])).flatMap(([name, value]) =>
      NAME.test(name) && (typeof value === 'string' || typeof value === 'number')
        ? [{ line: document.lineOf(['env', key, name]), script: command(name, String(value)) }]
        : [],
    ),
  );
  const phases = mapping(document.json.phases);
  const commands = PHASES.flatMap((phase) =>
    LISTS.flatMap((list) =>
      textsOf(mapping(phases[phase])[list]).map((command, index) => ({
        line: document.textLineOf(['phases', phase, list, index]),
        script: command.trimEnd(),
      })),
    ),
  );
  prelude.sort((a, b) => a.line - b.line);
  const start = Math.min(...commands.map(({ line }) => line));
  for (const { line, script } of prelude) put(Math.min(line, start), script);
  for (const { line, script } of commands) put(line, script);
  return { script: Array.from(lines, (line) => line ?? '').join('\n') };
}

const mapping = (value: unknown): JsonObject => (isObject(value as JsonObject) ? (value as JsonObject) : {});

const assigned = (name: string, words: readonly string[]): string =>
  `export ${name}="$(${shellWords([...words])})"`;

const SETS: readonly [key: string, command: (name: string, value: string) => string][] = [
  ['variables', (name, value) => `export ${name}=${shellWords([value])}`],
  [
    'parameter-store',
    (name, value) => assigned(name, ['aws', 'ssm', 'get-parameter', '--name', value, '--with-decryption']),
  ],
  [
    'secrets-manager',
    (name, value) =>
      assigned(name, [
        'aws',
        'secretsmanager',
        'get-secret-value',
        '--secret-id',
        value.startsWith('arn:') ? value.split(':').slice(0, 7).join(':') : (value.split(':')[0] ?? ''),
      ]),
  ],
];

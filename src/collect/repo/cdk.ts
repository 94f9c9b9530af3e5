import { posix } from 'node:path';
import { excerpt } from '#lib/excerpt.ts';
import type { FileEvidence } from '#model/evidence.ts';
import { code } from '#model/text.ts';
import { defineCollector } from '../collector.ts';
import type { Tree } from '../readers/tree.ts';
import { ConstructFacts } from './cdk/construct-facts.ts';
import { Program } from './cdk/program.ts';
import { readPython } from './cdk/python.ts';
import { readTypescript } from './cdk/typescript.ts';
import { LineIndex } from './cloudformation/line-index.ts';
import { readJson } from './json-source.ts';

const SOURCE = /\.(?:[cm]?tsx?|[cm]?jsx?|py)$/;
const NOT_SOURCE =
  /\.d\.[cm]?ts$|(?:^|\/)(?:node_modules|cdk\.out|\.venv|venv|dist|coverage|__pycache__|__tests__|tests?|e2e)\/|[._-](?:test|spec)\.\w+$|(?:^|\/)test_[^/]+\.py$/;
const CDK = /aws-cdk|aws_cdk|['"]constructs['"]|import\s+constructs/;
const MOST_FILES = 400;
const LONGEST = 400_000;
/** What runs a program in a language that is not read. */
const OTHER_LANGUAGE = /\b(?:mvn|gradlew?|java|dotnet|go\s+(?:mod|run))\b/;

/**
 * Programs of the AWS CDK: the constructs of TypeScript, JavaScript and Python below each `cdk.json`, as far as their
 * names stand in the text. Where the tree holds what `cdk synth` wrote, its templates are read instead.
 */
export const cdk = defineCollector({
  id: 'cdk',
  source: 'repo',
  title: { fr: 'AWS CDK', en: 'AWS CDK' },
  reads: ({ plain }) => plain === 'cdk.json',
  collect(reading, sink, tree) {
    const json = readJson(reading.text);
    if ('error' in json) {
      sink.unread(reading.lineOf(json.error.offset), {
        fr: `JSON illisible\u00a0: ${code(json.error.message)}`,
        en: `unreadable JSON: ${code(json.error.message)}`,
      });
      return;
    }
    const app = json.value.get('app').text ?? '';
    if (OTHER_LANGUAGE.test(app)) {
      sink.unread(
        reading.lineOf(json.value.get('app').offset ?? 0),
        {
          fr: 'programme du CDK dans un langage pas encore lu',
          en: 'program of the CDK in a language not read yet',
        },
        false,
      );
      return;
    }
    const folder = posix.dirname(reading.path);
    const inside = folder === '.' ? '' : `${folder}/`;
    if (isSynthesised(inside, tree)) return;
    const context = new Map(
      json.value.get('context').entries.flatMap(([key, value]) => {
        const { text } = value;
        return text === undefined ? [] : [[key, text] as const];
      }),
    );
    const { texts, isCut } = sourcesIn(inside, tree);
    if (isCut)
      sink.unread(undefined, {
        fr: `plus de ${MOST_FILES} fichiers du CDK\u00a0: les suivants ne sont pas lus`,
        en: `more than ${MOST_FILES} files of the CDK: the rest is not read`,
      });
    const sources = [...texts].map(([path, text]) =>
      path.endsWith('.py') ? readPython(path, text) : readTypescript(path, text),
    );
    const indexes = new Map([...texts].map(([path, text]) => [path, new LineIndex(text)]));
    const place = (path: string, offset: number) =>
      placeIn(path, indexes.get(path) ?? new LineIndex(''), offset);
    const facts = new ConstructFacts(new Program(sources, context), tree, place);
    for (const fact of facts.all()) sink.fact(fact);
  },
});

const synthesised = new WeakMap<Tree, readonly string[]>();

/** Whether the tree holds the templates of the program of this folder. */
function isSynthesised(inside: string, tree: Tree): boolean {
  let templates = synthesised.get(tree);
  if (!templates) {
    templates = [...tree.paths].filter((path) => /(?:^|\/)cdk\.out\/.*\.template\.json$/.test(path));
    synthesised.set(tree, templates);
  }
  return templates.some((path) => path.startsWith(`${inside}cdk.out/`));
}

/** The files below a folder that use the CDK, and belong to no program of their own. */
function sourcesIn(inside: string, tree: Tree): { texts: Map<string, string>; isCut: boolean } {
  const others = [...tree.paths]
    .filter((path) => path.endsWith('/cdk.json') && path.startsWith(inside) && path !== `${inside}cdk.json`)
    .map((path) => path.slice(0, -'cdk.json'.length));
  const texts = new Map<string, string>();
  for (const { path } of tree.files) {
    if (!path.startsWith(inside) || !SOURCE.test(path) || NOT_SOURCE.test(path)) continue;
    if (others.some((other) => path.startsWith(other))) continue;
    const text = tree.read(path);
    if (text === undefined || text.length > LONGEST || !CDK.test(text)) continue;
    if (texts.size >= MOST_FILES) return { texts, isCut: true };
    texts.set(path, text);
  }
  return { texts, isCut: false };
}

function placeIn(file: string, index: LineIndex, offset: number): FileEvidence {
  const line = index.lineOf(offset);
  const shown = excerpt(index.textOf(line)).trim();
  return { source: 'repo', file, line, ...(shown !== '' && { excerpt: shown }) };
}

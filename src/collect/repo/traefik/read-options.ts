import { excerpt } from '#lib/excerpt.ts';
import { readYaml } from '#lib/yaml-source.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Reading } from '../../collector.ts';
import { type Option, optionOf } from '../../traefik/option.ts';
import { placeKey, tomlPlaces } from '../toml-places.ts';
import { readToml } from '../toml-source.ts';

/** A file of Traefik as options, with what in it could not be taken as it stands. */
export interface ReadFile {
  option: Option;
  /** Go or Jinja templates stand in it: what they give is not known. */
  isTemplated: boolean;
  /** Documents after the first one, which Traefik never reads: the line of the second. */
  second?: number;
  isCut: boolean;
}

const MAY_HOLD_SECRET =
  /users|basicauth|digestauth|header|query|cookie|secret|token|passw|api.?key|credential|plugin|\$apr1|\$2[aby]\$/i;

/** A line for people. What may let in is cut: an option of that sort shows its name alone. */
export function shownLine(line: string): string {
  const shown = excerpt(line).trim();
  if (!MAY_HOLD_SECRET.test(line)) return shown;
  const cut = /traefik\./i.test(shown) ? shown.search(/=|:\s/) : shown.search(/[=:]/);
  return cut < 0 ? '…' : `${shown.slice(0, cut + 1)} …`;
}

/** Evidence at a line of a file of Traefik or Compose, nothing in it that lets in. */
export function placeAt({ path, lines }: Pick<Reading, 'path' | 'lines'>, line: number): FileEvidence {
  const shown = shownLine(lines[line - 1] ?? '');
  return { source: 'repo', file: path, line, ...(shown !== '' && { excerpt: shown }) };
}

/** Reads a file of options: TOML by its name, else YAML. Errors repeat nothing of the text. */
export function readOptions(reading: Reading): ReadFile | { error: { line: number; message: string } } {
  const isTemplated = reading.text.includes('{{') || reading.text.includes('{%');
  const text = isTemplated ? withoutTemplates(reading.text) : reading.text;
  return /\.toml(?:\.|$)/i.test(reading.path)
    ? readTomlOptions(reading, text, isTemplated)
    : readYamlOptions(reading, text, isTemplated);
}

const CONTROL =
  /^\s*(?:[-#]\s*)?(?:\{\{-?\s*(?:if|else|end|range|with|define|template|block|\/\*|\$\w+\s*:?=)[^\n]*|\{%[^\n]*)$/;
const EXPRESSION = /\{\{[^{}\n]{0,400}\}\}/g;

/** Lines that only steer are blank, and what an expression gives is open, so that the rest can be read. */
const withoutTemplates = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      line.length > 4_000 ? '' : CONTROL.test(line) ? '' : line.replace(EXPRESSION, '${template}'),
    )
    .join('\n');

function readYamlOptions(
  reading: Reading,
  text: string,
  isTemplated: boolean,
): ReturnType<typeof readOptions> {
  const documents = documentsOf(text);
  const [first = text] = documents;
  const yaml = readYaml(first, { merge: true });
  if ('error' in yaml) return yaml;
  const { option, isCut } = optionOf(yaml.value, (path) => placeAt(reading, yaml.lineOf(path)));
  const second = documents[1];
  return {
    option,
    isTemplated,
    isCut,
    ...(second !== undefined && { second: lineOfStart(second) }),
  };
}

const lineOfStart = (document: string): number => (/^\n*/.exec(document)?.[0].length ?? 0) + 1;

/** The documents of a text that hold something, each with the lines before it left blank. */
function documentsOf(text: string): string[] {
  const lines = text.split('\n');
  const marks = lines.flatMap((line, index) => (/^---(?:\s|$)/.test(line) ? [index] : []));
  if (marks.length === 0) return [text];
  const starts = [0, ...marks.map((index) => index + 1)];
  return starts.flatMap((start, index) => {
    const part = lines.slice(start, marks[index] ?? lines.length);
    const isEmpty = part.every((line) => /^\s*(?:#.*)?$/.test(line) || /^%YAML/.test(line));
    return isEmpty ? [] : [`${'\n'.repeat(start)}${part.join('\n')}`];
  });
}

function readTomlOptions(
  reading: Reading,
  text: string,
  isTemplated: boolean,
): ReturnType<typeof readOptions> {
  const toml = readToml(text);
  if ('error' in toml) return toml;
  let places: ReadonlyMap<string, number> | undefined;
  const { option, isCut } = optionOf(Object.fromEntries(toml.top), (path) => {
    places ??= tomlPlaces(text);
    for (let length = path.length; length > 0; length -= 1) {
      const line = places.get(placeKey(path.slice(0, length)));
      if (line !== undefined) return placeAt(reading, line);
    }
    return placeAt(reading, 1);
  });
  return { option, isTemplated, isCut };
}

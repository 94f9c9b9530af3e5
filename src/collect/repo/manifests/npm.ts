import { readJson } from '../json-source.ts';
import { type Format, type PackageLine, version } from './package-line.ts';

const SECTIONS = [
  ['dependencies', false],
  ['optionalDependencies', false],
  ['devDependencies', true],
] as const;

export const npm: Format = {
  ecosystem: 'npm',
  reads: (base) => base === 'package.json',
  read(text) {
    const json = readJson(text);
    const starts = lineStarts(text);
    if ('error' in json) return { error: { line: starts(json.error.offset), message: json.error.message } };
    return {
      packages: SECTIONS.flatMap(([section, development]) =>
        json.value.get(section).entries.map(
          ([name, value]): PackageLine => ({
            name,
            ...version(value.text),
            line: starts(value.offset ?? 0),
            development,
          }),
        ),
      ),
    };
  },
};

/** Gives the line of an offset; offsets must not go back far, so that one pass over the text is enough. */
function lineStarts(text: string): (offset: number) => number {
  let at = 0;
  let line = 1;
  return (offset) => {
    if (offset < at) {
      at = 0;
      line = 1;
    }
    for (let next = text.indexOf('\n', at); next >= 0 && next < offset; next = text.indexOf('\n', at)) {
      line += 1;
      at = next + 1;
    }
    return line;
  };
}

import type { Manifest } from '#model/artifacts.ts';
import type { Fact } from '#model/fact.ts';
import { code } from '#model/text.ts';
import { defineCollector, type Reading } from '../collector.ts';
import type { Tree } from '../readers/tree.ts';
import { goMod } from './manifests/go.ts';
import { importsIn } from './manifests/imports.ts';
import { catalogue, gradle, maven } from './manifests/java.ts';
import { npm } from './manifests/npm.ts';
import type { Format, PackageLine } from './manifests/package-line.ts';
import { providerOf } from './manifests/providers.ts';
import { normalised, pipfile, pyproject, requirements } from './manifests/python.ts';
import { gemfile } from './manifests/ruby.ts';
import { cargo } from './manifests/rust.ts';
import { standingOf } from './standing.ts';

const FORMATS: readonly Format[] = [
  npm,
  requirements,
  pyproject,
  pipfile,
  goMod,
  cargo,
  maven,
  gradle,
  catalogue,
  gemfile,
];
const VENDORED = /(?:^|\/)(?:node_modules|vendor|third_party|site-packages)\//;
const MOST_IMPORTS = 5;

/** Package manifests: what the code depends on, and the external services that those packages call. */
export const manifests = defineCollector({
  id: 'manifests',
  source: 'repo',
  title: { fr: 'manifeste de paquets', en: 'package manifest' },
  reads({ path, base }) {
    const lower = path.toLowerCase();
    return FORMATS.some((format) => format.reads(base, lower)) && !VENDORED.test(path);
  },
  collect(reading, sink, tree) {
    const { path, text, lines } = reading;
    const base = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    const lower = path.toLowerCase();
    const format = FORMATS.find((each) => each.reads(base, lower));
    if (!format) return;
    const read = format.read(text, lines, path);
    if ('error' in read) {
      sink.unread(read.error.line, {
        fr: `manifeste illisible\u00a0: ${code(read.error.message)}`,
        en: `unreadable manifest: ${code(read.error.message)}`,
      });
      return;
    }
    if (read.packages.length === 0) return;
    sink.artifact('manifests', { file: path, ecosystem: format.ecosystem, packages: read.packages });
    for (const fact of providerFacts(reading, format.ecosystem, read.packages, tree)) sink.fact(fact);
  },
});

function providerFacts(
  reading: Reading,
  ecosystem: Manifest['ecosystem'],
  packages: readonly PackageLine[],
  tree: Tree,
): Fact[] {
  const { sort, environments } = standingOf(reading.path);
  const folder = reading.path.slice(0, reading.path.lastIndexOf('/') + 1);
  return packages.flatMap(({ name, line, development }): Fact[] => {
    const provider = providerOf(ecosystem, ecosystem === 'python' ? normalised(name) : name);
    if (!provider) return [];
    const imports = importsIn(tree, ecosystem).filter(
      (each) => each.provider.name === provider.name && each.file.startsWith(folder),
    );
    const running = imports.filter(({ test }) => !test);
    const onlyTests = imports.length > 0 && running.length === 0;
    const shown = (onlyTests ? imports : running).slice(0, MOST_IMPORTS);
    return [
      {
        ...provider,
        source: 'repo',
        sort: sort === 'declared' && (development || onlyTests) ? 'reference' : sort,
        nameStatus: 'literal',
        evidence: reading.at(line),
        environments,
        verb: 'uses',
        certainty: 'static',
        properties: {
          package: name,
          ...(shown.length > 0 && { imports: shown.map((each) => `${each.file}:${each.line}`) }),
        },
      },
    ];
  });
}

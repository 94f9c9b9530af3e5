import type { GivenValue } from '#model/host.ts';
import { defineCollector } from '../collector.ts';
import { givenValue } from '../given-value.ts';
import { type DotenvEntry, parseDotenv } from './dotenv.ts';
import { namesIn, providersIn } from './environment-names.ts';
import { sqliteFact, sqlitePath } from './sqlite-files.ts';
import { isExample, standingOf } from './standing.ts';
import { classify } from './value-class.ts';

const NAME =
  /^\.env$|^\.env[._-]|\.env$|^(?:dot)?_?env[._-](?:example|sample|template|dist|tpl)|\.env[._-](?:example|sample|template|dist|tpl|defaults?)$|^\.dev\.vars|^\.flaskenv$/;
/** Programs, prose and encrypted copies that bear a similar name. */
const OTHER =
  /\.(?:[cm]?[jt]sx?|md|py|rb|go|php|json|ya?ml|toml|sh|ps1|enc|encrypted|gpg|age|asc|vault|keys|lock|zip)$/;
/** A variable with such a value gives nothing yet. */
const NOTHING: ReadonlySet<string> = new Set(['empty', 'placeholder']);
const MOST_VARIABLES = 5_000;

/** Dotenv files: the names of their variables and the class of each value, never a value that is a secret. */
export const environmentFile = defineCollector({
  id: 'environment-file',
  source: 'repo',
  title: { fr: 'fichier d’environnement (dotenv)', en: 'environment file (dotenv)' },
  reads: ({ plain }) => NAME.test(plain) && !OTHER.test(plain),
  collect(reading, sink) {
    const entries = parseDotenv(reading.lines).slice(0, MOST_VARIABLES);
    if (entries.length === 0) return;
    const { sort, environments } = standingOf(reading.path);
    sink.artifact('environmentFiles', {
      file: reading.path,
      example: isExample(reading.path),
      tracked: reading.tracked,
      variables: entries.map(({ name, value, line }) => ({ ...worthOf(name, value), line })),
    });
    // The variable's name alone as excerpt: the rest of its line may hold a password.
    const evidence = ({ name, line }: DotenvEntry) =>
      ({ source: 'repo', file: reading.path, line, excerpt: `${name}=…` }) as const;
    const base = { source: 'repo', nameStatus: 'literal', environments, verb: 'uses' } as const;
    for (const { key, by, certainty } of namesIn(entries)) {
      sink.fact({ ...base, ...key, sort, evidence: evidence(by), certainty });
    }
    const databases = new Map(
      entries.flatMap((entry) => {
        const path = sqlitePath(entry.name, entry.value);
        return path === undefined ? [] : [[path, entry] as const];
      }),
    );
    for (const [path, entry] of databases)
      sink.fact(sqliteFact(path, evidence(entry), { sort, environments }));
    const given = entries.filter(({ name, value }) => !NOTHING.has(classify(name, value).class));
    for (const { provider, by } of providersIn(sort === 'declared' ? given : entries)) {
      sink.fact({ ...base, ...provider, sort, evidence: evidence(by), certainty: 'key-name' });
    }
  },
});

/** No digest of what a loader would still put another variable's value into. */
function worthOf(name: string, value: string): Omit<GivenValue, 'digest'> & { digest?: string } {
  const { digest, shown, ...rest } = givenValue(name, value);
  const isWhole = !/\$\{|\$[A-Za-z_]|\{\{/.test(value);
  return isWhole ? { ...rest, digest, ...(shown !== undefined && { shown }) } : rest;
}

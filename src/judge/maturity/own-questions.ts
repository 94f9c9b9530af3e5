import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath';
import { matcher } from '#lib/globs.ts';
import { type Evidence, isFileEvidence, SOURCES } from '#model/evidence.ts';
import { type Answer, cannotTell, no, partial, yes } from '#model/maturity.ts';
import type { TargetQuestion as GivenQuestion } from '#model/target.ts';
import { code, codes, type Text } from '#model/text.ts';
import type { AuditView } from './view.ts';

const MOST_EVIDENCE = 5;

/** How a team's own question is answered: by files, by rules, by a query or by documents. */
export type Method = (view: AuditView) => Answer;

const METHODS = ['files', 'rules', 'query', 'documents'] as const;

/** Which ways of answering a question names. */
export const methodsOf = (given: GivenQuestion): (typeof METHODS)[number][] =>
  METHODS.filter((method) => given[method] !== undefined);

/**
 * The way in which a question of the target's file is answered; undefined where it names none.
 * @throws Error where its query is no JMESPath expression: the message is the parser's
 */
export function methodOf(given: GivenQuestion): Method | undefined {
  const method = plainMethodOf(given);
  const { needs = [] } = given;
  if (!method || needs.length === 0) return method;
  return (view) => {
    const unread = needs.filter((source) => !view.estate.sources.has(source));
    if (unread.length === 0) return method(view);
    const sources = codes(unread);
    return cannotTell({ fr: `Source non lue\u00a0: ${sources.fr}.`, en: `Source not read: ${sources.en}.` });
  };
}

function plainMethodOf({ files, all, rules, query, documents }: GivenQuestion): Method | undefined {
  if (files) return ({ estate }) => ofFiles([...estate.files].sort(), files, all === true);
  if (rules) return (view) => ofRules(view, rules);
  if (documents) return (view) => ofDocuments(view, documents);
  if (query === undefined) return undefined;
  const expression = compile(query);
  return (view) => {
    try {
      return ofQuery(TreeInterpreter.search(expression, view.report() as JSONValue) ?? null);
    } catch (error) {
      const why = code(error instanceof Error ? error.message : String(error));
      return cannotTell({ fr: `La requête a échoué\u00a0: ${why}.`, en: `The query failed: ${why}.` });
    }
  };
}

/** Globs over every path of the repository. */
function ofFiles(paths: readonly string[], globs: readonly string[], isAll: boolean): Answer {
  const found = globs.map((glob) => ({ glob, files: paths.filter(matcher([glob])) }));
  const there = [...new Set(found.flatMap(({ files }) => files))];
  const lacking = found.filter(({ files }) => files.length === 0).map(({ glob }) => glob);
  const evidence = there.slice(0, MOST_EVIDENCE).map((file): Evidence => ({ source: 'repo', file, line: 1 }));
  const names = codes(there);
  const globsLacking = codes(lacking);
  if (there.length === 0)
    return no({
      fr: `Aucun fichier ne correspond à ${globsLacking.fr}.`,
      en: `No file matches ${globsLacking.en}.`,
    });
  if (isAll && lacking.length > 0)
    return partial(
      {
        fr: `${names.fr} en tient lieu, aucun fichier ne correspond à ${globsLacking.fr}.`,
        en: `There is ${names.en}, and no file matches ${globsLacking.en}.`,
      },
      evidence,
    );
  return yes(
    { fr: `Présent dans le dépôt\u00a0: ${names.fr}.`, en: `In the repository: ${names.en}.` },
    evidence,
  );
}

/** Yes only where every rule was applied to something and could answer. */
function ofRules(view: AuditView, rules: readonly string[]): Answer {
  const found = rules.flatMap((rule) => view.findingsOf(rule));
  if (found.length > 0)
    return no(
      {
        fr: `Écarts trouvés par ces règles\u00a0: ${found.length}. Le premier\u00a0: ${found[0]?.title.fr}.`,
        en: `Findings of these rules: ${found.length}. The first: ${found[0]?.title.en}.`,
      },
      found.flatMap(({ evidence }) => evidence).slice(0, MOST_EVIDENCE),
    );
  const silent = rules.filter((rule) => !view.wasJudged(rule));
  const names = codes(silent.length > 0 ? silent : rules);
  return silent.length > 0
    ? cannotTell({
        fr: `Ces règles n’ont rien pu juger\u00a0: ${names.fr}.`,
        en: `These rules could judge nothing: ${names.en}.`,
      })
    : yes({ fr: `Aucun écart de ${names.fr}.`, en: `No finding of ${names.en}.` }, []);
}

/** Pages that treat a topic; a past audit is none. */
function ofDocuments({ estate }: AuditView, topic: NonNullable<GivenQuestion['documents']>): Answer {
  const places = estate.artifacts.documents.flatMap(({ file, report, topics }): Evidence[] => {
    const line = topics.find((one) => one.topic === topic)?.line;
    return report || line === undefined ? [] : [{ source: 'docs', file, line }];
  });
  if (places.length === 0)
    return no({
      fr: `Aucun document ne traite de ${code(topic)}.`,
      en: `No document treats ${code(topic)}.`,
    });
  const pages = codes(new Set(places.filter(isFileEvidence).map(({ file }) => file)));
  return yes(
    { fr: `${code(topic)} est traité par ${pages.fr}.`, en: `${code(topic)} is treated by ${pages.en}.` },
    places.slice(0, MOST_EVIDENCE),
  );
}

/** Nothing for null, yes or no for a boolean, yes for what is listed with the evidence that it carries. */
function ofQuery(result: JSONValue): Answer {
  if (result === null) return cannotTell({ fr: 'La requête ne donne rien.', en: 'The query gives nothing.' });
  if (typeof result === 'boolean')
    return result
      ? yes({ fr: 'La requête le confirme.', en: 'The query says so.' }, [])
      : no({ fr: 'La requête dit que non.', en: 'The query says that it is not so.' });
  if (!Array.isArray(result))
    return cannotTell({
      fr: `La requête donne ${kindOf(result).fr}, et non vrai, faux, null ou une liste.`,
      en: `The query gives ${kindOf(result).en}, and not true, false, null or a list.`,
    });
  if (result.length === 0) return no({ fr: 'La requête ne trouve rien.', en: 'The query finds nothing.' });
  const names = codes(result.flatMap(nameOf));
  const count = result.length;
  return yes(
    {
      fr: `La requête trouve ${count} ${count > 1 ? 'éléments' : 'élément'}${names.fr && `\u00a0: ${names.fr}`}.`,
      en: `The query finds ${count} ${count === 1 ? 'item' : 'items'}${names.en && `: ${names.en}`}.`,
    },
    result.flatMap(placesOf).slice(0, MOST_EVIDENCE),
  );
}

const kindOf = (value: JSONValue): Text =>
  typeof value === 'number'
    ? { fr: 'un nombre', en: 'a number' }
    : typeof value === 'string'
      ? { fr: 'un texte', en: 'a text' }
      : { fr: 'un objet', en: 'an object' };

const field = (item: JSONValue, key: string): JSONValue | undefined =>
  typeof item === 'object' && item !== null && !Array.isArray(item) ? item[key] : undefined;

function nameOf(item: JSONValue): string[] {
  if (typeof item === 'string') return [item];
  const name = ['name', 'gap', 'file', 'id']
    .map((key) => field(item, key))
    .find((one) => typeof one === 'string');
  return typeof name === 'string' ? [name] : [];
}

/** The evidence that an item of the report carries: of a finding or a relation, else of a resource. */
function placesOf(item: JSONValue): Evidence[] {
  for (const key of ['evidence', 'declared', 'observed']) {
    const list = field(item, key);
    // a query may give lists of its own making under these names
    const first = Array.isArray(list) ? list.find(isEvidence) : undefined;
    if (first) return [first as unknown as Evidence];
  }
  const file = field(item, 'file');
  const line = field(item, 'line');
  if (typeof file !== 'string') return [];
  return [{ source: 'repo', file, line: typeof line === 'number' && line >= 1 ? Math.floor(line) : 1 }];
}

const isEvidence = (value: JSONValue): boolean =>
  SOURCES.some((source) => source === field(value, 'source')) &&
  (typeof field(value, 'file') === 'string'
    ? Number.isInteger(field(value, 'line'))
    : typeof field(value, 'operation') === 'string' && typeof field(value, 'at') === 'string');

import type { Topic } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import { type Evidence, type FileEvidence, isFileEvidence } from '#model/evidence.ts';
import { type Answer, cannotTell } from '#model/maturity.ts';
import { codes, type Text } from '#model/text.ts';
import { inDocument } from '../../derived/place.ts';

/** Places that one answer shows: enough to look it up. */
const MOST = 6;
export const shown = <T extends Evidence>(evidence: readonly T[]): T[] =>
  [
    ...new Map(
      evidence.map((one) => [isFileEvidence(one) ? `${one.file}:${one.line}` : JSON.stringify(one), one]),
    ).values(),
  ].slice(0, MOST);

/** The files of these places, each once, as a text. */
export const filesOf = (places: readonly FileEvidence[], most = 4): Text =>
  codes(new Set(places.map(({ file }) => file)), most);

/** Where documents that are kept up to date treat a subject, the first place of each. */
export function treated(estate: Estate, ...topics: Topic[]): FileEvidence[] {
  return estate.artifacts.documents.flatMap(({ file, report, topics: own }) => {
    if (report || isVendored(file)) return [];
    const first = own.find(({ topic }) => topics.includes(topic));
    return first ? [inDocument(file, first.line)] : [];
  });
}

/** Pages of templates, examples and packages speak of something else than this estate. */
const isVendored = (file: string): boolean =>
  /(?:^|\/)(?:node_modules|vendor|contracts\/lib|third[_-]party|\.claude|\.cursor|\.github\/agents|examples?|templates?|fixtures?|\.github\/(?:ISSUE|PULL_REQUEST)_TEMPLATE|skills|prompts)\//i.test(
    file,
  );

/** Nothing says that the repository is put into service: the question may have no object. */
export const notDeployed = (): Answer =>
  cannotTell({
    fr: 'Aucun fichier ne dit que ce dépôt est mis en service.',
    en: 'No file says that this repository is put into service.',
  });

/** How a person can say what no file tells. */
export const byPerson = (fr: string, en: string): Answer =>
  cannotTell({
    fr: `${fr} La réponse peut être donnée dans \`constat.yaml\` (\`answers:\`).`,
    en: `${en} The answer can be given in \`constat.yaml\` (\`answers:\`).`,
  });

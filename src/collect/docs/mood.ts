import type { FactSort } from '#model/fact.ts';
import type { Item, Section } from './page.ts';
import { itemsAround } from './page.ts';
import { phraseOf } from './words.ts';

/** One of some phrases, in a text as {@link phraseOf} gives it. */
const phrases = (text: string) =>
  new RegExp(
    ` (?:${text
      .split(',')
      .map((phrase) => phrase.trim())
      .join('|')}) `,
  );

/** What is named is said not to exist. */
const ABSENT = phrases(`
  n existe pas, n existe plus, n existent pas, n existent plus, inexistant, inexistante, inexistants, introuvable,
  pas encore cree, pas encore creee, pas encore crees, pas encore creees, pas cree, pas creee, pas crees,
  non cree, non creee, non crees, non creees, non deploye, non deployee, a deployer, a creer, a provisionner,
  supprime, supprimee, supprimes, supprimees, does not exist, doesn t exist, do not exist, don t exist, did not exist,
  no longer exists, no longer exist, not exist, not yet created, not created, not yet deployed, isn t created,
  nonexistent, non existent, to be created, to be deployed, to be built, to create, deleted, removed, decommissioned`);
/** It may be missing, or belongs to the past. */
const PAST = phrases(`
  manquant, manquante, manquants, manquantes, absent, absente, absents, absentes, obsolete, obsoletes, deprecie,
  depreciee, plus utilise, plus utilisee, remplace par, remplacee par, ancien, ancienne, anciens, anciennes,
  no longer used, no longer, not found, missing, deprecated, retired, replaced by, used to be, formerly, legacy`);
/** It is to come, or only one of the ways to do it. */
const PROPOSED = phrases(`
  a definir, a ajouter, a prevoir, a supprimer, a remplacer, a renommer,
  doit etre cree, doit etre creee, doivent etre crees, devrait, devraient, pourrait, pourraient,
  sera cree, sera creee, seront crees, prevu, prevue, prevus, prevues, envisage, envisagee, propose, proposee,
  proposition, optionnel, a terme, futur, future, futurs, si besoin,
  must be created, needs to be created, need to be created, should be created,
  will be created, to be defined, to be added, to be removed, to be renamed, planned, proposed, proposal, eventually,
  verifier si, voir si, s il y a, s il existe, s ils existent, check if, check whether, verify if, verify whether, if it exists,
  in the future, future, would be, could be, tbd, todo, to do, a faire`);
const EXAMPLE = phrases(`
  par exemple, exemple, exemples, p ex, ex, for example, for instance, example, examples, e g, eg, such as, sample,
  placeholder, fictif, hypothetical, imaginons, suppose, supposons, something like, quelque chose comme`);
const CREATES = new Set([
  'creer',
  'creez',
  'create',
  'creating',
  'provision',
  'provisionner',
  'definir',
  'define',
  'renommer',
  'rename',
  'supprimer',
  'delete',
  'remove',
  'remplacer',
  'replace',
]);
/** Words that may stand before the verb of an instruction. */
const BEFORE_VERB = new Set([
  'immediat',
  'court',
  'moyen',
  'long',
  'terme',
  'fix',
  'action',
  'option',
  'etape',
  'step',
  'puis',
  'then',
  'first',
  'd',
  'abord',
  'ensuite',
  'si',
  'ou',
  'or',
  'and',
  'et',
  'optional',
  'optionnel',
]);
const SECTIONS = phrases(`
  example, examples, exemple, exemples, sample, samples, todo, a faire, prochaine etape, prochaines etapes, next step,
  next steps, roadmap, feuille de route, proposal, proposed, proposition, propose, proposee, future, futur, planned,
  prevu, prevue, recommendation, recommendations, recommandation, recommandations, suggestion, suggestions, alternative,
  alternatives, backlog, template, modele, architecture cible, etat cible, target architecture, target state, cible,
  deprecated, obsolete, removed, troubleshooting example`);
/** Titles of pages that say what is to be done, not what is there. */
const TITLES =
  / (?:plan d action|action plan|plan de remediation|remediation plan|plan de migration|migration plan|roadmap|feuille de route|proposal|proposition|rfc|todo|backlog|prochaines etapes|next steps) /;
const CHOSEN = / (?:option|options|recommended|recommande|recommandee|choice|choix|preferred) /;
const DONE = /[✅☑✔]/u;
const TARGET_GROUP = / (?:groupe|groupes) cibles? /g;

const proposals = new WeakMap<Section, boolean>();

/** Whether a text says of what it names that it is not there, is to come, or is an example. */
export function isReference(text: string): boolean {
  if (text.includes('❌') || text.includes('(?)') || text.includes('🚧') || text.includes('⏳')) return true;
  const phrase = phraseOf(text);
  if ([ABSENT, PAST, PROPOSED].some((list) => list.test(phrase))) return true;
  // “pictures (e.g. logos) in `shop-files`”: the example is in the parentheses
  return EXAMPLE.test(phrase) && EXAMPLE.test(phraseOf(text.replace(/\(([^()]{0,120})\)/g, withoutAside)));
}

const withoutAside = (whole: string, inside: string): string =>
  /\w[-_/:.]\w/.test(inside.replace(/\b(?:e\.g|i\.e|p\. ?ex)\b/gi, '')) ? whole : ' ';

/** As {@link isReference}, for words that speak of existence only: a table's other columns say much else. */
export const deniesExistence = (text: string): boolean => ABSENT.test(phraseOf(text));

/** Whether a sentence is an instruction to create or remove what it names. */
export function isInstruction(text: string): boolean {
  const words = phraseOf(text).trim().split(' ');
  const first = words.findIndex((word) => !/^\d+$/.test(word) && !BEFORE_VERB.has(word));
  return first >= 0 && CREATES.has(words[first] ?? '');
}

/** Whether a heading above says that what follows is an example, a proposal or a plan. */
export function inProposal(section: Section | undefined): boolean {
  if (!section) return false;
  const known = proposals.get(section);
  if (known !== undefined) return known;
  const phrase = phraseOf(section.title).replace(TARGET_GROUP, ' ');
  const own = (section.depth > 1 ? SECTIONS : TITLES).test(phrase);
  // “Phase 3 ✅” of a roadmap is there; “Option B ✅” of a proposal is only the best of them
  const isDone = DONE.test(section.title) && !CHOSEN.test(phrase);
  const answer = own || (!isDone && inProposal(section.parent));
  proposals.set(section, answer);
  return answer;
}

/** Whether an item, or one around it, is still to do. */
export const inOpenItem = (item: Item | undefined): boolean =>
  itemsAround(item).some((one) => one.box === 'open');

/** What a name in a sentence of this block is: declared, or only mentioned. */
export function sortOf(
  sentence: string,
  place: { section?: Section; item?: Item; intro?: string },
  whole = sentence,
): Extract<FactSort, 'declared' | 'reference'> {
  const reference =
    inProposal(place.section) ||
    inOpenItem(place.item) ||
    isReference(sentence) ||
    isInstruction(whole) ||
    (place.intro !== undefined && (isReference(place.intro) || isInstruction(place.intro)));
  return reference ? 'reference' : 'declared';
}

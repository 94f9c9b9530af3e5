import { cannotTell, type Domain, no, partial, type Question, yes } from '#model/maturity.ts';
import { code, codes, type Text } from '#model/text.ts';
import { at, inDocument } from '../derived/place.ts';
import { few, ofRepository } from './derived/operations-read.ts';
import { topFolders } from './derived/places-of-files.ts';
import {
  copies,
  crossProjectScripts,
  directives,
  documentsPlaced,
  mappingCurrent,
  rootScripts,
} from './questions/places.ts';

const pathsLead: Question = {
  id: 'document-paths-lead',
  text: {
    fr: 'Les chemins et les liens des documents mènent-ils à des fichiers\u00a0?',
    en: 'Do the paths and links of documents lead to files?',
  },
  weight: 1,
  severity: 'low',
  effort: 'small',
  gap: {
    id: 'document-paths-broken',
    title: {
      fr: 'Documents dont des chemins ne mènent nulle part',
      en: 'Documents whose paths lead nowhere',
    },
    remedy: {
      fr: 'Corriger les chemins, ou retirer les passages sur ce qui n’existe plus.',
      en: 'Correct the paths, or remove the passages on what is gone.',
    },
  },
  rules: ['doc-path-missing'],
  answer: (view) => {
    const { documents } = view.estate.artifacts;
    const naming = documents.filter(({ paths }) => paths.length > 0);
    if (naming.length === 0)
      return cannotTell({
        fr: 'Aucun document lu ne nomme de chemin du dépôt.',
        en: 'No document that was read names a path of the repository.',
      });
    const broken = view.findingsOf('doc-path-missing').flatMap(({ evidence }) => evidence);
    const pages = new Set(broken.flatMap((one) => ('file' in one ? [one.file] : [])));
    if (broken.length === 0)
      return yes(
        {
          fr: `Aucun chemin absent dans les ${naming.length} documents qui en nomment.`,
          en: `No path is absent in the ${naming.length} documents that name some.`,
        },
        [],
      );
    const note: Text = {
      fr: `Des chemins de ${codes(pages).fr} ne mènent à rien (${pages.size} document${pages.size > 1 ? 's' : ''} sur ${naming.length}).`,
      en: `Paths in ${codes(pages).en} lead nowhere (${pages.size} of ${naming.length} documents).`,
    };
    return pages.size * 5 <= naming.length ? partial(note, few(broken)) : no(note, few(broken));
  },
};

const MOST_OF_THEM = 0.7;
const SOME_OF_THEM = 0.3;
const STRUCTURE =
  /structure|arborescence|layout|organi[sz]ation|dossiers|folders|director(?:y|ies)|where things live/i;

const repositoryMapped: Question = {
  id: 'repository-mapped',
  text: {
    fr: 'Une page d’entrée dit-elle ce qu’est chaque dossier\u00a0?',
    en: 'Does an entry page say what each folder is?',
  },
  weight: 1,
  severity: 'low',
  effort: 'small',
  gap: {
    id: 'repository-map-missing',
    title: { fr: 'Aucune carte du dépôt', en: 'No map of the repository' },
    remedy: {
      fr: 'Dire en une ligne, dans le README ou `ARCHITECTURE.md`, ce qu’est chaque dossier de premier niveau.',
      en: 'Say in one line each, in the README or `ARCHITECTURE.md`, what every top folder is.',
    },
  },
  answer: ({ estate }) => {
    const tops = topFolders(estate.files);
    if (tops.length < 3)
      return cannotTell({
        fr: 'Le dépôt a moins de trois dossiers de premier niveau\u00a0: il se lit sans carte.',
        en: 'The repository has fewer than three top folders: it reads without a map.',
      });
    const entries = estate.artifacts.documents.filter(({ file }) =>
      /^(?:docs\/)?(?:readme|architecture|structure|claude|agents|contributing|index|overview)(?:[-_.](?:fr|en))?\.\w+$/i.test(
        file,
      ),
    );
    const named = (top: string) =>
      entries.find(({ paths, names = [] }) => {
        const lower = top.toLowerCase();
        return paths.some(({ path }) => path === top || path.startsWith(`${top}/`)) || names.includes(lower);
      });
    const told = tops.filter(named);
    const pages = [...new Set(told.map((top) => named(top)?.file ?? ''))];
    const lacking = tops.filter((top) => !told.includes(top));
    const evidence = few(pages.map((file) => inDocument(file, 1)));
    if (told.length >= tops.length * MOST_OF_THEM)
      return yes(
        {
          fr: `${codes(pages).fr} nomme ${told.length} des ${tops.length} dossiers de premier niveau.`,
          en: `${codes(pages).en} names ${told.length} of the ${tops.length} top folders.`,
        },
        evidence,
      );
    // a tree drawn in a block of code names folders that no path of the page shows
    for (const { file, headings } of entries) {
      const section = headings.find(({ text }) => STRUCTURE.test(text));
      if (section)
        return yes(
          {
            fr: `${code(file)} a une section sur la structure\u00a0; que chaque dossier y soit n’est pas établi.`,
            en: `${code(file)} has a section on structure; that every folder is in it is not established.`,
          },
          [inDocument(file, section.line)],
        );
    }
    const note: Text = {
      fr: `Aucune page d’entrée (README, ARCHITECTURE) ne nomme ${codes(lacking).fr}.`,
      en: `No entry page (README, ARCHITECTURE) names ${codes(lacking).en}.`,
    };
    return told.length > tops.length * SOME_OF_THEM
      ? partial(note, evidence)
      : no(note, evidence.length > 0 ? evidence : few(entries.map(({ file }) => at(file, 1))));
  },
};

export const organisation: Domain = {
  id: 'organisation',
  title: {
    fr: 'Organisation des directives, scripts et documents',
    en: 'Organisation of directives, scripts and documents',
  },
  target: {
    fr: 'Un sujet a un seul endroit\u00a0: les scripts d’un projet dans le projet, les documents dans le dossier des documents, et des correspondances qui disent ce qui est.',
    en: 'A subject has one place: the scripts of a project in the project, documents in the folder of documents, and mappings that say what is.',
  },
  questions: [
    directives,
    crossProjectScripts,
    documentsPlaced,
    rootScripts,
    mappingCurrent,
    copies,
    pathsLead,
    repositoryMapped,
  ].map(ofRepository),
};

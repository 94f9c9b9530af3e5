import { cannotTell, no, partial, type Question, yes } from '#model/maturity.ts';
import { code, codes, type Text } from '#model/text.ts';
import { at, inDocument } from '../../derived/place.ts';
import { crossUses, scriptUses, splitSubjects } from '../derived/cross-references.ts';
import { few } from '../derived/operations-read.ts';
import { documentsHome, leftOutOf, misplacedDocuments, scriptsAtRoot } from '../derived/places-of-files.ts';
import { layoutOf } from '../derived/projects.ts';

const MOST_RELATIONS = 4;

/** Relations as one sentence: those past the fourth are counted. */
function listed(parts: readonly Text[]): Text {
  const shown = parts.slice(0, MOST_RELATIONS);
  const left = parts.length - shown.length;
  return {
    fr: `${shown.map(({ fr }) => fr).join('\u00a0; ')}${left > 0 ? `\u00a0; et ${left} autre${left > 1 ? 's' : ''}` : ''}.`,
    en: `${shown.map(({ en }) => en).join('; ')}${left > 0 ? `; and ${left} more` : ''}.`,
  };
}

const folder = (name: string): Text =>
  name === '' ? { fr: 'la racine', en: 'the root' } : { fr: code(name), en: code(name) };

const ONE_PROJECT: Text = {
  fr: 'Le dépôt ne contient qu’un projet, ou n’en sépare pas les dossiers.',
  en: 'The repository holds one project, or does not keep their folders apart.',
};

/** Whether the guides of one subject stand in one place. */
export const directives: Question = {
  id: 'directives-in-one-place',
  text: {
    fr: 'Les directives d’un sujet sont-elles à un seul endroit\u00a0?',
    en: 'Are the directives of a subject in one place?',
  },
  weight: 2,
  severity: 'high',
  effort: 'medium',
  gap: {
    id: 'directives-split',
    title: { fr: 'Directives d’un sujet à deux endroits', en: 'Directives of one subject in two places' },
    remedy: {
      fr: 'Garder une seule page par sujet, et mettre à l’autre endroit un lien vers elle.',
      en: 'Keep one page per subject, and put a link to it in the other place.',
    },
  },
  answer: ({ estate }) => {
    const guides = estate.artifacts.documents.filter(({ report, topics }) => !report && topics.length > 0);
    if (guides.length < 2)
      return cannotTell({
        fr: 'Moins de deux documents traitent d’exploitation\u00a0: il n’y a rien à comparer.',
        en: 'Fewer than two documents treat operations: there is nothing to compare.',
      });
    const split = splitSubjects(estate);
    if (split.length === 0)
      return yes(
        {
          fr: `Aucun des ${guides.length} documents d’exploitation n’a de double ni ne traite, sans lien, du script d’une page d’un autre projet.`,
          en: `None of the ${guides.length} operations documents has a double, or treats without a link a script that a page of another project treats.`,
        },
        [],
      );
    const note = listed(
      split.map(({ folders: [one, two], subject }) => ({
        fr: `${code(subject)} est traité dans ${folder(one).fr} et dans ${folder(two).fr}, sans lien de l’un à l’autre`,
        en: `${code(subject)} is treated in ${folder(one).en} and in ${folder(two).en}, with no link between them`,
      })),
    );
    const evidence = few(split.flatMap(({ places }) => places));
    return no(note, evidence);
  },
};

/** Whether a project runs its own scripts only, or those that are shared. */
export const crossProjectScripts: Question = {
  id: 'scripts-within-project',
  text: {
    fr: 'Un projet n’utilise-t-il que ses scripts et ceux qui sont partagés\u00a0?',
    en: 'Does a project use only its own scripts and shared ones?',
  },
  weight: 2,
  severity: 'high',
  effort: 'medium',
  gap: {
    id: 'scripts-of-another-project',
    title: {
      fr: 'Scripts pris dans le dossier d’un autre projet',
      en: 'Scripts taken from another project’s folder',
    },
    remedy: {
      fr: 'Mettre les scripts communs dans un dossier partagé (`scripts/`, `tools/`), ou dans le projet qui s’en sert, et le dire dans les deux.',
      en: 'Put common scripts in a shared folder (`scripts/`, `tools/`), or in the project that uses them, and say so in both.',
    },
  },
  answer: ({ estate }) => {
    const { projects } = layoutOf(estate);
    if (projects.length < 2) return cannotTell(ONE_PROJECT);
    const uses = crossUses(estate);
    if (uses.length === 0) {
      const count = scriptUses(estate).length;
      return count === 0
        ? cannotTell({
            fr: 'Aucun fichier lu ne nomme de script.',
            en: 'No file that was read names a script.',
          })
        : yes(
            {
              fr: `Aucun des ${count} renvois vers un script ne va d’un projet au dossier d’un autre (${projects.length} projets).`,
              en: `None of the ${count} references to a script goes from a project to another’s folder (${projects.length} projects).`,
            },
            [],
          );
    }
    const note = listed(
      uses.map(({ project, other, references }) => {
        const scripts = codes(new Set(references.map(({ script }) => script)), 2);
        const from = codes(new Set(references.map((one) => one.from)), 2);
        return {
          fr: `${code(project)} utilise ${scripts.fr}, de ${code(other)} (${from.fr})`,
          en: `${code(project)} uses ${scripts.en}, of ${code(other)} (${from.en})`,
        };
      }),
    );
    return no(note, few(uses.flatMap(({ references }) => references.map(({ place }) => place))));
  },
};

/** Whether reports and runbooks stand where documents are kept. */
export const documentsPlaced: Question = {
  id: 'documents-in-their-place',
  text: {
    fr: 'Les rapports et les procédures sont-ils dans le dossier des documents\u00a0?',
    en: 'Are reports and procedures in the folder of documents?',
  },
  weight: 1,
  severity: 'medium',
  effort: 'small',
  gap: {
    id: 'documents-misplaced',
    title: {
      fr: 'Rapports et procédures hors du dossier des documents',
      en: 'Reports and procedures outside the folder of documents',
    },
    remedy: {
      fr: 'Déplacer ces pages dans le dossier des documents et corriger les liens qui y mènent.',
      en: 'Move these pages into the folder of documents and correct the links to them.',
    },
  },
  answer: ({ estate }) => {
    const home = documentsHome(estate);
    if (home === undefined)
      return cannotTell({
        fr: 'Le dépôt n’a pas de dossier de documents à sa racine.',
        en: 'The repository has no folder of documents at its root.',
      });
    const misplaced = misplacedDocuments(estate, home);
    if (misplaced.size === 0)
      return yes(
        {
          fr: `Aucun rapport ni procédure reconnu n’est à côté du code, hors d’un dossier de documents comme ${code(home)}.`,
          en: `No report or procedure that is recognised stands beside the code, outside a folder of documents such as ${code(home)}.`,
        },
        [],
      );
    const note = listed(
      [...misplaced].map(([where, pages]) => ({
        fr: `${folder(where).fr}\u00a0: ${
          codes(
            pages.map((page) => page.slice(page.lastIndexOf('/') + 1)),
            3,
          ).fr
        }`,
        en: `${folder(where).en}: ${
          codes(
            pages.map((page) => page.slice(page.lastIndexOf('/') + 1)),
            3,
          ).en
        }`,
      })),
    );
    const all = [...misplaced.values()].flat();
    const full: Text = {
      fr: `Hors de ${code(home)}, ${note.fr}`,
      en: `Outside ${code(home)}, ${note.en}`,
    };
    const evidence = few(all.map((file) => inDocument(file, 1)));
    return all.length === 1 ? partial(full, evidence) : no(full, evidence);
  },
};

/** Whether operation scripts have a folder. */
export const rootScripts: Question = {
  id: 'scripts-in-their-folder',
  text: {
    fr: 'Les scripts d’exploitation ont-ils leur dossier\u00a0?',
    en: 'Do operation scripts have a folder of their own?',
  },
  weight: 1,
  severity: 'medium',
  effort: 'small',
  gap: {
    id: 'scripts-at-root',
    title: { fr: 'Scripts à la racine du projet', en: 'Scripts at the root of the project' },
    remedy: {
      fr: 'Mettre les scripts d’exploitation dans un dossier `scripts/` du projet et corriger ce qui les appelle.',
      en: 'Put operation scripts in a `scripts/` folder of the project and correct what calls them.',
    },
  },
  answer: ({ estate }) => {
    const roots = scriptsAtRoot(estate);
    const uses = scriptUses(estate);
    if (roots.length === 0)
      return uses.length === 0
        ? cannotTell({
            fr: 'Aucun script d’exploitation n’est nommé par un autre fichier.',
            en: 'No operation script is named by another file.',
          })
        : yes(
            {
              fr: 'Aucun projet ne mêle des scripts d’exploitation à sa racine.',
              en: 'No project mixes operation scripts into its root.',
            },
            few(uses.map(({ script }) => at(script, 1))).slice(0, 3),
          );
    const note = listed(
      roots.map(({ folder: where, scripts, scriptsFolder }) => {
        const names = codes(
          scripts.map((one) => one.slice(one.lastIndexOf('/') + 1)),
          4,
        );
        return {
          fr: `${folder(where).fr}\u00a0: ${names.fr}${scriptsFolder ? `, alors que ${code(scriptsFolder)} existe` : ', sans dossier de scripts'}`,
          en: `${folder(where).en}: ${names.en}${scriptsFolder ? `, although ${code(scriptsFolder)} is there` : ', with no folder of scripts'}`,
        };
      }),
    );
    const all = roots.flatMap(({ scripts }) => scripts);
    return all.length < 3
      ? partial(note, few(all.map((file) => at(file, 1))))
      : no(note, few(all.map((file) => at(file, 1))));
  },
};

/** Whether tables that say which directive goes with which script say what is there. */
export const mappingCurrent: Question = {
  id: 'mapping-current',
  text: {
    fr: 'Les tables de correspondance (directives, scripts, documents) disent-elles ce qui est\u00a0?',
    en: 'Do mapping files (directives, scripts, documents) say what is there?',
  },
  weight: 1,
  severity: 'medium',
  effort: 'small',
  gap: {
    id: 'mapping-stale',
    title: { fr: 'Table de correspondance non tenue à jour', en: 'Mapping file not kept up to date' },
    remedy: {
      fr: 'Corriger la table, ou la faire à partir des fichiers et la vérifier dans la CI.',
      en: 'Correct the table, or make it from the files and check it in CI.',
    },
  },
  answer: ({ estate }) => {
    const { mappings } = estate.artifacts;
    if (mappings.length === 0)
      return cannotTell({
        fr: 'Aucune table de correspondance n’a été reconnue.',
        en: 'No mapping file was recognised.',
      });
    const stale = mappings.flatMap(({ file, entries }) => {
      const gone = entries.filter(({ exists }) => !exists);
      const leftOut = leftOutOf(
        estate,
        entries.filter(({ exists }) => exists).map(({ path }) => path),
      );
      return gone.length + leftOut.length > 0 ? [{ file, gone, leftOut }] : [];
    });
    const names = codes(mappings.map(({ file }) => file));
    if (stale.length === 0)
      return yes(
        {
          fr: `Tout ce que nomme ${names.fr} existe.`,
          en: `Everything that ${names.en} names is there.`,
        },
        few(mappings.map(({ file, entries }) => at(file, entries[0]?.line ?? 1))),
      );
    const note = listed(
      stale.map(({ file, gone, leftOut }) => {
        const absent = codes(
          gone.map(({ path }) => path),
          3,
        );
        const missing = codes(leftOut, 3);
        const parts = (lang: 'fr' | 'en') =>
          [
            gone.length > 0 &&
              (lang === 'fr' ? `nomme ${absent.fr}, qui n’existe pas` : `names ${absent.en}, not there`),
            leftOut.length > 0 && (lang === 'fr' ? `ne nomme pas ${missing.fr}` : `leaves out ${missing.en}`),
          ]
            .filter(Boolean)
            .join(lang === 'fr' ? ' et ' : ' and ');
        return { fr: `${code(file)} ${parts('fr')}`, en: `${code(file)} ${parts('en')}` };
      }),
    );
    const evidence = few(
      stale.flatMap(({ file, gone }) =>
        gone.length > 0 ? gone.slice(0, 3).map(({ line }) => at(file, line)) : [at(file, 1)],
      ),
    );
    return stale.some(({ gone }) => gone.length > 0) ? no(note, evidence) : partial(note, evidence);
  },
};

/** Whether a script stands once. */
export const copies: Question = {
  id: 'scripts-once',
  text: { fr: 'Chaque script n’existe-t-il qu’une fois\u00a0?', en: 'Does each script stand only once?' },
  weight: 1,
  severity: 'low',
  effort: 'small',
  gap: {
    id: 'script-duplicated',
    title: { fr: 'Même script à deux endroits', en: 'The same script in two places' },
    remedy: {
      fr: 'Garder un seul exemplaire, dans un dossier partagé, et l’appeler de là.',
      en: 'Keep one copy, in a shared folder, and call it from there.',
    },
  },
  answer: ({ estate }) => {
    const used = scriptUses(estate);
    if (used.length === 0)
      return cannotTell({
        fr: 'Aucun script d’exploitation n’est nommé par un autre fichier.',
        en: 'No operation script is named by another file.',
      });
    const doubled = estate.artifacts.scriptCopies;
    if (doubled.length === 0)
      return yes(
        { fr: 'Aucun script n’a de copie de même texte.', en: 'No script has a copy of the same text.' },
        [],
      );
    const note = listed(
      doubled.map(({ files }) => ({
        fr: `${codes(files, 3).fr} ont le même texte`,
        en: `${codes(files, 3).en} have the same text`,
      })),
    );
    return doubled.length === 1
      ? partial(note, few(doubled.flatMap(({ files }) => files.map((file) => at(file, 1)))))
      : no(note, few(doubled.flatMap(({ files }) => files.map((file) => at(file, 1)))));
  },
};

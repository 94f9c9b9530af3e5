import { cannotTell, no, partial, type Question, yes } from '#model/maturity.ts';
import { codes, type Text } from '#model/text.ts';
import { installsInCi, pipedToShell } from '../derived/ci-installs.ts';
import { lockedManifests } from '../derived/lock-files.ts';
import { few, filesOf } from '../derived/operations-read.ts';

/** Where no workflow was read. */
export const NO_WORKFLOW: Text = {
  fr: 'Aucun workflow GitHub Actions n’a été lu\u00a0; les étapes d’une autre CI ne le sont pas en détail.',
  en: 'No GitHub Actions workflow was read; the steps of another CI are not read in detail.',
};

/** Whether what CI installs is what the lock file says. */
export const frozen: Question = {
  id: 'installs-frozen',
  text: {
    fr: 'La CI installe-t-elle exactement ce que dit le verrouillage\u00a0?',
    en: 'Does CI install exactly what the lock file says?',
  },
  weight: 1,
  severity: 'low',
  effort: 'small',
  gap: {
    id: 'install-not-frozen',
    title: {
      fr: 'Installation qui peut s’écarter du verrouillage',
      en: 'Installation that may depart from the lock file',
    },
    remedy: {
      fr: 'Remplacer par `npm ci`, `yarn install --immutable`, `bun install --frozen-lockfile` ou `uv sync --locked`.',
      en: 'Replace it with `npm ci`, `yarn install --immutable`, `bun install --frozen-lockfile` or `uv sync --locked`.',
    },
  },
  answer: ({ estate }) => {
    if (estate.artifacts.workflows.length === 0) return cannotTell(NO_WORKFLOW);
    const installs = installsInCi(estate);
    if (installs.length === 0)
      return cannotTell({
        fr: 'Aucune étape lue n’installe un manifeste entier par un outil qui connaît un verrouillage.',
        en: 'No step that was read installs a whole manifest with a tool that knows a lock file.',
      });
    const manifests = lockedManifests(estate);
    if (manifests.length > 0 && manifests.every(({ by }) => by === undefined))
      return cannotTell({
        fr: 'Le dépôt n’a aucun fichier de verrouillage qu’une installation pourrait suivre.',
        en: 'The repository has no lock file that an installation could follow.',
      });
    const loose = installs.filter(({ isFrozen }) => !isFrozen);
    if (loose.length === 0)
      return yes(
        {
          fr: `Installations qui suivent le verrouillage\u00a0: ${installs.length} sur ${installs.length} (${codes(new Set(installs.map(({ command }) => command)), 3).fr}).`,
          en: `Installations that follow the lock file: ${installs.length} of ${installs.length} (${codes(new Set(installs.map(({ command }) => command)), 3).en}).`,
        },
        few(installs.map(({ place }) => place)),
      );
    const names = codes(new Set(loose.map(({ command }) => command)), 3);
    const note: Text = {
      fr: `${names.fr} peut prendre d’autres versions que celles du verrouillage (${loose.length} sur ${installs.length}).`,
      en: `${names.en} may take other versions than those of the lock file (${loose.length} of ${installs.length}).`,
    };
    const evidence = few(loose.map(({ place }) => place));
    return loose.length < installs.length ? partial(note, evidence) : no(note, evidence);
  },
};

/** Whether CI runs what it has just downloaded. */
export const downloads: Question = {
  id: 'downloads-not-executed',
  text: {
    fr: 'La CI s’abstient-elle d’exécuter des scripts téléchargés\u00a0?',
    en: 'Does CI refrain from running downloaded scripts?',
  },
  weight: 1,
  severity: 'medium',
  effort: 'small',
  gap: {
    id: 'download-piped-to-shell',
    title: { fr: 'Script téléchargé et exécuté sans contrôle', en: 'Script downloaded and run unchecked' },
    remedy: {
      fr: 'Installer l’outil par un paquet ou une action fixée, ou vérifier l’empreinte du script avant de l’exécuter.',
      en: 'Install the tool from a package or a pinned action, or check the digest of the script before running it.',
    },
  },
  answer: ({ estate }) => {
    if (estate.artifacts.workflows.length === 0) return cannotTell(NO_WORKFLOW);
    const piped = pipedToShell(estate);
    return piped.length === 0
      ? yes(
          {
            fr: 'Aucune étape des workflows lus ne passe un téléchargement à un shell.',
            en: 'No step of the workflows that were read passes a download to a shell.',
          },
          [],
        )
      : no(
          {
            fr: `Un téléchargement est passé à un shell dans ${filesOf(piped).fr}.`,
            en: `A download is passed to a shell in ${filesOf(piped).en}.`,
          },
          few(piped),
        );
  },
};

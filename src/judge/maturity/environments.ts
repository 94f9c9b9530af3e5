import type { Domain } from '#model/maturity.ts';
import * as answers from './environments/answers.ts';
import * as apart from './environments/apart.ts';

export const environments: Domain = {
  id: 'environments',
  title: { fr: 'Environnements', en: 'Environments' },
  target: {
    fr: 'Un environnement d’essai complet à côté de la production, chacun avec ses données, ses secrets et ses variables\u00a0; une branche mène à chacun, et la production demande une approbation.',
    en: 'A complete environment for trials beside production, each with its own data, secrets and variables; a branch leads to each, and production asks for an approval.',
  },
  questions: [
    {
      id: 'environments-declared',
      text: {
        fr: 'Un environnement existe-t-il à côté de la production\u00a0?',
        en: 'Is there an environment beside production?',
      },
      weight: 2,
      severity: 'medium',
      effort: 'medium',
      gap: {
        id: 'staging-missing',
        title: { fr: 'Aucun environnement d’essai', en: 'No environment for trials' },
        remedy: {
          fr: 'Déclarer un environnement d’essai avec les mêmes composants que la production.',
          en: 'Declare an environment for trials with the same components as production.',
        },
      },
      answer: ({ estate }) => answers.areDeclared(estate),
    },
    {
      id: 'environments-complete',
      text: { fr: 'Chaque environnement est-il complet\u00a0?', en: 'Is each environment complete?' },
      weight: 3,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'environment-incomplete',
        title: { fr: 'Environnement incomplet', en: 'Incomplete environment' },
        remedy: {
          fr: 'Déclarer dans l’environnement ce que les autres ont et dont il n’hérite pas, ou écrire qu’il n’existe pas.',
          en: 'Declare in the environment what the others have and what it does not inherit, or write that it does not exist.',
        },
      },
      rules: ['environment-incomplete', 'worker-environment-incomplete'],
      answer: (view) => answers.areComplete(view),
    },
    {
      id: 'environments-separate-data',
      text: {
        fr: 'Chaque environnement a-t-il ses propres données\u00a0?',
        en: 'Does each environment have its own data?',
      },
      weight: 3,
      severity: 'high',
      effort: 'medium',
      gap: {
        id: 'environments-share-data',
        title: { fr: 'Environnements qui partagent des données', en: 'Environments that share data' },
        remedy: {
          fr: 'Créer une base (ou un compartiment) par environnement et la lier à lui seul.',
          en: 'Create a database (or a bucket) per environment and bind it to that one alone.',
        },
      },
      answer: ({ estate }) => apart.haveOwnData(estate),
    },
    {
      id: 'environments-separate-secrets',
      text: {
        fr: 'Les secrets diffèrent-ils d’un environnement à l’autre\u00a0?',
        en: 'Do secrets differ from one environment to the next?',
      },
      weight: 2,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'environments-share-secrets',
        title: {
          fr: 'Mêmes secrets pour plusieurs environnements',
          en: 'Same secrets for several environments',
        },
        remedy: {
          fr: 'Créer un environnement GitHub pour chacun (ou des noms distincts) et y poser d’autres valeurs.',
          en: 'Create a GitHub environment for each (or distinct names) and set other values there.',
        },
      },
      answer: ({ estate }) => apart.haveOwnSecrets(estate),
    },
    {
      id: 'environments-separate-variables',
      text: {
        fr: 'Les variables sont-elles séparées par environnement\u00a0?',
        en: 'Are variables kept apart by environment?',
      },
      weight: 1,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'environments-share-variables',
        title: {
          fr: 'Variables communes à tous les environnements',
          en: 'Variables common to all environments',
        },
        remedy: {
          fr: 'Donner à chaque environnement son fichier ou sa section de variables.',
          en: 'Give each environment its file or section of variables.',
        },
      },
      answer: ({ estate }) => apart.haveOwnVariables(estate),
    },
    {
      id: 'branches-lead-to-environments',
      text: {
        fr: 'Sait-on quelle branche mène à quel environnement\u00a0?',
        en: 'Is it known which branch leads to which environment?',
      },
      weight: 1,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'branch-mapping-missing',
        title: {
          fr: 'Branches qui ne mènent à aucun environnement',
          en: 'Branches that lead to no environment',
        },
        remedy: {
          fr: 'Faire partir chaque déploiement d’une branche ou d’une étiquette, et l’écrire.',
          en: 'Let each deployment start from a branch or a tag, and write it down.',
        },
      },
      answer: ({ estate }) => answers.followBranches(estate),
    },
    {
      id: 'production-protected',
      text: {
        fr: 'La production demande-t-elle une approbation\u00a0?',
        en: 'Does production ask for an approval?',
      },
      weight: 2,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'production-deploy-unprotected',
        title: { fr: 'Production déployée sans protection', en: 'Production deployed without protection' },
        remedy: {
          fr: 'Créer un environnement GitHub pour la production avec ses règles, et le nommer dans le job.',
          en: 'Create a GitHub environment for production with its rules, and name it in the job.',
        },
      },
      rules: ['production-deploy-unprotected'],
      answer: (view) => answers.isProtected(view),
    },
    {
      id: 'local-development-reproducible',
      text: {
        fr: 'Peut-on refaire l’environnement local à partir du dépôt\u00a0?',
        en: 'Can the local environment be rebuilt from the repository?',
      },
      weight: 1,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'local-development-unwritten',
        title: { fr: 'Environnement local non décrit', en: 'Local environment not described' },
        remedy: {
          fr: 'Ajouter un exemple de fichier d’environnement (`.env.example`, `.dev.vars.example`) et la commande qui lance tout en local.',
          en: 'Add an example of the environment file (`.env.example`, `.dev.vars.example`) and the command that starts everything locally.',
        },
      },
      answer: ({ estate }) => answers.isReproducible(estate),
    },
  ],
};

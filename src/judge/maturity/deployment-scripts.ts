import type { Domain } from '#model/maturity.ts';
import * as behaviour from './deployment-scripts/behaviour.ts';
import * as entry from './deployment-scripts/entry.ts';

export const deploymentScripts: Domain = {
  id: 'deployment-scripts',
  title: { fr: 'Scripts de déploiement', en: 'Deployment scripts' },
  target: {
    fr: 'Un seul point d’entrée par système, rangé avec les autres scripts, que la CI lance sans personne\u00a0: il vérifie les secrets, applique les migrations, s’arrête à la première erreur et appelle ce qu’il a déployé.',
    en: 'One entry point per system, kept with the other scripts, which CI runs without a person: it checks the secrets, applies the migrations, stops at the first error and calls what it has deployed.',
  },
  questions: [
    {
      id: 'deployment-written',
      text: { fr: 'Le déploiement est-il écrit\u00a0?', en: 'Is the deployment written?' },
      weight: 3,
      severity: 'high',
      effort: 'medium',
      gap: {
        id: 'deployment-unwritten',
        title: { fr: 'Déploiement qu’aucun script ne fait', en: 'Deployment that no script does' },
        remedy: {
          fr: 'Écrire le déploiement comme un script ou un workflow du dépôt.',
          en: 'Write the deployment as a script or a workflow of the repository.',
        },
      },
      answer: ({ estate }) => entry.isWritten(estate),
    },
    {
      id: 'deployment-has-one-entry',
      text: { fr: 'Y a-t-il un seul point d’entrée\u00a0?', en: 'Is there a single entry point?' },
      weight: 1,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'deployment-entry-doubled',
        title: {
          fr: 'Plusieurs scripts déploient la même chose',
          en: 'Several scripts deploy the same thing',
        },
        remedy: {
          fr: 'Garder un point d’entrée par système\u00a0; que les autres scripts l’appellent, ou les retirer.',
          en: 'Keep one entry point per system; let the other scripts call it, or remove them.',
        },
      },
      answer: ({ estate }) => entry.hasOneEntry(estate),
    },
    {
      id: 'deployment-scripts-together',
      text: {
        fr: 'Les scripts de déploiement sont-ils rangés ensemble\u00a0?',
        en: 'Do the deployment scripts stand together?',
      },
      weight: 2,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'scripts-scattered',
        title: { fr: 'Scripts de déploiement éparpillés', en: 'Deployment scripts scattered' },
        remedy: {
          fr: 'Les déplacer dans un dossier `scripts/` du projet et corriger ce qui les nomme.',
          en: 'Move them to a `scripts/` folder of the project and correct what names them.',
        },
      },
      answer: ({ estate }) => entry.standTogether(estate),
    },
    {
      id: 'deployment-covers-environments',
      text: {
        fr: 'Chaque environnement déclaré peut-il être déployé\u00a0?',
        en: 'Can each declared environment be deployed?',
      },
      weight: 2,
      severity: 'medium',
      effort: 'medium',
      gap: {
        id: 'environment-not-deployed',
        title: {
          fr: 'Environnement déclaré que rien ne déploie',
          en: 'Declared environment that nothing deploys',
        },
        remedy: {
          fr: 'Donner l’environnement au script de déploiement (`--env`), ou retirer celui qui ne sert pas.',
          en: 'Give the environment to the deployment script (`--env`), or remove the one that is of no use.',
        },
      },
      answer: ({ estate }) => entry.coversEnvironments(estate),
    },
    {
      id: 'deployment-applies-migrations',
      text: {
        fr: 'Le déploiement applique-t-il les migrations de la base\u00a0?',
        en: 'Does the deployment apply the migrations of the database?',
      },
      weight: 2,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'migrations-not-applied',
        title: {
          fr: 'Migrations que le déploiement n’applique pas',
          en: 'Migrations that the deployment does not apply',
        },
        remedy: {
          fr: 'Appliquer les migrations dans le déploiement, avant de mettre la version en service.',
          en: 'Apply the migrations in the deployment, before the version is put into service.',
        },
      },
      answer: ({ estate }) => entry.appliesMigrations(estate),
    },
    {
      id: 'deployment-verified',
      text: {
        fr: 'Le déploiement finit-il par une vérification de ce qui tourne\u00a0?',
        en: 'Does the deployment end with a check of what runs?',
      },
      weight: 3,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'smoke-test-missing',
        title: { fr: 'Aucune vérification après le déploiement', en: 'No check after the deployment' },
        remedy: {
          fr: 'Appeler une route de santé de ce qui vient d’être déployé, et échouer si elle ne répond pas.',
          en: 'Call a health route of what was just deployed, and fail if it does not answer.',
        },
      },
      rules: ['deploy-without-smoke-test'],
      answer: ({ estate }) => behaviour.isVerified(estate),
    },
    {
      id: 'deployment-checks-secrets',
      text: {
        fr: 'Les secrets nécessaires sont-ils vérifiés avant\u00a0?',
        en: 'Are the required secrets checked before?',
      },
      weight: 1,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'secrets-unchecked',
        title: {
          fr: 'Secrets que rien ne vérifie avant de déployer',
          en: 'Secrets that nothing checks before deploying',
        },
        remedy: {
          fr: 'Comparer la liste des secrets nécessaires à ceux qui sont posés (`wrangler secret list`, `${NOM:?}`) et s’arrêter s’il en manque.',
          en: 'Compare the list of required secrets with those that are set (`wrangler secret list`, `${NAME:?}`) and stop where one is missing.',
        },
      },
      answer: ({ estate }) => behaviour.checksSecrets(estate),
    },
    {
      id: 'deployment-unattended',
      text: {
        fr: 'Le déploiement se passe-t-il de personne\u00a0?',
        en: 'Does the deployment run without a person?',
      },
      weight: 2,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'deployment-interactive',
        title: { fr: 'Déploiement qui attend une réponse', en: 'Deployment that waits for an answer' },
        remedy: {
          fr: 'Prendre les choix en arguments, et ne poser de question que dans un terminal (`[ -t 0 ]`, `--yes`).',
          en: 'Take the choices as arguments, and ask only in a terminal (`[ -t 0 ]`, `--yes`).',
        },
      },
      answer: ({ estate }) => behaviour.isUnattended(estate),
    },
    {
      id: 'deployment-stops-at-errors',
      text: {
        fr: 'Le script s’arrête-t-il à la première erreur\u00a0?',
        en: 'Does the script stop at the first error?',
      },
      weight: 2,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'deployment-goes-on-after-errors',
        title: {
          fr: 'Déploiement qui continue après une erreur',
          en: 'Deployment that goes on after an error',
        },
        remedy: {
          fr: 'Commencer chaque script par `set -euo pipefail`.',
          en: 'Begin each script with `set -euo pipefail`.',
        },
      },
      answer: ({ estate }) => behaviour.stopsAtErrors(estate),
    },
    {
      id: 'deployment-rehearsable',
      text: {
        fr: 'Un essai à blanc du déploiement est-il possible\u00a0?',
        en: 'Can the deployment be tried without effect?',
      },
      weight: 1,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'dry-run-missing',
        title: { fr: 'Aucun essai à blanc', en: 'No dry run' },
        remedy: {
          fr: 'Offrir `--dry-run`, qui montre les commandes ou le plan sans rien changer.',
          en: 'Offer `--dry-run`, which shows the commands or the plan and changes nothing.',
        },
      },
      answer: ({ estate }) => behaviour.canBeRehearsed(estate),
    },
  ],
};

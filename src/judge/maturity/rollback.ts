import type { Domain } from '#model/maturity.ts';
import * as answers from './rollback/answers.ts';

export const rollback: Domain = {
  id: 'rollback',
  title: { fr: 'Retour arrière', en: 'Rollback' },
  target: {
    fr: 'Une commande écrite et essayée remet la version précédente en moins de cinq minutes, code et base de données compris.',
    en: 'A command that is written down and was tried brings the previous version back in under five minutes, code and database alike.',
  },
  questions: [
    {
      id: 'rollback-procedure-written',
      text: { fr: 'Une procédure est-elle écrite\u00a0?', en: 'Is a procedure written down?' },
      weight: 3,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'rollback-undocumented',
        title: { fr: 'Retour arrière non documenté', en: 'Rollback not documented' },
        remedy: {
          fr: 'Écrire, par système, la commande qui remet la version précédente et comment vérifier qu’elle tourne.',
          en: 'Write, per system, the command that brings the previous version back and how to check that it runs.',
        },
      },
      rules: ['rollback-undocumented'],
      answer: ({ estate }) => answers.isWritten(estate),
    },
    {
      id: 'rollback-one-command',
      text: {
        fr: 'Un script ou un workflow le fait-il\u00a0?',
        en: 'Does a script or a workflow do it?',
      },
      weight: 2,
      severity: 'low',
      effort: 'medium',
      gap: {
        id: 'rollback-command-missing',
        title: { fr: 'Retour arrière à la main seulement', en: 'Rollback by hand only' },
        remedy: {
          fr: 'Faire de la procédure un script ou un workflow qui prend l’environnement et la version.',
          en: 'Make the procedure a script or a workflow that takes the environment and the version.',
        },
      },
      answer: ({ estate }) => answers.isOneCommand(estate),
    },
    {
      id: 'previous-versions-kept',
      text: { fr: 'Les versions précédentes sont-elles gardées\u00a0?', en: 'Are previous versions kept?' },
      weight: 2,
      severity: 'high',
      effort: 'small',
      gap: {
        id: 'previous-versions-lost',
        title: { fr: 'Versions précédentes écrasées', en: 'Previous versions overwritten' },
        remedy: {
          fr: 'Publier chaque version sous une étiquette propre à son commit, et en garder plusieurs.',
          en: 'Publish each version under a tag of its commit, and keep several.',
        },
      },
      rules: ['image-tag-mutable'],
      answer: (view) => answers.keepsVersions(view),
    },
    {
      id: 'migrations-reversible',
      text: {
        fr: 'Les migrations de la base ont-elles un chemin de retour\u00a0?',
        en: 'Do the migrations of the database lead back?',
      },
      weight: 2,
      severity: 'medium',
      effort: 'medium',
      gap: {
        id: 'migrations-irreversible',
        title: { fr: 'Migrations sans retour', en: 'Migrations without a way back' },
        remedy: {
          fr: 'Écrire pour chaque migration celle qui la défait, ou n’ajouter que ce que l’ancienne version supporte et l’écrire.',
          en: 'Write for each migration the one that undoes it, or only add what the old version bears and say so.',
        },
      },
      answer: ({ estate }) => answers.leadBack(estate),
    },
    {
      id: 'rollback-tells-of-data',
      text: {
        fr: 'La procédure dit-elle quoi faire des données\u00a0?',
        en: 'Does the procedure say what to do with data?',
      },
      weight: 1,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'rollback-without-data',
        title: { fr: 'Procédure qui ne dit rien des données', en: 'Procedure that says nothing of data' },
        remedy: {
          fr: 'Dire dans la procédure si la base suit le retour, et comment.',
          en: 'Say in the procedure whether the database goes back too, and how.',
        },
      },
      answer: ({ estate }) => answers.tellsOfData(estate),
    },
    {
      id: 'rollback-under-five-minutes',
      text: {
        fr: 'Le retour prend-il moins de cinq minutes\u00a0?',
        en: 'Does going back take less than five minutes?',
      },
      weight: 1,
      severity: 'low',
      effort: 'medium',
      gap: {
        id: 'rollback-slow',
        title: { fr: 'Retour arrière de plus de cinq minutes', en: 'Rollback of more than five minutes' },
        remedy: {
          fr: 'Remettre une version déjà construite au lieu de la reconstruire.',
          en: 'Bring back a version that is already built instead of building it again.',
        },
      },
      answer: () => answers.isFast(),
    },
    {
      id: 'rollback-tried',
      text: { fr: 'Le retour a-t-il été essayé\u00a0?', en: 'Was going back tried?' },
      weight: 2,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'rollback-untried',
        title: { fr: 'Retour arrière jamais essayé', en: 'Rollback never tried' },
        remedy: {
          fr: 'L’essayer sur un environnement qui n’est pas la production, et noter la date et la durée.',
          en: 'Try it in an environment that is not production, and write down the date and the time it took.',
        },
      },
      answer: ({ estate }) => answers.wasTried(estate),
    },
  ],
};

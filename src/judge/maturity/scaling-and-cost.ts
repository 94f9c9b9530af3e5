import type { Domain } from '#model/maturity.ts';
import * as declared from './scaling-and-cost/declared.ts';
import * as documented from './scaling-and-cost/documented.ts';

export const scalingAndCost: Domain = {
  id: 'scaling-and-cost',
  title: { fr: 'Montée en charge et coûts', en: 'Scaling and cost' },
  target: {
    fr: 'Les goulots et les limites des services tiers sont écrits, le coût par utilisateur est estimé et surveillé, ce qui peut l’être est gardé en cache.',
    en: 'Bottlenecks and the limits of third-party services are written down, the cost per user is estimated and watched, what can be is kept in a cache.',
  },
  questions: [
    {
      id: 'bottlenecks-documented',
      text: { fr: 'Les goulots d’étranglement sont-ils écrits\u00a0?', en: 'Are bottlenecks written down?' },
      weight: 2,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'scaling-undocumented',
        title: { fr: 'Montée en charge non documentée', en: 'Scaling not documented' },
        remedy: {
          fr: 'Écrire ce qui cède en premier quand l’usage décuple, et quoi faire alors.',
          en: 'Write what gives way first when use grows tenfold, and what to do then.',
        },
      },
      answer: ({ estate }) => documented.areBottlenecks(estate),
    },
    {
      id: 'cost-estimated',
      text: { fr: 'Le coût est-il estimé\u00a0?', en: 'Is the cost estimated?' },
      weight: 1,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'cost-undocumented',
        title: { fr: 'Coût non estimé', en: 'Cost not estimated' },
        remedy: {
          fr: 'Écrire le coût par mois et par utilisateur, service par service, et ce qui le fait croître.',
          en: 'Write the cost per month and per user, service by service, and what makes it grow.',
        },
      },
      answer: ({ estate }) => documented.isCost(estate),
    },
    {
      id: 'external-limits-documented',
      text: {
        fr: 'Les limites des services tiers sont-elles écrites\u00a0?',
        en: 'Are the limits of third-party services written down?',
      },
      weight: 1,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'external-limits-undocumented',
        title: {
          fr: 'Limites des services tiers non documentées',
          en: 'Limits of third-party services not documented',
        },
        remedy: {
          fr: 'Écrire pour chaque service sa limite, ce qui arrive quand elle est atteinte et à quelle distance on en est.',
          en: 'Write for each service its limit, what happens when it is reached and how far away it is.',
        },
      },
      answer: ({ estate }) => documented.areLimits(estate),
    },
    {
      id: 'database-growth-planned',
      text: {
        fr: 'La croissance de la base est-elle prévue\u00a0?',
        en: 'Is the growth of the database thought of?',
      },
      weight: 1,
      severity: 'low',
      effort: 'medium',
      gap: {
        id: 'database-growth-unplanned',
        title: { fr: 'Croissance de la base non prévue', en: 'Growth of the database not thought of' },
        remedy: {
          fr: 'Écrire la taille attendue, la limite de la base et ce qui la partage ou l’archive au-delà.',
          en: 'Write the expected size, the limit of the database and what splits or archives it beyond.',
        },
      },
      answer: ({ estate }) => documented.isGrowth(estate),
    },
    {
      id: 'load-tested',
      text: { fr: 'La charge a-t-elle été essayée\u00a0?', en: 'Was load tried?' },
      weight: 1,
      severity: 'low',
      effort: 'medium',
      gap: {
        id: 'load-test-missing',
        title: { fr: 'Aucun essai de charge', en: 'No load test' },
        remedy: {
          fr: 'Écrire un essai de charge du chemin principal et noter ce qu’il a donné.',
          en: 'Write a load test of the main path and note what it gave.',
        },
      },
      answer: ({ estate }) => documented.isLoadTested(estate),
    },
    {
      id: 'cache-in-use',
      text: { fr: 'Un cache est-il en place\u00a0?', en: 'Is a cache in place?' },
      weight: 1,
      severity: 'low',
      effort: 'medium',
      gap: {
        id: 'cache-missing',
        title: { fr: 'Aucun cache', en: 'No cache' },
        remedy: {
          fr: 'Garder en cache les réponses qui ne changent pas à chaque requête (Cache API, CDN, `Cache-Control`).',
          en: 'Keep in a cache the answers that do not change with each request (Cache API, CDN, `Cache-Control`).',
        },
      },
      answer: ({ estate }) => declared.isCached(estate),
    },
    {
      id: 'autoscaling-declared',
      text: { fr: 'La capacité suit-elle la charge\u00a0?', en: 'Does capacity follow the load?' },
      weight: 1,
      severity: 'low',
      effort: 'medium',
      gap: {
        id: 'autoscaling-missing',
        title: { fr: 'Capacité fixe', en: 'Fixed capacity' },
        remedy: {
          fr: 'Déclarer une mise à l’échelle automatique avec un plancher et un plafond.',
          en: 'Declare automatic scaling with a floor and a ceiling.',
        },
      },
      answer: ({ estate }) => declared.isScaled(estate),
    },
    {
      id: 'spending-watched',
      text: { fr: 'La dépense est-elle surveillée\u00a0?', en: 'Is spending watched?' },
      weight: 2,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'budget-missing',
        title: { fr: 'Dépense sans alerte', en: 'Spending without an alert' },
        remedy: {
          fr: 'Déclarer un budget avec une alerte avant le plafond.',
          en: 'Declare a budget with an alert before the ceiling.',
        },
      },
      answer: ({ estate }) => declared.isWatched(estate),
    },
  ],
};

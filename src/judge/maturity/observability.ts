import type { Domain } from '#model/maturity.ts';
import * as runtime from './observability/runtime.ts';
import * as watch from './observability/watch.ts';

export const observability: Domain = {
  id: 'observability',
  title: { fr: 'Observabilité', en: 'Observability' },
  target: {
    fr: 'Les journaux sont gardés pour une durée choisie, une route de santé est interrogée du dehors, une alarme réveille la personne d’astreinte, et une page dit quoi faire.',
    en: 'Logs are kept for a chosen time, a health route is asked from outside, an alarm wakes who is on call, and a page says what to do.',
  },
  questions: [
    {
      id: 'logs-kept',
      text: { fr: 'Les journaux sont-ils gardés\u00a0?', en: 'Are logs kept?' },
      weight: 3,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'logs-not-kept',
        title: { fr: 'Journaux perdus', en: 'Logs lost' },
        remedy: {
          fr: 'Activer l’observabilité du Worker, ou envoyer les journaux du conteneur à un groupe de journaux.',
          en: 'Switch the Worker’s observability on, or send the logs of the container to a log group.',
        },
      },
      rules: ['log-group-missing', 'logs-unwritable', 'worker-observability-off'],
      answer: (view) => runtime.areLogsKept(view),
    },
    {
      id: 'log-retention-set',
      text: {
        fr: 'La durée de conservation des journaux est-elle choisie\u00a0?',
        en: 'Is the time for which logs are kept chosen?',
      },
      weight: 1,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'log-retention-missing',
        title: { fr: 'Journaux sans durée de conservation', en: 'Logs without a retention' },
        remedy: {
          fr: 'Donner une durée de conservation à chaque groupe de journaux.',
          en: 'Give a retention to each log group.',
        },
      },
      answer: ({ estate }) => runtime.isRetentionSet(estate),
    },
    {
      id: 'health-endpoint',
      text: { fr: 'Une route de santé existe-t-elle\u00a0?', en: 'Is there a health route?' },
      weight: 2,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'health-endpoint-missing',
        title: { fr: 'Aucune route de santé', en: 'No health route' },
        remedy: {
          fr: 'Répondre sur `/health` avec l’état de ce dont le service dépend, et le faire interroger.',
          en: 'Answer on `/health` with the state of what the service depends on, and have it asked.',
        },
      },
      rules: ['healthcheck-missing', 'health-route-missing'],
      answer: (view) => runtime.hasHealth(view),
    },
    {
      id: 'errors-tracked',
      text: { fr: 'Les erreurs sont-elles recueillies\u00a0?', en: 'Are errors collected?' },
      weight: 2,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'error-tracking-missing',
        title: { fr: 'Erreurs que personne ne recueille', en: 'Errors that nobody collects' },
        remedy: {
          fr: 'Envoyer les exceptions à un service de suivi d’erreurs, avec la version déployée.',
          en: 'Send exceptions to an error tracking service, with the deployed version.',
        },
      },
      answer: ({ estate }) => watch.areErrorsTracked(estate),
    },
    {
      id: 'alarms-declared',
      text: { fr: 'Des alarmes sont-elles déclarées\u00a0?', en: 'Are alarms declared?' },
      weight: 3,
      severity: 'medium',
      effort: 'medium',
      gap: {
        id: 'alarms-missing',
        title: { fr: 'Aucune alarme', en: 'No alarm' },
        remedy: {
          fr: 'Déclarer au moins une alarme sur les erreurs et une sur l’absence de réponse.',
          en: 'Declare at least one alarm on errors and one on the absence of answers.',
        },
      },
      answer: ({ estate }) => watch.areAlarmsDeclared(estate),
    },
    {
      id: 'uptime-checked',
      text: { fr: 'Le service est-il interrogé du dehors\u00a0?', en: 'Is the service asked from outside?' },
      weight: 2,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'uptime-check-missing',
        title: {
          fr: 'Service que personne n’interroge du dehors',
          en: 'Service that nobody asks from outside',
        },
        remedy: {
          fr: 'Faire interroger la route de santé chaque minute par un service extérieur.',
          en: 'Have the health route asked each minute by an outside service.',
        },
      },
      answer: ({ estate }) => watch.isUptimeChecked(estate),
    },
    {
      id: 'dashboards-kept',
      text: { fr: 'Des tableaux de bord existent-ils\u00a0?', en: 'Are there dashboards?' },
      weight: 1,
      severity: 'low',
      effort: 'medium',
      gap: {
        id: 'dashboard-missing',
        title: { fr: 'Aucun tableau de bord', en: 'No dashboard' },
        remedy: {
          fr: 'Garder dans le dépôt un tableau de bord du trafic, des erreurs, de la latence et de la saturation.',
          en: 'Keep in the repository a dashboard of traffic, errors, latency and saturation.',
        },
      },
      answer: ({ estate }) => watch.areDashboardsKept(estate),
    },
    {
      id: 'incidents-prepared',
      text: {
        fr: 'Sait-on quoi faire pendant un incident, et qui\u00a0?',
        en: 'Is it known what to do during an incident, and who does?',
      },
      weight: 2,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'incident-runbook-missing',
        title: { fr: 'Aucune procédure d’incident', en: 'No incident procedure' },
        remedy: {
          fr: 'Écrire qui est joint, comment, et les premières commandes à lancer.',
          en: 'Write who is reached, how, and the first commands to run.',
        },
      },
      answer: ({ estate }) => watch.areIncidentsPrepared(estate),
    },
  ],
};

import { pathRule } from '../../derived/path-rule.ts';

/** Containers that were ended since they took more memory than they are given. */
export const containerOutOfMemory = pathRule({
  id: 'container-out-of-memory',
  severity: 'high',
  title: { fr: 'Conteneurs qui manquent de mémoire', en: 'Containers that run out of memory' },
  risk: {
    fr: 'Les conteneurs sont tués en pleine requête.',
    en: 'Containers are killed in the middle of requests.',
  },
  remedy: {
    fr: 'Augmenter la mémoire de la tâche ou du conteneur, ou réduire ce que le processus en prend.',
    en: 'Raise the memory of the task or the container, or reduce what the process takes of it.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html'],
});

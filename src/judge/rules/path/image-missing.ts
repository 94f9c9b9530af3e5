import { pathRule } from '../../derived/path-rule.ts';

/** The registry was read, and has no image of that tag, or no such repository. */
export const imageMissing = pathRule({
  id: 'image-missing',
  severity: 'high',
  title: { fr: 'Image absente du registre', en: 'Image that is not in the registry' },
  risk: {
    fr: 'Aucune nouvelle tâche ne démarre, et celle qui s’arrête n’est pas remplacée.',
    en: 'No new task starts, and one that ends is not replaced.',
  },
  remedy: {
    fr: 'Pousser l’image sous cette étiquette, ou déployer une définition qui en nomme une qui existe.',
    en: 'Push the image under this tag, or deploy a definition that names one that is there.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html'],
});

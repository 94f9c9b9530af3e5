import { pathRule } from '../../derived/path-rule.ts';

/** The image is built for other processors than the tasks run on. */
export const imageArchitectureMismatch = pathRule({
  id: 'image-architecture-mismatch',
  severity: 'high',
  title: {
    fr: 'Image d’une autre architecture que les tâches',
    en: 'Image of another architecture than the tasks',
  },
  risk: {
    fr: 'Le conteneur s’arrête dès son départ.',
    en: 'The container ends as soon as it starts.',
  },
  remedy: {
    fr: 'Construire l’image pour l’architecture des tâches, ou changer leur `runtimePlatform`.',
    en: 'Build the image for the architecture of the tasks, or change their `runtimePlatform`.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html'],
});

import type { DockerStage } from '#model/artifacts.ts';
import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { isOfficial } from '../../derived/base-image.ts';
import { isForDevelopment } from '../../derived/development.ts';
import { at, some, titled } from '../../derived/place.ts';

/** `FROM node` or `FROM node:latest`; a digest, a tag or a build argument settles it. */
const isUnpinned = ({ base, fromStage }: DockerStage): boolean =>
  !fromStage &&
  base !== 'scratch' &&
  // a bare name that Docker Hub does not publish is an image that this repository builds itself
  (base.includes('/') || isOfficial(base.split(':')[0] ?? '')) &&
  !/[$@]/.test(base) &&
  (base.endsWith(':latest') || !(base.split('/').at(-1) ?? '').includes(':'));

/** Two builds of one commit then differ, and a new major version arrives unannounced. */
export const imageBaseUnpinned = defineRule({
  id: 'image-base-unpinned',
  severity: 'low',
  subject: 'dockerfile',
  title: { fr: 'Image de base sans version', en: 'Base image without a version' },
  risk: {
    fr: 'Deux constructions du même commit peuvent donner deux images différentes, et une version majeure peut arriver sans prévenir.',
    en: 'Two builds of the same commit can give two different images, and a new major version can arrive unannounced.',
  },
  remedy: {
    fr: 'Fixer une version dans `FROM`, de préférence avec son empreinte (`@sha256:…`), et la faire suivre par un outil de mise à jour.',
    en: 'Fix a version in `FROM`, preferably with its digest (`@sha256:…`), and let an update tool follow it.',
  },
  references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  evaluate(dockerfile) {
    if (isForDevelopment(dockerfile.file)) return notApplicable;
    const stages = dockerfile.stages.filter(isUnpinned);
    const evidence = some(stages.map(({ line }) => at(dockerfile.file, line)));
    if (!evidence) return gaps([]);
    const file = code(dockerfile.file);
    const images = codes(new Set(stages.map(({ base }) => base)));
    return gaps([
      {
        title: titled(file, 'image de base sans version', 'base image without a version'),
        message: {
          fr: `${images.fr} : aucune version n’est fixée, la construction prend celle du jour.`,
          en: `${images.en}: no version is fixed, the build takes the one of the day.`,
        },
        evidence,
      },
    ]);
  },
});

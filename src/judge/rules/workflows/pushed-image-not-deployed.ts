import { defineRule, type Gap, gaps, notApplicable, unknown } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { titled } from '../../derived/place.ts';
import { otherImages } from '../../derived/started-images.ts';

/** The run is green, and what serves is an image of another day. */
export const pushedImageNotDeployed = defineRule({
  id: 'pushed-image-not-deployed',
  severity: 'high',
  confidence: 'medium',
  subject: 'workflow',
  title: {
    fr: 'Image publiée, autre image démarrée',
    en: 'One image pushed, another one started',
  },
  risk: {
    fr: 'Le déploiement réussit et ce qui vient d’être construit n’est jamais mis en service : l’hôte démarre une image plus ancienne, ou n’en trouve aucune.',
    en: 'The deployment succeeds and what was just built never serves: the host starts an older image, or finds none.',
  },
  remedy: {
    fr: 'Écrire dans le fichier Compose le nom et l’étiquette que le workflow publie (`image: ghcr.io/acme/api:${TAG}`).',
    en: 'Write in the compose file the name and the tag that the workflow pushes (`image: ghcr.io/acme/api:${TAG}`).',
  },
  references: ['https://docs.docker.com/reference/compose-file/services/#image'],
  evaluate(workflow, estate) {
    const all = otherImages(workflow, estate);
    const found = all.filter(({ isWrittenOut }) => isWrittenOut);
    if (all.length === 0) return notApplicable;
    if (found.length === 0)
      return unknown({
        fr: 'l’hôte peut donner un autre nom à l’image du fichier Compose',
        en: 'the host can give the image of the compose file another name',
      });
    const byImage = Map.groupBy(found, ({ started }) => started.reference);
    return gaps(
      [...byImage].map(([reference, [first, ...others]]): Gap => {
        const { pushed, started, deployed } = first as (typeof found)[number];
        const names = [pushed.reference, reference].map(code);
        return {
          key: reference,
          title: titled(
            code(workflow.file),
            'l’image publiée n’est pas démarrée',
            'the image pushed is not started',
          ),
          message: {
            fr: `${code(workflow.file)} publie ${names[0]}, puis démarre ${code(started.place.file)}, où le service ${code(started.service)} prend ${names[1]} : ce n’est pas la même image.`,
            en: `${code(workflow.file)} pushes ${names[0]}, then starts ${code(started.place.file)}, where service ${code(started.service)} takes ${names[1]}: that is not the same image.`,
          },
          evidence: [pushed.place, started.place, deployed, ...others.map((one) => one.started.place)],
        };
      }),
    );
  },
});

import { shellQuote } from '#lib/shell-quote.ts';
import { codes } from '#model/text.ts';
import { say } from '../draft.ts';
import { linesOf, placesText } from '../places.ts';
import { defineRemedy } from '../remedy.ts';

/** Which version the program needs is known by whoever wrote it; which one the build takes today, by the registry. */
export const imageBaseUnpinned = defineRemedy({
  for: ['image-base-unpinned'],
  plan(problem) {
    const places = linesOf(problem);
    const bases = problem.artifacts.dockerfiles.flatMap(({ file, stages }) =>
      stages
        .filter(({ line }) => places.some((one) => one.file === file && one.line === line))
        .map(({ base }) => base),
    );
    const images = [...new Set(bases)].filter((base) => /^[\w./:-]+$/.test(base)).sort();
    if (images.length === 0) return [];
    const [shown, where] = [codes(images), placesText(places)];
    return [
      {
        title: say(`Fixer la version de ${shown.fr}`, `Fix the version of ${shown.en}`),
        reason: say(
          'Sans version, la construction prend l’image du jour.',
          'Without a version the build takes the image of the day.',
        ),
        risk: 'none',
        changes: [],
        proofs: [],
        suggestion: images
          .map(
            (image) => `docker buildx imagetools inspect ${shellQuote(image)} --format '{{json .Manifest}}'`,
          )
          .join('\n'),
        needs: [
          say(
            `La version que le programme demande, avec l’empreinte que la commande affiche, à écrire dans \`FROM\`\u00a0: ${where.fr}.`,
            `The version that the program needs, with the digest that the command prints, to write in \`FROM\`: ${where.en}.`,
          ),
        ],
      },
    ];
  },
});

import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { linesOf, placesText } from '../places.ts';
import { defineRemedy } from '../remedy.ts';

/** A secret that was shown is only made harmless where it was given. */
export const secretCommitted = defineRemedy({
  for: ['secret-committed'],
  plan(problem) {
    const places = linesOf(problem);
    const sighting = problem.artifacts.secrets.find(({ file, line }) =>
      places.some((one) => one.file === file && one.line === line),
    );
    if (!sighting) return [];
    const [where, shown] = [placesText(places), code(sighting.masked)];
    return [
      {
        title: say(
          `Révoquer et remplacer ${shown} (${code(sighting.file)})`,
          `Revoke and replace ${shown} (${code(sighting.file)})`,
        ),
        reason: say(
          'Qui a une copie du dépôt peut s’en servir, et la retirer du fichier ne l’annule pas.',
          'Whoever has a copy of the repository can use it, and taking it out of the file does not cancel it.',
        ),
        risk: 'restart',
        irreversible: say(
          'Une valeur révoquée ne peut pas être rétablie.',
          'A value that is revoked cannot be restored.',
        ),
        changes: [],
        proofs: [],
        needs: [
          say(
            `Une nouvelle valeur, faite chez qui l’a donnée (${code(sighting.title)}), puis lue de l’environnement ou d’un gestionnaire de secrets à ${where.fr}.`,
            `A new value, made where the old one was given (${code(sighting.title)}), then read from the environment or a secrets manager at ${where.en}.`,
          ),
        ],
      },
    ];
  },
});

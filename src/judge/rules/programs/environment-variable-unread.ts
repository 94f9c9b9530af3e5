import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { some, titled } from '../../derived/place.ts';

/** Where more of a file is read by nothing, it belongs to something else than the code beside it. */
const MOST_OF_A_FILE = 0.5;

/** Whoever fills it in believes that something is set. */
export const environmentVariableUnread = defineRule({
  id: 'environment-variable-unread',
  severity: 'low',
  subject: 'environmentFile',
  title: { fr: 'Variable d’environnement que rien ne lit', en: 'Environment variable that nothing reads' },
  risk: {
    fr: 'Qui remplit le fichier croit régler quelque chose\u00a0: la valeur n’a aucun effet, et la fonction attendue n’est peut-être pas là.',
    en: 'Whoever fills the file in believes that something is set: the value has no effect, and what it is for may not be there.',
  },
  remedy: {
    fr: 'Retirer la variable de l’exemple, ou lire dans le code le nom qu’il donne.',
    en: 'Remove the variable from the example, or read in the code the name that it gives.',
  },
  references: ['https://12factor.net/config'],
  evaluate({ file, example, variables }, { artifacts }) {
    const { programs } = artifacts;
    if (!example || programs.length === 0 || variables.length === 0) return notApplicable;
    const told = programs.filter(({ unread }) => unread !== undefined);
    if (told.length === 0)
      return unknown({
        fr: 'une partie du code lit des variables dont le nom n’est pas écrit, ou n’a pas été lue',
        en: 'part of the code reads variables whose names are not written out, or was not read',
      });
    const unread = told.flatMap((program) => program.unread ?? []).filter(({ at }) => at.file === file);
    const evidence = some(unread.map(({ at }) => at).slice(0, 10));
    if (!evidence) return ok;
    if (unread.length > 1 && unread.length > variables.length * MOST_OF_A_FILE) return notApplicable;
    const names = codes(unread.map(({ name }) => name));
    const isMany = unread.length > 1;
    return gaps([
      {
        title: titled(
          code(file),
          isMany ? `variables que rien ne lit (${names.fr})` : `${names.fr} n’est lue par rien`,
          isMany ? `variables that nothing reads (${names.en})` : `${names.en} is read by nothing`,
        ),
        message: {
          fr: `${code(file)} donne ${names.fr}, que rien ne nomme dans le dépôt hors des documents\u00a0: ni le code, ni un script, ni un fichier Compose, ni un workflow.`,
          en: `${code(file)} gives ${names.en}, which nothing in the repository outside documents names: no code, no script, no Compose file, no workflow.`,
        },
        evidence,
      },
    ]);
  },
});

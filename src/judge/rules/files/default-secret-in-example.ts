import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { at, some, titled } from '../../derived/place.ts';

/** A variable that holds an address, with a password in it. */
const ADDRESS = /(^|_)(URL|URI|DSN|CONNECTION(_STRING)?)$/i;

/** An example is made to be copied: what it holds ends up running, and everyone has read it. */
export const defaultSecretInExample = defineRule({
  id: 'default-secret-in-example',
  severity: 'medium',
  subject: 'environmentFile',
  title: { fr: 'Secret par défaut dans un fichier d’exemple', en: 'Default secret in an example file' },
  risk: {
    fr: 'Le fichier copié tel quel met en service un mot de passe ou une clé que tout le monde peut lire.',
    en: 'Copied as it is, the file puts into service a password or key that anyone can read.',
  },
  remedy: {
    fr: 'Laisser ces valeurs vides dans l’exemple, et refuser de démarrer quand l’une d’elles manque ou vaut celle de l’exemple.',
    en: 'Leave these values empty in the example, and refuse to start when one is missing or equals that of the example.',
  },
  references: ['https://cwe.mitre.org/data/definitions/1392.html'],
  evaluate({ file, example, variables }) {
    if (!example) return notApplicable;
    const usable = variables.filter((one) => one.secret && (one.class === 'default' || one.class === 'weak'));
    const evidence = some(usable.map(({ line }) => at(file, line)));
    // an address alone is most often that of a database on the reader's own machine, or a pattern to be filled in
    if (!evidence || usable.every(({ name }) => ADDRESS.test(name))) return ok;
    const names = codes(usable.map(({ name }) => name));
    return gaps([
      {
        title: titled(code(file), 'secrets par défaut', 'default secrets'),
        message: {
          fr: `L’exemple donne des valeurs utilisables, connues ou faibles, à ${names.fr}.`,
          en: `The example gives usable values, known or weak, to ${names.en}.`,
        },
        evidence,
      },
    ]);
  },
});

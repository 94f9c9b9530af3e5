import type { Estate } from '#model/estate.ts';
import { type Answer, cannotTell, type Domain, no, partial, type Question, yes } from '#model/maturity.ts';
import { codes, type Text } from '#model/text.ts';
import {
  both,
  few,
  filesOf,
  ofRepository,
  placesOf,
  practicesOf,
  resourcesOf,
  sayIt,
  scriptsNamed,
  topicsOf,
} from './derived/operations-read.ts';
import { secretsUsed, type UsedSecret } from './derived/secrets-used.ts';

const NO_SECRET: Text = {
  fr: 'Aucun secret n’est déclaré ni lu par ce qui a été examiné.',
  en: 'No secret is declared or read by what was looked at.',
};

const ofSecrets =
  (answer: (secrets: UsedSecret[], estate: Estate) => Answer): Question['answer'] =>
  ({ estate }) => {
    const secrets = secretsUsed(estate);
    return secrets.length === 0 ? cannotTell(NO_SECRET) : answer(secrets, estate);
  };

const named = (secrets: readonly UsedSecret[]): Text => codes(new Set(secrets.map(({ name }) => name)));
const places = (secrets: readonly UsedSecret[]) => few(secrets.map(({ evidence }) => evidence));

const inventoried: Question = {
  id: 'secrets-inventoried',
  text: {
    fr: 'Les secrets utilisés sont-ils tous nommés dans un document ou un exemple\u00a0?',
    en: 'Are the secrets in use all named in a document or an example?',
  },
  weight: 1,
  severity: 'low',
  effort: 'small',
  gap: {
    id: 'secret-inventory-missing',
    title: { fr: 'Secrets qu’aucun document ne nomme', en: 'Secrets that no document names' },
    remedy: {
      fr: 'Tenir une table des secrets\u00a0: nom, usage, endroit, propriétaire, date du dernier remplacement. Jamais la valeur.',
      en: 'Keep a table of the secrets: name, use, place, owner, day of the last replacement. Never the value.',
    },
  },
  answer: ofSecrets((secrets, { artifacts }) => {
    const written = new Set(artifacts.documents.flatMap(({ names = [] }) => names));
    const examples = artifacts.environmentFiles.filter(({ example }) => example);
    for (const { variables } of examples) for (const { name } of variables) written.add(name.toLowerCase());
    // a word without a joining sign is in no list of the names that pages write
    const telling = secrets.filter(({ name }) => /[-_./\d]/.test(name) && !name.includes('⟨'));
    if (telling.length === 0)
      return cannotTell({
        fr: 'Les noms des secrets sont des mots communs, ou ne sont connus qu’à l’exécution\u00a0: les documents ne permettent pas de les reconnaître.',
        en: 'The names of the secrets are common words, or are only known when it runs: documents do not allow them to be recognised.',
      });
    const lacking = telling.filter(({ name }) => !written.has(name.toLowerCase()));
    if (lacking.length === 0)
      return yes(
        {
          fr: `Chacun des ${telling.length} secrets est nommé dans un document ou un fichier d’exemple.`,
          en: `Each of the ${telling.length} secrets is named in a document or an example file.`,
        },
        places(telling),
      );
    const note: Text = {
      fr: `Ni un document ni un fichier d’exemple ne nomme ${named(lacking).fr} (${lacking.length} sur ${telling.length}).`,
      en: `Neither a document nor an example file names ${named(lacking).en} (${lacking.length} of ${telling.length}).`,
    };
    return lacking.length < telling.length ? partial(note, places(lacking)) : no(note, places(lacking));
  }),
};

const processWritten: Question = {
  id: 'rotation-process-written',
  text: {
    fr: 'Le remplacement des secrets est-il écrit\u00a0?',
    en: 'Is it written how secrets are replaced?',
  },
  weight: 3,
  severity: 'medium',
  effort: 'small',
  gap: {
    id: 'secret-rotation-missing',
    title: { fr: 'Remplacement des secrets non écrit', en: 'Secret rotation not written' },
    remedy: {
      fr: 'Écrire, par secret\u00a0: où en créer un nouveau, où le poser, comment vérifier, quand retirer l’ancien, et que faire après une fuite.',
      en: 'Write for each secret: where to make a new one, where to set it, how to check, when to withdraw the old one, and what to do after a leak.',
    },
  },
  answer: ofSecrets((secrets, estate) => {
    const written = topicsOf(estate, 'secret-rotation');
    if (written.length > 0)
      return yes(
        { fr: `Écrit dans ${filesOf(written).fr}.`, en: `Written in ${filesOf(written).en}.` },
        few(written),
      );
    return no(
      {
        fr: `Aucun document de ce dépôt ne dit comment remplacer ${named(secrets).fr}.`,
        en: `No document of this repository says how to replace ${named(secrets).en}.`,
      },
      places(secrets),
    );
  }),
};

const frequencyStated: Question = {
  id: 'rotation-frequency-stated',
  text: {
    fr: 'La fréquence de remplacement est-elle énoncée\u00a0?',
    en: 'Is it stated how often secrets are replaced?',
  },
  weight: 1,
  severity: 'low',
  effort: 'small',
  gap: {
    id: 'rotation-frequency-unstated',
    title: {
      fr: 'Fréquence de remplacement des secrets non énoncée',
      en: 'Secret rotation frequency not stated',
    },
    remedy: {
      fr: 'Fixer un rythme par secret (au moins une fois par an, et après tout incident), et la date du prochain remplacement.',
      en: 'Fix a rhythm for each secret (at least once a year, and after every incident), and the day of the next replacement.',
    },
  },
  answer: ofSecrets((secrets, estate) => {
    const written = topicsOf(estate, 'rotation-frequency');
    const managed = resourcesOf(estate, 'AWS::SecretsManager::Secret').filter(
      ({ properties }) => Number(properties.rotationDays) > 0,
    );
    const found = [...written, ...managed.flatMap((one) => placesOf(one).slice(0, 1))];
    return found.length > 0
      ? yes({ fr: `Énoncée dans ${filesOf(found).fr}.`, en: `Stated in ${filesOf(found).en}.` }, few(found))
      : no(
          {
            fr: 'Aucun document de ce dépôt ne dit tous les combien un secret est remplacé.',
            en: 'No document of this repository says how often a secret is replaced.',
          },
          places(secrets),
        );
  }),
};

const rotationScripted: Question = {
  id: 'rotation-scripted',
  text: {
    fr: 'Un script remplace-t-il un secret sans interruption\u00a0?',
    en: 'Does a script replace a secret?',
  },
  weight: 1,
  severity: 'low',
  effort: 'medium',
  gap: {
    id: 'rotation-script-missing',
    title: { fr: 'Aucun script de remplacement des secrets', en: 'No script that rotates secrets' },
    remedy: {
      fr: 'Écrire un script qui crée la nouvelle valeur, la pose, vérifie, puis retire l’ancienne, sans jamais l’afficher.',
      en: 'Write a script that makes the new value, sets it, checks, then withdraws the old one, and never shows it.',
    },
  },
  answer: ofSecrets((secrets, estate) => {
    const found = [
      ...practicesOf(estate, 'secret-rotation'),
      ...scriptsNamed(
        estate,
        /rotat(?:e|ion|ing)?[-_]?.*(?:secret|key|token|cred|pass)|(?:secret|key|token|cred|pass).*rotat|renew[-_]?(?:secret|key|token)/i,
      ),
    ];
    return found.length > 0
      ? yes(
          { fr: `Remplacement par ${filesOf(found).fr}.`, en: `Replaced by ${filesOf(found).en}.` },
          few(found),
        )
      : no(
          {
            fr: `Aucun script, workflow ou configuration de ce dépôt ne remplace ${named(secrets).fr}.`,
            en: `No script, workflow or configuration of this repository replaces ${named(secrets).en}.`,
          },
          places(secrets),
        );
  }),
};

/** Whether no list of tokens was refused. */
const areTokensListed = ({ coverage }: Estate): boolean =>
  coverage
    .flatMap(({ source, operations }) => (source === 'cloudflare' ? operations : []))
    .filter(({ name }) => /tokens(?:\/verify)?$/.test(name))
    .every(({ denied, failed, unavailable = 0 }) => denied + failed + unavailable === 0);

const expiryKnown: Question = {
  id: 'secret-expiry-known',
  text: { fr: 'Les jetons ont-ils une échéance connue\u00a0?', en: 'Do tokens have a known expiry?' },
  weight: 1,
  severity: 'low',
  effort: 'small',
  gap: {
    id: 'secret-expiry-unknown',
    title: { fr: 'Jeton sans échéance', en: 'Token that never expires' },
    remedy: {
      fr: 'Donner une échéance aux jetons d’API et de service, et la noter avec le rappel qui la précède.',
      en: 'Give API and service tokens an expiry, and note it with the reminder that comes before it.',
    },
  },
  rules: ['api-token-without-expiry'],
  answer: ({ estate }) => {
    const tokens = resourcesOf(estate, 'Cloudflare::APIToken', 'Cloudflare::Access::ServiceToken').filter(
      ({ observed }) => observed.length > 0,
    );
    if (tokens.length === 0)
      return cannotTell(
        both(
          {
            fr: 'Aucun jeton n’a été observé\u00a0: les fichiers ne disent pas quand un secret expire.',
            en: 'No token was observed: files do not tell when a secret expires.',
          },
          sayIt('secret-expiry-known'),
        ),
      );
    const expires = ({ properties }: (typeof tokens)[number]) =>
      Object.entries(properties).some(([key, value]) => /expir/i.test(key) && typeof value === 'string');
    const open = tokens.filter((one) => !expires(one));
    const names = (list: typeof tokens) => codes(list.map(({ name }) => name));
    const seen = (list: typeof tokens) => few(list.flatMap((one) => one.observed.slice(0, 1)));
    if (open.length === 0 && !areTokensListed(estate))
      return cannotTell({
        fr: `Chacun de ceux qui ont été lus a une échéance (${names(tokens).fr})\u00a0; les listes de jetons n’ont pas toutes été lues.`,
        en: `Each of those that were read has an expiry (${names(tokens).en}); not all lists of tokens were read.`,
      });
    if (open.length === 0)
      return yes(
        {
          fr: `Chacun a une échéance\u00a0: ${names(tokens).fr}.`,
          en: `Each has an expiry: ${names(tokens).en}.`,
        },
        seen(tokens),
      );
    const note: Text = {
      fr: `Sans échéance\u00a0: ${names(open).fr}.`,
      en: `Without an expiry: ${names(open).en}.`,
    };
    return open.length < tokens.length ? partial(note, seen(open)) : no(note, seen(open));
  },
};

const automatic: Question = {
  id: 'rotation-automatic',
  text: {
    fr: 'Les secrets d’un gestionnaire de secrets sont-ils remplacés par lui\u00a0?',
    en: 'Are secrets of a secrets manager replaced by it?',
  },
  weight: 1,
  severity: 'low',
  effort: 'medium',
  gap: {
    id: 'automatic-rotation-missing',
    title: { fr: 'Secret géré sans rotation automatique', en: 'Managed secret without automatic rotation' },
    remedy: {
      fr: 'Activer la rotation de Secrets Manager pour les secrets qu’une fonction peut remplacer, ceux des bases d’abord.',
      en: 'Turn on rotation in Secrets Manager for the secrets that a function can replace, those of databases first.',
    },
  },
  answer: ({ estate }) => {
    const managed = resourcesOf(estate, 'AWS::SecretsManager::Secret');
    if (managed.length === 0)
      return cannotTell({
        fr: 'Aucun secret d’AWS Secrets Manager n’est déclaré ni observé.',
        en: 'No secret of AWS Secrets Manager is declared or observed.',
      });
    const observed = managed.filter(({ properties }) => typeof properties.rotationEnabled === 'boolean');
    const on = observed.filter(({ properties }) => properties.rotationEnabled === true);
    const declared = practicesOf(estate, 'secret-rotation').filter(({ file }) =>
      /\.(?:tf|ya?ml|json|ts|py)$/.test(file),
    );
    const names = (list: typeof managed) => codes(list.map(({ name }) => name));
    if (observed.length > 0) {
      const off = observed.filter((one) => !on.includes(one));
      const seen = few((off.length > 0 ? off : on).flatMap((one) => one.observed.slice(0, 1)));
      if (off.length === 0)
        return yes(
          { fr: `Rotation active\u00a0: ${names(on).fr}.`, en: `Rotation is on: ${names(on).en}.` },
          seen,
        );
      const note: Text = {
        fr: `Sans rotation\u00a0: ${names(off).fr}.`,
        en: `Without rotation: ${names(off).en}.`,
      };
      return on.length > 0 ? partial(note, seen) : no(note, seen);
    }
    if (declared.length > 0)
      return partial(
        {
          fr: `Une rotation est déclarée (${filesOf(declared).fr})\u00a0; de quels secrets n’est pas établi.`,
          en: `A rotation is declared (${filesOf(declared).en}); of which secrets is not established.`,
        },
        few(declared),
      );
    return cannotTell(
      both(
        {
          fr: `Aucun fichier lu ne déclare de rotation pour ${names(managed).fr}\u00a0; elle a pu être activée dans la console.`,
          en: `No file that was read declares a rotation for ${names(managed).en}; it may have been turned on in the console.`,
        },
        sayIt('rotation-automatic'),
      ),
    );
  },
};

export const secretRotation: Domain = {
  id: 'secret-rotation',
  title: { fr: 'Rotation des secrets', en: 'Secret rotation' },
  target: {
    fr: 'Chaque secret est connu par son nom, son remplacement est écrit, scripté et fait au moins une fois par an, et les jetons ont une échéance.',
    en: 'Every secret is known by its name, its replacement is written, scripted and done at least once a year, and tokens have an expiry.',
  },
  questions: [
    ...[inventoried, processWritten, frequencyStated, rotationScripted].map(ofRepository),
    automatic,
    expiryKnown,
  ],
};

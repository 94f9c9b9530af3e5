import type { Artifacts, SecretSighting } from '#model/artifacts.ts';
import { defineRule, gaps, ok } from '#model/rule.ts';
import { code, codes, type Text } from '#model/text.ts';
import { committedStates } from '../../derived/committed-states.ts';
import { at, titled } from '../../derived/place.ts';

const FOR_TESTS = /(^|[^a-z])(tests?|testdata|specs?|fixtures?|mocks?|examples?|samples?|demo)([^a-z]|$)/i;

/** `xxxx` and `****` stand for a value. */
const FILLED_IN = /…(xx|XX|\*\*|\.\.)$/;

/** Whoever can read the repository, now or in its history, can use it. */
export const secretCommitted = defineRule({
  id: 'secret-committed',
  severity: 'critical',
  subject: 'secret',
  title: { fr: 'Secret enregistré dans le dépôt', en: 'Secret committed to the repository' },
  risk: {
    fr: 'Toute personne qui lit le dépôt, une copie ou son historique peut s’en servir, et le retirer du fichier ne l’annule pas.',
    en: 'Anyone who reads the repository, a copy or its history can use it, and taking it out of the file does not cancel it.',
  },
  remedy: {
    fr: 'Révoquer et remplacer le secret d’abord, puis le lire d’un gestionnaire de secrets ou de l’environnement, enfin décider s’il faut réécrire l’historique.',
    en: 'Revoke and replace the secret first, then read it from a secrets manager or the environment, and only then decide whether to rewrite the history.',
  },
  references: [
    'https://docs.github.com/en/code-security/secret-scanning/working-with-secret-scanning-and-push-protection/remediating-a-leaked-secret',
  ],
  evaluate(sighting, { artifacts, files }) {
    const { file, line, title, masked, detector } = sighting;
    if (isToldOfItsFile(sighting, artifacts) || FILLED_IN.test(masked)) return ok;
    const same = artifacts.secrets.filter((one) => isSameValue(one, sighting));
    // one value in several places is told once, where it is the least likely to be a dummy
    const told = same.toSorted((a, b) => PLACES.indexOf(placeOf(a)) - PLACES.indexOf(placeOf(b)))[0];
    if (told && told.file !== file) return ok;
    const others = codes(new Set(same.map((one) => one.file).filter((one) => one !== file)));
    const place = placeOf(sighting);
    const certificate = /key/i.test(title) ? certificateBeside(file, files) : undefined;
    const note = noteOf(place, certificate);
    const kind = code(title);
    return gaps([
      {
        ...(certificate && { severity: 'high', confidence: 'medium' }),
        // a password in an address: of what, and how far it opens, the address alone says
        ...(detector === 'basicauth' && { severity: 'high' }),
        // pages give examples, and real values often stand in them
        ...(place === 'page' && { severity: 'high', confidence: 'medium' }),
        ...(place === 'test' && { severity: 'medium', confidence: 'low' }),
        title: titled(code(file), 'secret enregistré', 'secret committed'),
        message: {
          fr: `Une valeur a la forme d’un secret (${kind}, ${code(masked)})${note.fr}.${others.fr && ` La même valeur est dans ${others.fr}.`}`,
          en: `A value has the form of a secret (${kind}, ${code(masked)})${note.en}.${others.en && ` The same value is in ${others.en}.`}`,
        },
        evidence: [at(file, line), ...same.map((one) => at(one.file, one.line))],
      },
    ]);
  },
});

/** From the most to the least likely to be in use. */
const PLACES = ['code', 'page', 'test'] as const;

function placeOf({ file, example }: SecretSighting): (typeof PLACES)[number] {
  if (FOR_TESTS.test(file)) return 'test';
  if (/\.(md|mdx|rst|adoc|txt)$/i.test(file)) return 'page';
  return example ? 'test' : 'code';
}

/** The ends of the value that a mask shows; where it shows none, nobody can tell two values apart. */
const isSameValue = (one: SecretSighting, other: SecretSighting): boolean =>
  one.detector === other.detector && one.masked === other.masked && /\w{2}…\w{2}/.test(one.masked);

/**
 * A strong value of a committed dotenv file, a weak one of an example and any of a committed state are told once, with
 * the others of the file.
 */
function isToldOfItsFile({ file, line }: SecretSighting, artifacts: Artifacts): boolean {
  const { environmentFiles } = artifacts;
  if (committedStates(artifacts).has(file)) return true;
  const owner = environmentFiles.find((one) => one.file === file && (one.example || one.tracked));
  const variable = owner?.variables.find((one) => one.line === line);
  if (!variable) return false;
  return owner?.example ? variable.class !== 'strong' : variable.class === 'strong';
}

function noteOf(place: (typeof PLACES)[number], certificate: string | undefined): Text {
  if (place === 'test')
    return {
      fr: ' ; le chemin est celui d’un test ou d’un exemple, elle est peut-être factice',
      en: '; the path is that of a test or an example, it may be a dummy',
    };
  if (certificate)
    return {
      fr: `. Le certificat ${code(certificate)} est à côté : s’il ne vaut que pour \`localhost\`, la clé ne sert qu’à un poste de travail`,
      en: `. The certificate ${code(certificate)} is beside it: if it is for \`localhost\` only, the key serves a workstation`,
    };
  return {
    fr: '. Rien n’a été tenté avec elle : si elle est encore valable n’est pas établi',
    en: '. Nothing was tried with it: whether it still works is not established',
  };
}

/** The certificate that goes with a private key, where it stands in the same folder. */
function certificateBeside(file: string, files: ReadonlySet<string>): string | undefined {
  const [, folder = '', name = ''] = /^(.*\/)?([^/]*)\.(?:pem|key)$/i.exec(file) ?? [];
  if (!name) return undefined;
  const stem = name.replace(/[-_.]?key$/i, '');
  const names = stem
    ? [`${stem}.crt`, `${stem}.cer`, `${stem}.pem`, `${stem}-cert.pem`, `${stem}.cert`]
    : ['cert.pem', 'cert.crt', 'certificate.pem', 'tls.crt'];
  return names.map((one) => `${folder}${one}`).find((one) => one !== file && files.has(one));
}

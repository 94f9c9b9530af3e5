import { cannotTell, type Domain, no, partial, type Question, yes } from '#model/maturity.ts';
import { codes, type Text } from '#model/text.ts';
import { pushesOf } from '../derived/calls.ts';
import { isForDevelopment } from '../derived/development.ts';
import { at } from '../derived/place.ts';
import { usesOf } from './derived/ci-installs.ts';
import { lockedManifests } from './derived/lock-files.ts';
import { few, filesOf, isPipeline, ofRepository, practicesOf, signsOf } from './derived/operations-read.ts';
import { downloads, frozen, NO_WORKFLOW } from './questions/ci-steps.ts';
import { scanned } from './questions/scans.ts';

const locks: Question = {
  id: 'lock-files-present',
  text: {
    fr: 'Chaque manifeste a-t-il un fichier de verrouillage\u00a0?',
    en: 'Does every manifest have a lock file?',
  },
  weight: 2,
  severity: 'medium',
  effort: 'small',
  gap: {
    id: 'lock-file-missing',
    title: { fr: 'Dépendances sans fichier de verrouillage', en: 'Dependencies without a lock file' },
    remedy: {
      fr: 'Enregistrer le fichier de verrouillage de l’outil (`package-lock.json`, `uv.lock`, `poetry.lock`, `go.sum`) et installer à partir de lui.',
      en: 'Commit the lock file of the tool (`package-lock.json`, `uv.lock`, `poetry.lock`, `go.sum`) and install from it.',
    },
  },
  answer: ({ estate }) => {
    const manifests = lockedManifests(estate);
    if (manifests.length === 0)
      return cannotTell({
        fr: 'Aucun manifeste de paquets à verrouiller n’a été lu.',
        en: 'No package manifest to be locked was read.',
      });
    const open = manifests.filter(({ by }) => by === undefined);
    if (open.length === 0) {
      const by = codes(new Set(manifests.map((one) => one.by ?? '')), 3);
      return yes(
        {
          fr: `Manifestes verrouillés\u00a0: ${manifests.length} sur ${manifests.length} (${by.fr}).`,
          en: `Locked manifests: ${manifests.length} of ${manifests.length} (${by.en}).`,
        },
        few([...new Set(manifests.map((one) => one.by ?? ''))].map((file) => at(file, 1))),
      );
    }
    const note: Text = {
      fr: `Rien ne fixe les versions de ${codes(open.map(({ file }) => file)).fr} (${open.length} sur ${manifests.length}).`,
      en: `Nothing fixes the versions of ${codes(open.map(({ file }) => file)).en} (${open.length} of ${manifests.length}).`,
    };
    const evidence = few(open.map(({ file, line }) => at(file, line)));
    return open.length < manifests.length ? partial(note, evidence) : no(note, evidence);
  },
};

const UPDATES =
  /^(?:\.github\/dependabot\.ya?ml|\.github\/renovate\.json5?|\.gitlab\/renovate\.json5?|renovate\.json5?|\.renovaterc(?:\.json5?)?|\.github\/workflows\/[^/]*(?:renovate|update-?dep|dependency-update)[^/]*\.ya?ml|\.pyup\.ya?ml|\.scala-steward\.conf)$/i;

const updates: Question = {
  id: 'dependency-updates-automated',
  text: {
    fr: 'Les mises à jour de dépendances sont-elles proposées d’elles-mêmes\u00a0?',
    en: 'Are dependency updates proposed by themselves?',
  },
  weight: 2,
  severity: 'medium',
  effort: 'small',
  gap: {
    id: 'dependency-updates-manual',
    title: { fr: 'Mises à jour de dépendances manuelles', en: 'Manual dependency updates' },
    remedy: {
      fr: 'Ajouter `.github/dependabot.yml` ou `renovate.json` pour chaque écosystème du dépôt, actions et images comprises.',
      en: 'Add `.github/dependabot.yml` or `renovate.json` for every ecosystem of the repository, actions and images included.',
    },
  },
  answer: ({ estate }) => {
    const { artifacts, files } = estate;
    if (artifacts.manifests.length + artifacts.workflows.length + artifacts.dockerfiles.length === 0)
      return cannotTell({
        fr: 'Aucun manifeste, workflow ou Dockerfile n’a été lu\u00a0: rien à mettre à jour.',
        en: 'No manifest, workflow or Dockerfile was read: nothing to update.',
      });
    const found = [...files].filter((file) => UPDATES.test(file)).sort();
    if (found.length > 0)
      return yes(
        { fr: `Configurées dans ${codes(found).fr}.`, en: `Configured in ${codes(found).en}.` },
        few(found.map((file) => at(file, 1))),
      );
    return no({
      fr: 'Ni configuration de Dependabot ni configuration de Renovate dans ce dépôt (`.github/dependabot.yml`, `renovate.json` et leurs variantes).',
      en: 'Neither a Dependabot nor a Renovate configuration in this repository (`.github/dependabot.yml`, `renovate.json` and their variants).',
    });
  },
};

const actionsPinned: Question = {
  id: 'actions-pinned',
  text: {
    fr: 'Les actions de tiers sont-elles désignées par un commit\u00a0?',
    en: 'Are third-party actions named by a commit?',
  },
  weight: 1,
  severity: 'medium',
  effort: 'small',
  gap: {
    id: 'actions-movable',
    title: { fr: 'Actions désignées par une étiquette', en: 'Actions named by a tag' },
    remedy: {
      fr: 'Désigner chaque action par l’empreinte d’un commit, la version en commentaire.',
      en: 'Name each action by the hash of a commit, with the version in a comment.',
    },
  },
  rules: ['action-unpinned'],
  answer: (view) => {
    const uses = usesOf(view.estate);
    if (uses.length === 0) return cannotTell(NO_WORKFLOW);
    const pinned = uses.filter(({ isPinned }) => isPinned);
    const findings = view.findingsOf('action-unpinned');
    const count: Text = {
      fr: `${pinned.length} des ${uses.length} emplois d’une action ou d’un workflow distant sont fixés à un commit`,
      en: `${pinned.length} of the ${uses.length} uses of a remote action or workflow are pinned to a commit`,
    };
    if (findings.length === 0)
      return yes(
        {
          fr: `${count.fr}\u00a0; aucun autre que ceux de la plateforme ne suit une étiquette.`,
          en: `${count.en}; none but the platform’s own follows a tag.`,
        },
        few(pinned.map(({ place }) => place)),
      );
    const evidence = few(findings.flatMap((one) => one.evidence));
    const note: Text = { fr: `${count.fr}.`, en: `${count.en}.` };
    return pinned.length * 2 >= uses.length ? partial(note, evidence) : no(note, evidence);
  },
};

const imagesPinned: Question = {
  id: 'base-images-pinned',
  text: {
    fr: 'Les images de base ont-elles une version fixée\u00a0?',
    en: 'Do base images have a fixed version?',
  },
  weight: 1,
  severity: 'low',
  effort: 'small',
  gap: {
    id: 'base-images-movable',
    title: { fr: 'Images de base sans version fixée', en: 'Base images without a fixed version' },
    remedy: {
      fr: 'Écrire une version dans `FROM`, de préférence avec son empreinte (`@sha256:…`).',
      en: 'Write a version in `FROM`, preferably with its digest (`@sha256:…`).',
    },
  },
  rules: ['image-base-unpinned'],
  answer: (view) => {
    const bases = view.estate.artifacts.dockerfiles
      .filter(({ file }) => !isForDevelopment(file))
      .flatMap(({ file, stages }) =>
        stages.flatMap(({ base, fromStage, line }) =>
          fromStage || base === 'scratch' ? [] : [{ base, place: at(file, line) }],
        ),
      );
    if (bases.length === 0)
      return cannotTell({
        fr: 'Aucun Dockerfile de service n’a été lu.',
        en: 'No Dockerfile of a service was read.',
      });
    const findings = view.findingsOf('image-base-unpinned');
    const digests = bases.filter(({ base }) => base.includes('@sha256:'));
    if (findings.length === 0)
      return yes(
        {
          fr: `Images de base avec une version\u00a0: ${bases.length} sur ${bases.length}, dont ${digests.length} avec une empreinte.`,
          en: `Base images with a version: ${bases.length} of ${bases.length}, ${digests.length} of them with a digest.`,
        },
        few(bases.map(({ place }) => place)),
      );
    const loose = findings.flatMap(({ evidence }) => evidence);
    const note: Text = {
      fr: `Sans version fixée\u00a0: ${filesOf(loose).fr} (${loose.length} des ${bases.length} images de base).`,
      en: `Without a fixed version: ${filesOf(loose).en} (${loose.length} of ${bases.length} base images).`,
    };
    return loose.length < bases.length ? partial(note, few(loose)) : no(note, few(loose));
  },
};

const signed: Question = {
  id: 'artifacts-signed',
  text: {
    fr: 'Ce qui est publié est-il signé ou accompagné de sa provenance\u00a0?',
    en: 'Is what is published signed, or given with its provenance?',
  },
  weight: 1,
  severity: 'low',
  effort: 'medium',
  gap: {
    id: 'provenance-missing',
    title: {
      fr: 'Images publiées sans signature ni provenance',
      en: 'Images published without signature or provenance',
    },
    remedy: {
      fr: 'Signer les images (`cosign`) ou attester leur provenance (`actions/attest-build-provenance`), et le vérifier au déploiement.',
      en: 'Sign images (`cosign`) or attest their provenance (`actions/attest-build-provenance`), and verify it when deploying.',
    },
  },
  answer: ({ estate }) => {
    const pushes = estate.artifacts.workflows.flatMap(pushesOf);
    if (pushes.length === 0)
      return cannotTell({
        fr: 'Aucun workflow lu ne publie d’image.',
        en: 'No workflow that was read publishes an image.',
      });
    const signing = practicesOf(estate, 'signing').filter(({ file }) => isPipeline(file));
    return signing.length > 0
      ? yes(
          {
            fr: `${codes(signsOf(estate, 'signing'), 3).fr} dans ${filesOf(signing).fr}.`,
            en: `${codes(signsOf(estate, 'signing'), 3).en} in ${filesOf(signing).en}.`,
          },
          few(signing),
        )
      : no(
          {
            fr: `Des images sont publiées (${filesOf(pushes.map(({ place }) => place)).fr}), et aucune étape ne les signe ni n’en atteste la provenance.`,
            en: `Images are published (${filesOf(pushes.map(({ place }) => place)).en}), and no step signs them or attests their provenance.`,
          },
          few([...new Map(pushes.map(({ place }) => [`${place.file}:${place.line}`, place])).values()]),
        );
  },
};

const vulnerabilities = scanned({
  id: 'dependencies-scanned',
  practice: 'vulnerability-scan',
  severity: 'medium',
  text: {
    fr: 'Une étape de la CI cherche-t-elle les vulnérabilités connues\u00a0?',
    en: 'Does a step of CI look for known vulnerabilities?',
  },
  gap: {
    id: 'vulnerability-scan-missing',
    title: { fr: 'Aucune recherche de vulnérabilités dans la CI', en: 'No vulnerability scan in CI' },
    remedy: {
      fr: 'Ajouter une étape (`npm audit`, `pip-audit`, `trivy`, `osv-scanner`) qui échoue au-dessus d’une sévérité.',
      en: 'Add a step (`npm audit`, `pip-audit`, `trivy`, `osv-scanner`) that fails above a severity.',
    },
  },
});

const secretsScanned = scanned({
  id: 'secrets-scanned',
  practice: 'secret-scan',
  severity: 'low',
  text: {
    fr: 'Une étape de la CI ou un hook cherche-t-il des secrets enregistrés\u00a0?',
    en: 'Does a step of CI or a hook look for committed secrets?',
  },
  gap: {
    id: 'secret-scan-missing',
    title: {
      fr: 'Aucune recherche de secrets avant ou après un commit',
      en: 'No search for secrets before or after a commit',
    },
    remedy: {
      fr: 'Ajouter `gitleaks` (ou un équivalent) à la CI et à un hook, et activer la protection du dépôt contre l’envoi de secrets.',
      en: 'Add `gitleaks` (or an equal) to CI and to a hook, and turn on push protection for secrets.',
    },
  },
});

const codeScanned = scanned({
  id: 'code-scanned',
  practice: 'code-scan',
  severity: 'low',
  text: {
    fr: 'Une étape de la CI analyse-t-elle le code ou l’infrastructure déclarée\u00a0?',
    en: 'Does a step of CI analyse the code or the declared infrastructure?',
  },
  gap: {
    id: 'code-scan-missing',
    title: { fr: 'Aucune analyse statique de sécurité dans la CI', en: 'No static security analysis in CI' },
    remedy: {
      fr: 'Ajouter CodeQL, Semgrep ou l’analyseur du langage, et `checkov` ou `zizmor` pour l’infrastructure et les workflows.',
      en: 'Add CodeQL, Semgrep or the language’s analyser, and `checkov` or `zizmor` for infrastructure and workflows.',
    },
  },
});

export const supplyChain: Domain = {
  id: 'supply-chain',
  title: { fr: 'Chaîne d’approvisionnement logicielle', en: 'Software supply chain' },
  target: {
    fr: 'Tout ce qui vient d’ailleurs a une version fixée, suivie par un outil, analysée par la CI, et rien de téléchargé n’est exécuté sans contrôle.',
    en: 'All that comes from elsewhere has a fixed version, followed by a tool, scanned by CI, and nothing downloaded is run unchecked.',
  },
  questions: [
    locks,
    updates,
    actionsPinned,
    imagesPinned,
    vulnerabilities,
    secretsScanned,
    codeScanned,
    frozen,
    downloads,
    signed,
  ].map(ofRepository),
};

import type { FileEvidence } from '#model/evidence.ts';
import { cannotTell, no, partial, type Question, yes } from '#model/maturity.ts';
import type { Practice } from '#model/operations.ts';
import { codes, type Text } from '#model/text.ts';
import { deploys } from '../../derived/calls.ts';
import { isForDevelopment } from '../../derived/development.ts';
import { at } from '../../derived/place.ts';
import { WITH_OIDC } from '../../derived/static-keys.ts';
import {
  both,
  few,
  filesOf,
  firmPlacesOf,
  isHook,
  isPipeline,
  practicesOf,
  resourcesOf,
  sayIt,
  scriptsNamed,
  topicsOf,
} from '../derived/operations-read.ts';

/** Whether what deploys presents a token of the run, not a key that lasts. */
export const shortLivedCredentials: Question = {
  id: 'deployment-credentials-short-lived',
  text: {
    fr: 'Les déploiements s’authentifient-ils sans clé durable\u00a0?',
    en: 'Do deployments authenticate without long-lived keys?',
  },
  weight: 2,
  severity: 'medium',
  effort: 'medium',
  gap: {
    id: 'deployment-credentials-long-lived',
    title: { fr: 'Déploiement par une clé durable', en: 'Deployment with a long-lived key' },
    remedy: {
      fr: 'Faire assumer au workflow un rôle par son jeton OIDC, puis supprimer la clé.',
      en: 'Have the workflow assume a role with its OIDC token, then delete the key.',
    },
  },
  rules: ['workflow-static-credentials'],
  answer: (view) => {
    const credentials = view.estate.artifacts.workflows.flatMap(({ runs }) =>
      runs.flatMap((run) => run.credentials.filter(({ provider }) => WITH_OIDC.has(provider))),
    );
    const oidc = credentials.filter(({ authentication }) => authentication === 'oidc');
    const found = view.findingsOf('workflow-static-credentials');
    const places = (list: typeof credentials): FileEvidence[] => [
      ...new Map(list.map(({ file, line }) => [`${file}:${line}`, at(file, line)])).values(),
    ];
    if (found.length > 0) {
      const evidence = found.flatMap((one) => one.evidence);
      const note: Text = {
        fr: `Une clé durable sert dans ${filesOf(evidence).fr}.`,
        en: `A long-lived key is used in ${filesOf(evidence).en}.`,
      };
      return oidc.length > 0 ? partial(note, few(evidence)) : no(note, few(evidence));
    }
    if (oidc.length > 0)
      return yes(
        {
          fr: `Le jeton de l’exécution sert dans ${filesOf(places(oidc)).fr}.`,
          en: `The token of the run is used in ${filesOf(places(oidc)).en}.`,
        },
        few(places(oidc)),
      );
    return cannotTell({
      fr: 'Aucun workflow lu ne s’authentifie à AWS, Azure ou Google Cloud, qui acceptent un jeton de courte durée.',
      en: 'No workflow that was read authenticates to AWS, Azure or Google Cloud, which take a short-lived token.',
    });
  },
};

interface CheckParts {
  id: string;
  practices: Practice[];
  names: RegExp;
  text: Text;
  gap: Question['gap'];
}

/** A check that has to pass before a deployment: a script that nothing starts is a half. */
const checked = ({ id, practices, names, text, gap }: CheckParts): Question => ({
  id,
  text,
  weight: 1,
  severity: 'medium',
  effort: 'small',
  gap,
  answer: ({ estate }) => {
    const { artifacts } = estate;
    const isDeployed =
      artifacts.wranglerConfigs.length > 0 ||
      artifacts.workflows.some(({ runs }) => runs.some(deploys)) ||
      artifacts.scripts.some(({ file, calls }) => /deploy|release|publish/i.test(file) && calls.length > 0) ||
      scriptsNamed(estate, /deploy/i).length > 0;
    if (!isDeployed)
      return cannotTell({
        fr: 'Rien de ce qui a été lu ne déploie.',
        en: 'Nothing that was read deploys.',
      });
    const started = new Set(
      artifacts.scriptReferences
        .filter(
          ({ from }) =>
            isPipeline(from) || isHook(from) || /deploy|package\.json$|makefile$|justfile$/i.test(from),
        )
        .map(({ script }) => script),
    );
    const lines = practicesOf(estate, ...practices);
    const scripts = scriptsNamed(estate, names);
    const found = [...lines, ...scripts];
    const running = found.filter(
      ({ file }) => isPipeline(file) || isHook(file) || started.has(file) || /deploy/i.test(file),
    );
    if (running.length > 0)
      return yes(
        { fr: `Contrôle dans ${filesOf(running).fr}.`, en: `A check in ${filesOf(running).en}.` },
        few(running),
      );
    if (found.length > 0)
      return partial(
        {
          fr: `${filesOf(found).fr} contrôle, et rien de ce qui a été lu ne le lance avant un déploiement.`,
          en: `There is a check in ${filesOf(found).en}, and nothing that was read starts it before a deployment.`,
        },
        few(found),
      );
    return no({
      fr: 'Aucun script, workflow ou hook de ce dépôt ne contrôle la sécurité avant un déploiement.',
      en: 'No script, workflow or hook of this repository checks security before a deployment.',
    });
  },
});

/** Whether security is looked at before something is put into service; secrets are asked for with the deployment scripts. */
export const checkedBefore: readonly Question[] = [
  checked({
    id: 'security-checked-before-deployment',
    practices: ['secret-scan', 'vulnerability-scan', 'code-scan'],
    names: /(?:check|audit|scan|verify|test)[-_]?security|security[-_]?(?:check|audit|scan|test)/i,
    text: {
      fr: 'Un contrôle de sécurité précède-t-il le déploiement\u00a0?',
      en: 'Does a security check come before the deployment?',
    },
    gap: {
      id: 'security-check-missing',
      title: {
        fr: 'Aucun contrôle de sécurité avant déploiement',
        en: 'No security check before deployment',
      },
      remedy: {
        fr: 'Écrire un script court (en-têtes, CORS, routes protégées, dépendances) et le lancer avant ou juste après chaque déploiement.',
        en: 'Write a short script (headers, CORS, protected routes, dependencies) and run it before or just after every deployment.',
      },
    },
  }),
];

/** Whether somebody who finds a fault knows whom to tell. */
export const policyWritten: Question = {
  id: 'security-policy-written',
  text: {
    fr: 'Une page dit-elle à qui signaler une faille\u00a0?',
    en: 'Does a page say whom to tell of a vulnerability?',
  },
  weight: 1,
  severity: 'low',
  effort: 'small',
  gap: {
    id: 'security-policy-missing',
    title: { fr: 'Aucune politique de sécurité', en: 'No security policy' },
    remedy: {
      fr: 'Ajouter `SECURITY.md`\u00a0: versions suivies, adresse où signaler, délai de réponse.',
      en: 'Add `SECURITY.md`: the versions that are followed, where to report, when to expect an answer.',
    },
  },
  answer: ({ estate }) => {
    const pages = [...estate.files]
      .filter((file) =>
        /^(?:\.github\/|docs\/)?security\.(?:md|rst|txt|adoc)$|(?:^|\/)\.well-known\/security\.txt$/i.test(
          file,
        ),
      )
      .sort();
    if (pages.length > 0)
      return yes(
        { fr: `${codes(pages).fr} est là.`, en: `${codes(pages).en} is there.` },
        few(pages.map((file) => at(file, 1))),
      );
    const treated = topicsOf(estate, 'security');
    return treated.length > 0
      ? partial(
          {
            fr: `La sécurité est traitée dans ${filesOf(treated).fr}, sans page \`SECURITY.md\` à l’endroit où on la cherche.`,
            en: `Security is treated in ${filesOf(treated).en}, with no \`SECURITY.md\` where it is looked for.`,
          },
          few(treated),
        )
      : no({
          fr: 'Ni `SECURITY.md` (racine, `.github/`, `docs/`), ni `.well-known/security.txt`, ni section sur la sécurité dans un document.',
          en: 'Neither `SECURITY.md` (root, `.github/`, `docs/`), nor `.well-known/security.txt`, nor a section on security in a document.',
        });
  },
};

const CONFINED = ['container-runs-as-root', 'compose-privileged', 'compose-mounts-docker-socket'] as const;

/** Whether containers run without the rights of root. */
export const containersConfined: Question = {
  id: 'containers-confined',
  text: {
    fr: 'Les conteneurs tournent-ils sans les droits de root\u00a0?',
    en: 'Do containers run without the rights of root?',
  },
  weight: 1,
  severity: 'medium',
  effort: 'small',
  gap: {
    id: 'containers-unconfined',
    title: { fr: 'Conteneurs avec les droits de root', en: 'Containers with the rights of root' },
    remedy: {
      fr: 'Nommer un utilisateur dans le Dockerfile (`USER`), retirer `privileged` et la socket de Docker.',
      en: 'Name a user in the Dockerfile (`USER`), remove `privileged` and the Docker socket.',
    },
  },
  rules: [...CONFINED],
  answer: (view) => {
    const { artifacts } = view.estate;
    const files = [
      ...artifacts.dockerfiles.map(({ file }) => file),
      ...artifacts.composeFiles.filter(({ retired }) => !retired).map(({ file }) => file),
    ].filter((file) => !isForDevelopment(file));
    if (files.length === 0)
      return cannotTell({
        fr: 'Aucun Dockerfile ni fichier compose de service n’a été lu.',
        en: 'No Dockerfile or compose file of a service was read.',
      });
    const found = CONFINED.flatMap((rule) => view.findingsOf(rule)).flatMap(({ evidence }) => evidence);
    const touched = new Set(found.flatMap((one) => ('file' in one ? [one.file] : [])));
    if (touched.size === 0)
      return yes(
        {
          fr: `Aucun droit de root reconnu dans les fichiers de conteneurs (${files.length}).`,
          en: `No right of root was recognised in the container files (${files.length}).`,
        },
        few([...new Set(files)].map((file) => at(file, 1))),
      );
    const note: Text = {
      fr: `Droits de root, ou accès à Docker, dans ${codes(touched).fr}.`,
      en: `Rights of root, or access to Docker, in ${codes(touched).en}.`,
    };
    return touched.size < new Set(files).size ? partial(note, few(found)) : no(note, few(found));
  },
};

/** Rules that find a way in, or on to the origin, in the clear. */
const IN_THE_CLEAR = [
  'listener-forwards-http',
  'viewer-http-allowed',
  'zone-ssl-flexible',
  'zone-https-not-enforced',
];

/** Whether what comes from outside comes encrypted. */
export const trafficEncrypted: Question = {
  id: 'traffic-encrypted',
  text: {
    fr: 'Les entrées sont-elles servies en TLS\u00a0?',
    en: 'Are entries served over TLS?',
  },
  weight: 2,
  severity: 'high',
  effort: 'medium',
  gap: {
    id: 'traffic-unencrypted',
    title: { fr: 'Entrée servie sans TLS', en: 'Entry served without TLS' },
    remedy: {
      fr: 'Ajouter un écouteur HTTPS avec un certificat, et rediriger HTTP vers lui.',
      en: 'Add an HTTPS listener with a certificate, and redirect HTTP to it.',
    },
  },
  rules: IN_THE_CLEAR,
  answer: (view) => {
    const { estate } = view;
    const found = IN_THE_CLEAR.flatMap((rule) => view.findingsOf(rule));
    const listeners = resourcesOf(estate, 'AWS::ElasticLoadBalancingV2::Listener');
    const tls = listeners.filter(({ properties }) => /HTTPS|TLS/i.test(String(properties.protocol ?? '')));
    const hosted = [
      ...estate.artifacts.wranglerConfigs.map(({ file, environments }) =>
        at(file, environments[0]?.line ?? 1),
      ),
    ];
    const places = [
      ...tls.flatMap((one) => firmPlacesOf(one).slice(0, 1)),
      ...resourcesOf(estate, 'AWS::CertificateManager::Certificate').flatMap((one) =>
        firmPlacesOf(one).slice(0, 1),
      ),
    ];
    if (found.length > 0) {
      const evidence = found.flatMap((one) => one.evidence);
      const note: Text = {
        fr: `Du HTTP en clair est accepté (${found.length === 1 ? 'un endroit' : `${found.length} endroits`}).`,
        en: `Plain HTTP is taken (${found.length === 1 ? 'one place' : `${found.length} places`}).`,
      };
      return places.length + hosted.length > 0 ? partial(note, few(evidence)) : no(note, few(evidence));
    }
    if (places.length > 0)
      return yes(
        { fr: `TLS déclaré dans ${filesOf(places).fr}.`, en: `TLS is declared in ${filesOf(places).en}.` },
        few(places),
      );
    const zones = resourcesOf(estate, 'Cloudflare::Zone').filter(
      ({ observed, properties }) => observed.length > 0 && properties.sslMode !== undefined,
    );
    if (hosted.length > 0 && zones.length > 0) {
      const names = codes(zones.map(({ name }) => name));
      return yes(
        {
          fr: `Cloudflare sert ${filesOf(hosted).fr} en TLS, et ${names.fr} ${zones.length > 1 ? 'mènent' : 'mène'} de HTTP à HTTPS.`,
          en: `Cloudflare serves ${filesOf(hosted).en} over TLS, and ${names.en} ${zones.length > 1 ? 'lead' : 'leads'} from HTTP to HTTPS.`,
        },
        few([...hosted, ...zones.flatMap(({ observed }) => observed.slice(0, 1))]),
      );
    }
    if (hosted.length > 0)
      return yes(
        {
          fr: `Cloudflare sert ${filesOf(hosted).fr} en TLS\u00a0; la redirection de HTTP et le mode de la zone n’ont pas été lus.`,
          en: `Cloudflare serves ${filesOf(hosted).en} over TLS; the redirection of HTTP and the zone’s mode were not read.`,
        },
        few(hosted),
      );
    return cannotTell(
      both(
        {
          fr: 'Aucun certificat ni écouteur n’est déclaré dans ce qui a été lu.',
          en: 'No certificate or listener is declared in what was read.',
        },
        sayIt('traffic-encrypted'),
      ),
    );
  },
};

import type { Estate } from '#model/estate.ts';
import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { codes } from '#model/text.ts';
import type { WorkerCode } from '#model/worker.ts';
import { titled } from '../../derived/place.ts';
import {
  answersAt,
  areRulesetsRead,
  bindingsOf,
  blindSpotsOf,
  configsOf,
  isReachable,
  isShown,
  notRead,
  rulesetsOf,
  rulesetsRefused,
  subjectOf,
} from '../../derived/worker-reading.ts';

const HEADERS = [
  'Content-Security-Policy',
  'Strict-Transport-Security',
  'X-Frame-Options',
  'X-Content-Type-Options',
];

/** Browsers protect only those who ask for it, answer by answer. */
export const securityHeadersMissing = defineRule({
  id: 'security-headers-missing',
  severity: 'medium',
  subject: 'worker',
  title: { fr: 'En-têtes de sécurité absents', en: 'Security headers missing' },
  risk: {
    fr: 'Une page peut être encadrée par un autre site, un script injecté s’exécute sans obstacle, et une première visite en HTTP reste possible.',
    en: 'A page can be framed by another site, an injected script runs unhindered, and a first visit over HTTP stays possible.',
  },
  remedy: {
    fr: 'Poser ces en-têtes à un seul endroit, autour de toutes les réponses du Worker, et dans `_headers` pour les fichiers statiques.',
    en: 'Set these headers in one place, around every answer of the Worker, and in `_headers` for static files.',
  },
  references: [
    'https://developers.cloudflare.com/workers/examples/security-headers/',
    'https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html',
  ],
  evaluate(worker, estate) {
    const answers = answersAt(worker);
    if (isShown(worker) || !answers || !isReachable(configsOf(worker, estate.artifacts)))
      return notApplicable;
    const lacking = lackingIn(worker, estate);
    if (lacking.length < 2) return ok;
    const blind = notRead(blindSpotsOf(worker, ['environment-passed-on']));
    if (blind) return blind;
    if (isAnsweredElsewhere(worker, estate))
      return unknown({
        fr: 'le Worker rend aussi les réponses d’une origine, d’un paquet ou d’un autre Worker, dont les en-têtes n’ont pas été lus',
        en: 'the Worker also gives the answers of an origin, of a package or of another Worker, whose headers were not read',
      });
    if (rulesetsOf(estate, 'http_response_headers_transform').length > 0)
      return unknown({
        fr: 'des règles de transformation de la zone peuvent les poser',
        en: 'transform rules of the zone may set them',
      });
    const refused = rulesetsRefused(estate);
    if (refused) return refused;
    const names = codes(lacking);
    const isHeavy = worker.pages.length > 0 || worker.writes.length > 0 || worker.tokens.length > 0;
    const isRead = areRulesetsRead(estate);
    const hasFile = headerFilesOf(worker, estate).length > 0;
    return gaps([
      {
        ...(!isHeavy && { severity: 'low' }),
        title: titled(subjectOf(worker), 'en-têtes de sécurité absents', 'security headers missing'),
        message: {
          fr: `${hasFile ? 'Ni le code, lu en entier, ni `_headers` ne pose' : 'Le code, lu en entier, ne pose pas'} ${names.fr}.${isRead ? '' : ' Les règles de transformation de la zone n’ont pas été lues.'}`,
          en: `${hasFile ? 'Neither the code, read in full, nor `_headers` sets' : 'The code, read in full, does not set'} ${names.en}.${isRead ? '' : ' The transform rules of the zone were not read.'}`,
        },
        evidence: [answers, ...worker.pages.slice(0, 2)],
      },
    ]);
  },
});

/** `_headers` files beside the Worker: of its assets, or of its folder. */
function headerFilesOf(worker: WorkerCode, { artifacts }: Estate) {
  const folders = configsOf(worker, artifacts).flatMap(({ file, assets }) => [
    file.slice(0, file.lastIndexOf('/') + 1),
    ...(assets ? [`${assets.path.replace(/\/$/, '')}/`] : []),
  ]);
  return artifacts.headerFiles.filter(({ file }) => folders.some((folder) => file.startsWith(folder)));
}

function lackingIn(worker: WorkerCode, estate: Estate): string[] {
  const set = [
    ...worker.headers,
    ...headerFilesOf(worker, estate).flatMap(({ rules }) => rules.flatMap(({ headers }) => headers)),
  ];
  const names = new Set(set.map(({ name }) => name));
  // a policy whose text is not written out may say who frames the page
  const saysFrames = set.some(
    ({ name, value }) =>
      name === 'content-security-policy' && (value === undefined || /frame-ancestors/i.test(value)),
  );
  return HEADERS.filter(
    (name) => !names.has(name.toLowerCase()) && !(name === 'X-Frame-Options' && saysFrames),
  );
}

/** Answers of an origin or of another Worker go through: they may bear what the code does not add. */
function isAnsweredElsewhere(worker: WorkerCode, { artifacts }: Estate): boolean {
  const bindings = bindingsOf(configsOf(worker, artifacts));
  const isOther = (binding: string | undefined) => {
    const types = bindings.filter(({ name }) => name === binding).map(({ type }) => type);
    return types.length === 0 || types.some((type) => !/^(?:assets|durable_object_namespace)$/.test(type));
  };
  return worker.forwards.some(({ binding }) => binding !== 'ASSETS' && isOther(binding));
}

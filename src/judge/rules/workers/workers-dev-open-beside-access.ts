import type { Estate } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Severity } from '#model/finding.ts';
import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import type { WorkerCode } from '#model/worker.ts';
import type { WranglerConfig, WranglerEnvironment } from '#model/wrangler.ts';
import { at, titled } from '../../derived/place.ts';
import { codeOf, deployedOf, isForShow, isPrivate, titleOf } from '../../derived/wrangler-environments.ts';

/** Access guards the host name, and the same code answers at another one that it does not guard. */
export const workersDevOpenBesideAccess = defineRule({
  id: 'workers-dev-open-beside-access',
  severity: 'medium',
  subject: 'wranglerConfig',
  title: {
    fr: 'Adresse `workers.dev` ouverte à côté d’Access',
    en: '`workers.dev` address open beside Access',
  },
  risk: {
    fr: 'Qui connaît l’adresse `workers.dev`, ou celle d’un aperçu, atteint le Worker sans passer par Access.',
    en: 'Whoever knows the `workers.dev` address, or that of a preview, reaches the Worker without passing Access.',
  },
  remedy: {
    fr: 'Écrire `workers_dev = false` et `preview_urls = false`, ou placer ces adresses aussi derrière Access.',
    en: 'State `workers_dev = false` and `preview_urls = false`, or put these addresses behind Access as well.',
  },
  references: [
    'https://developers.cloudflare.com/workers/configuration/routing/workers-dev/#manage-access-to-workersdev',
    'https://developers.cloudflare.com/workers/configuration/previews/',
  ],
  evaluate(config, estate) {
    if (config.isPages || isForShow(config)) return notApplicable;
    const worker = codeOf(config, estate.artifacts.workers);
    const guard = guardOf(config, worker, estate);
    if (!guard) return notApplicable;
    const open = deployedOf(config).filter(
      (one) =>
        !isPrivate(one) && (one.workersDev.isOn || one.previewUrls.isOn) && !isGuardedItself(one, estate),
    );
    const [first] = open;
    if (!first) return gaps([]);
    const names = codes(open.map((one) => titleOf(one, config)));
    const isByDefault = open.every(
      ({ workersDev, previewUrls }) => !(workersDev.isOn ? workersDev : previewUrls).isStated,
    );
    const checks = checksOf(worker);
    return gaps([
      {
        ...(checks.severity && { severity: checks.severity }),
        environments: open.flatMap(({ name }) => name ?? []),
        title: titled(
          code(config.file),
          '`workers.dev` ouvert à côté d’Access',
          '`workers.dev` open beside Access',
        ),
        message: {
          fr: `${names.fr} répond aussi hors du nom que protège Access${isByDefault ? ', par défaut, faute de `workers_dev = false`' : ''}. ${checks.fr}`,
          en: `${names.en} also answers outside the name that Access guards${isByDefault ? ', by default, for want of `workers_dev = false`' : ''}. ${checks.en}`,
        },
        evidence: [
          at(config.file, openLine(first)),
          ...open.slice(1).map((one) => at(config.file, openLine(one))),
          ...guard.slice(0, 3),
        ],
      },
    ]);
  },
});

const openLine = ({ workersDev, previewUrls }: WranglerEnvironment): number =>
  workersDev.isOn ? workersDev.line : previewUrls.line;

/** Where it stands that the script is behind Access: its code asks for the token, or an application has its host. */
function guardOf(
  config: WranglerConfig,
  worker: WorkerCode | undefined,
  estate: Estate,
): FileEvidence[] | undefined {
  if (worker && worker.access.length > 0) return worker.access;
  const hosts = new Set(
    config.environments.flatMap(({ routes }) => routes.map(({ pattern }) => hostOf(pattern))),
  );
  const own = applications(estate).filter(({ host }) => hosts.has(host));
  return own.length > 0 ? own.flatMap(({ declared }) => declared) : undefined;
}

const isGuardedItself = ({ script }: WranglerEnvironment, estate: Estate): boolean =>
  applications(estate).some(
    ({ host }) => host.endsWith('.workers.dev') && host.split('.')[0]?.replace(/^\*-?/, '') === script.name,
  );

const applications = ({ resources }: Estate) =>
  resources.flatMap(({ kind, properties, declared }) =>
    kind === 'Cloudflare::Access::Application' && typeof properties.domain === 'string'
      ? [{ host: hostOf(properties.domain), declared }]
      : [],
  );

const hostOf = (pattern: string): string =>
  (pattern.replace(/^[a-z]+:\/\//, '').split('/')[0] ?? '').toLowerCase();

/** What stands between the open address and the answer, as far as the code was read. */
function checksOf(worker: WorkerCode | undefined): { severity?: Severity; fr: string; en: string } {
  const tokens = worker?.tokens ?? [];
  if (
    worker === undefined ||
    worker.blindSpots.length > 0 ||
    tokens.some(({ signature }) => signature === 'unknown')
  )
    return {
      fr: 'Si le code y refuse une requête sans jeton d’Access n’a pas été établi.',
      en: 'Whether the code turns away a request without a token of Access there was not established.',
    };
  if (tokens.length > 0 && tokens.every(({ signature }) => signature === 'yes'))
    return {
      severity: 'low',
      fr: 'Le code vérifie la signature du jeton d’Access\u00a0: c’est là la seule barrière.',
      en: 'The code verifies the signature of the token of Access: that is the only barrier there.',
    };
  return {
    severity: 'high',
    fr: 'Le code ne vérifie pas la signature du jeton d’Access\u00a0: un en-tête inventé suffit.',
    en: 'The code does not verify the signature of the token of Access: a made-up header is enough.',
  };
}

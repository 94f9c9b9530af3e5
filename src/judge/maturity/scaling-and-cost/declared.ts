import type { Estate } from '#model/estate.ts';
import { type Answer, cannotTell, no, yes } from '#model/maturity.ts';
import { code, codes } from '#model/text.ts';
import { infrastructureNotKnown } from '../../derived/declared.ts';
import { at } from '../../derived/place.ts';
import { declaredAsCode, ofKind, signed, wasListed } from '../derived/declared-infrastructure.ts';
import { byPerson, filesOf, notDeployed, shown } from '../derived/notes.ts';
import { isDeployed } from '../derived/platforms.ts';

const CACHES =
  /^(?:redis|ioredis|@upstash\/redis|lru-cache|node-cache|keyv|cache-manager|memcached|memjs|apicache|node-cache-manager|django-redis|flask-caching|aiocache|cachetools|pymemcache|diskcache|github\.com\/(?:go-redis\/redis|redis\/go-redis|dgraph-io\/ristretto|allegro\/bigcache|patrickmn\/go-cache).*|redis-py|spring-boot-starter-(?:cache|data-redis)|com\.github\.ben-manes\.caffeine[:.]caffeine|org\.springframework\.boot[:.]spring-boot-starter-(?:cache|data-redis)|moka|cached)$/i;
const CACHE_IMAGE = /^(?:\S+\/)?(?:redis|valkey|memcached|varnish|dragonfly|keydb)(?:[:@]|$)/;

export function isCached(estate: Estate): Answer {
  const { manifests, composeFiles, wranglerConfigs, workers } = estate.artifacts;
  const places = [
    ...signed(estate, 'cache'),
    ...workers.flatMap(({ headers }) =>
      headers.flatMap(({ name, value, at: place }) =>
        name === 'cache-control' && !/no-store|no-cache|max-age=0/.test(value ?? '') ? [place] : [],
      ),
    ),
    ...wranglerConfigs.flatMap(({ file, environments }) =>
      environments.flatMap(({ bindings }) =>
        bindings.flatMap(({ type, name, line }) =>
          type === 'kv_namespace' && /cache/i.test(name) ? [at(file, line)] : [],
        ),
      ),
    ),
    ...manifests.flatMap(({ file, packages }) =>
      packages.flatMap(({ name, line, development }) =>
        !development && CACHES.test(name) ? [at(file, line)] : [],
      ),
    ),
    ...composeFiles.flatMap(({ file, retired, services }) =>
      retired
        ? []
        : services.flatMap(({ image, line }) =>
            image && CACHE_IMAGE.test(image.reference) ? [at(file, line)] : [],
          ),
    ),
    ...ofKind(
      estate,
      'AWS::ElastiCache::CacheCluster',
      'AWS::ElastiCache::ReplicationGroup',
      'AWS::ElastiCache::ServerlessCache',
      'AWS::CloudFront::Distribution',
    ).flatMap(({ declared }) => declared.filter(({ source }) => source !== 'docs').slice(0, 1)),
  ];
  if (places.length > 0) {
    const files = filesOf(places);
    return yes(
      { fr: `Un cache est en place\u00a0: ${files.fr}.`, en: `A cache is in place: ${files.en}.` },
      shown(places.map(({ file, line, source }) => ({ file, line, source }))),
    );
  }
  const [worker] = workers;
  if (worker && workers.every(({ blindSpots }) => blindSpots.length === 0))
    return no(
      {
        fr: `Le code du Worker (${code(worker.entry)}) n’appelle pas la Cache API, ne pose pas \`Cache-Control\` et n’a pas d’espace KV de ce nom.`,
        en: `The code of the Worker (${code(worker.entry)}) does not call the Cache API, sets no \`Cache-Control\` and has no KV namespace of that name.`,
      },
      [at(worker.entry, 1)],
    );
  if (!isDeployed(estate)) return notDeployed();
  return cannotTell({
    fr: 'Ni paquet, ni conteneur, ni ressource de cache n’a été reconnu\u00a0; le code n’a pas été lu pour cela.',
    en: 'No package, container or resource of a cache was recognised; the code was not read for it.',
  });
}

const FIXED = /^(?:AWS::ECS::Service|AWS::AutoScaling::AutoScalingGroup|AWS::EC2::Instance)$/;
const ELASTIC =
  /^(?:AWS::Lambda::Function|AWS::AppRunner::Service|Cloudflare::Workers::Script|Cloudflare::Pages::Project)$/;

export function isScaled(estate: Estate): Answer {
  const signs = signed(estate, 'autoscaling');
  if (signs.length > 0) {
    const files = filesOf(signs);
    return yes(
      {
        fr: `Une mise à l’échelle est déclarée (${code(signs[0]?.what ?? '')}) dans ${files.fr}.`,
        en: `Scaling is declared (${code(signs[0]?.what ?? '')}) in ${files.en}.`,
      },
      shown(signs.map(({ file, line, source }) => ({ file, line, source }))),
    );
  }
  const fixed = declaredAsCode(estate, FIXED);
  if (fixed.length > 0) {
    const unread = infrastructureNotKnown(estate);
    const names = codes(new Set(fixed.map(({ resource }) => resource.name)));
    const formats = codes(unread);
    if (unread.length > 0)
      return cannotTell({
        fr: `Pas lu en entier\u00a0: ${formats.fr}. Une mise à l’échelle de ${names.fr} y est peut-être déclarée.`,
        en: `Not read in full: ${formats.en}. Scaling of ${names.en} may be declared there.`,
      });
    return no(
      {
        fr: `Capacité fixe déclarée pour ${names.fr}.`,
        en: `A fixed capacity is declared for ${names.en}.`,
      },
      shown(fixed.map(({ place }) => place)),
    );
  }
  const { wranglerConfigs } = estate.artifacts;
  const elastic = estate.resources.filter(
    ({ kind, facts }) =>
      ELASTIC.test(kind) && facts.some(({ sort, source }) => sort === 'declared' && source !== 'docs'),
  );
  const running = estate.resources.some(
    ({ kind, facts }) => FIXED.test(kind) && facts.some(({ sort }) => sort === 'declared'),
  );
  if (!running && (wranglerConfigs.length > 0 || elastic.length > 0)) {
    const places = [
      ...wranglerConfigs.map(({ file }) => at(file, 1)),
      ...elastic.flatMap(({ declared }) => declared.filter(({ source }) => source !== 'docs').slice(0, 1)),
    ];
    const files = filesOf(places);
    return yes(
      {
        fr: `Ce qui tourne (${files.fr}) est mis à l’échelle par le fournisseur.`,
        en: `What runs (${files.en}) is scaled by the provider.`,
      },
      shown(places),
    );
  }
  if (!isDeployed(estate)) return notDeployed();
  return cannotTell({
    fr: 'La capacité de ce qui tourne n’est déclarée dans aucun fichier lu.',
    en: 'The capacity of what runs is declared in no file that was read.',
  });
}

export function isWatched(estate: Estate): Answer {
  const signs = signed(estate, 'budget');
  const budgets = ofKind(estate, 'AWS::Budgets::Budget');
  const places = [
    ...signs.map(({ file, line, source }) => ({ file, line, source })),
    ...budgets.flatMap(({ declared, observed }) => [...declared, ...observed].slice(0, 1)),
  ];
  if (places.length > 0)
    return yes(
      {
        fr: `Un budget ou une alerte de dépense existe${budgets[0] ? ` (${code(budgets[0].name)})` : ''}.`,
        en: `There is a budget or an alert on spending${budgets[0] ? ` (${code(budgets[0].name)})` : ''}.`,
      },
      shown(places),
    );
  if (wasListed(estate, /budgets:DescribeBudgets/i))
    return no({
      fr: 'Le compte AWS n’a aucun budget, et aucun fichier n’en déclare.',
      en: 'The AWS account has no budget, and no file declares one.',
    });
  if (!isDeployed(estate)) return notDeployed();
  return byPerson(
    'Aucun fichier ne déclare de budget\u00a0; le fournisseur en a peut-être un, qui n’a pas été lu.',
    'No file declares a budget; the provider may have one, which was not read.',
  );
}

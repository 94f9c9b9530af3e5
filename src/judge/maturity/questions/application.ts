import type { Estate } from '#model/estate.ts';
import type { Evidence } from '#model/evidence.ts';
import { type Answer, cannotTell, no, partial, type Question, yes } from '#model/maturity.ts';
import { codes, type Text } from '#model/text.ts';
import type { WorkerCode } from '#model/worker.ts';
import { at } from '../../derived/place.ts';
import { both, few, filesOf, practicesOf, resourcesOf, sayIt, signsOf } from '../derived/operations-read.ts';

const entryOf = ({ entry }: WorkerCode): Evidence => at(entry, 1);
const entries = (workers: readonly WorkerCode[]): Text =>
  codes(new Set(workers.map(({ entry }) => entry)), 3);

/** Workers of which all the code was followed: what is not seen in them is not there. */
const readInFull = (estate: Estate): WorkerCode[] =>
  estate.artifacts.workers.filter(({ blindSpots, files }) => blindSpots.length === 0 && files.length > 0);

const unseen = (id: string, what: Text): Answer => cannotTell(both(what, sayIt(id)));

/** Whether answers are given to pages of known origins only. */
export const cors: Question = {
  id: 'cors-restricted',
  text: {
    fr: 'Les origines admises (CORS) sont-elles une liste fermée\u00a0?',
    en: 'Are the origins that are let in (CORS) a closed list?',
  },
  weight: 1,
  severity: 'medium',
  effort: 'small',
  gap: {
    id: 'cors-open',
    title: { fr: 'CORS ouvert à toute origine', en: 'CORS open to any origin' },
    remedy: {
      fr: 'Comparer l’origine à une liste tenue dans le code ou la configuration, et ne rien répondre aux autres.',
      en: 'Compare the origin with a list kept in the code or the configuration, and answer nothing to others.',
    },
  },
  rules: ['cors-any-origin', 'cors-origin-reflected'],
  answer: ({ estate }) => {
    const all = estate.artifacts.workers.flatMap((worker) => worker.cors);
    if (all.length === 0)
      return unseen('cors-restricted', {
        fr: 'Aucune règle CORS n’a été reconnue\u00a0; seul le code des Workers est lu.',
        en: 'No CORS rule was recognised; only the code of Workers is read.',
      });
    const open = all.filter(({ policy }) => policy !== 'list');
    const origins = codes(new Set(all.flatMap((one) => one.origins)), 4);
    if (open.length === 0)
      return yes(
        { fr: `Liste fermée\u00a0: ${origins.fr}.`, en: `A closed list: ${origins.en}.` },
        few(all.map((one) => one.at)),
      );
    const note: Text = open.some(({ policy }) => policy === 'reflected')
      ? {
          fr: `L’origine qui demande est renvoyée telle quelle dans ${filesOf(open.map((one) => one.at)).fr}.`,
          en: `Whatever origin asks is sent back in ${filesOf(open.map((one) => one.at)).en}.`,
        }
      : {
          fr: `Toute origine est admise dans ${filesOf(open.map((one) => one.at)).fr}.`,
          en: `Any origin is let in by ${filesOf(open.map((one) => one.at)).en}.`,
        };
    const evidence = few(open.map((one) => one.at));
    return open.length < all.length ? partial(note, evidence) : no(note, evidence);
  },
};

/** Headers that a browser heeds, by what each of them prevents. */
const HEADERS: readonly (readonly [name: string, known: RegExp])[] = [
  ['Strict-Transport-Security', /strict-transport-security|stsSeconds|SECURE_HSTS/i],
  ['Content-Security-Policy', /content-security-policy|frame-ancestors/i],
  ['X-Frame-Options', /x-frame-options|frame-ancestors/i],
  ['X-Content-Type-Options', /x-content-type-options/i],
];
/** A package or a policy that sets them all. */
const SETS_ALL = /helmet|secure-headers|talisman|response_?headers_?policy|customResponseHeaders/i;

/** Whether answers bear the headers that protect a browser. */
export const securityHeaders: Question = {
  id: 'security-headers-set',
  text: {
    fr: 'Les réponses portent-elles les en-têtes de sécurité (HSTS, CSP, X-Frame-Options)\u00a0?',
    en: 'Do answers bear the security headers (HSTS, CSP, X-Frame-Options)?',
  },
  weight: 2,
  severity: 'medium',
  effort: 'small',
  gap: {
    id: 'security-headers-absent',
    title: { fr: 'En-têtes de sécurité absents', en: 'Security headers absent' },
    remedy: {
      fr: 'Poser HSTS, une politique de contenu et `frame-ancestors` en un seul endroit\u00a0: intergiciel, fichier `_headers`, serveur frontal ou CDN.',
      en: 'Set HSTS, a content policy and `frame-ancestors` in one place: middleware, `_headers` file, reverse proxy or CDN.',
    },
  },
  rules: ['security-headers-missing'],
  answer: (view) => {
    const { estate } = view;
    const found = view.findingsOf('security-headers-missing');
    const workers = estate.artifacts.workers.flatMap(({ headers }) => headers);
    const places = [
      ...practicesOf(estate, 'security-header'),
      ...workers.filter(({ name }) => HEADERS.some(([, known]) => known.test(name))).map((one) => one.at),
    ];
    const signs = [...signsOf(estate, 'security-header'), ...workers.map(({ name }) => name)];
    const policies = resourcesOf(estate, 'AWS::CloudFront::ResponseHeadersPolicy');
    const set = HEADERS.filter(([, known]) => signs.some((sign) => known.test(sign))).map(([name]) => name);
    if (signs.some((sign) => SETS_ALL.test(sign)) || policies.length > 0 || set.length >= 3) {
      const where = places.length > 0 ? filesOf(places) : codes(policies.map(({ name }) => name));
      const note: Text = { fr: `Posés dans ${where.fr}.`, en: `Set in ${where.en}.` };
      const evidence = few([...places, ...policies.flatMap(({ declared }) => declared.slice(0, 1))]);
      return found.length > 0 ? partial(note, evidence) : yes(note, evidence);
    }
    if (set.length > 0) {
      const lacking = HEADERS.map(([name]) => name).filter((name) => !set.includes(name));
      return partial(
        {
          fr: `Posés\u00a0: ${codes(set).fr} (${filesOf(places).fr})\u00a0; non vus\u00a0: ${codes(lacking).fr}.`,
          en: `Set: ${codes(set).en} (${filesOf(places).en}); not seen: ${codes(lacking).en}.`,
        },
        few(places),
      );
    }
    if (found.length > 0)
      return no(
        {
          fr: `Aucun en-tête de sécurité dans ${filesOf(found.flatMap(({ evidence }) => evidence)).fr}.`,
          en: `No security header in ${filesOf(found.flatMap(({ evidence }) => evidence)).en}.`,
        },
        few(found.flatMap(({ evidence }) => evidence)),
      );
    const full = readInFull(estate);
    if (full.length > 0 && full.length === estate.artifacts.workers.length)
      return no(
        {
          fr: `Ni le code de ${entries(full).fr}, lu en entier, ni un fichier \`_headers\` n’en pose un.`,
          en: `Neither the code of ${entries(full).en}, read in full, nor a \`_headers\` file sets one.`,
        },
        few(full.map(entryOf)),
      );
    return unseen('security-headers-set', {
      fr: 'Aucun n’a été vu dans les fichiers lus\u00a0; le code de l’application ou un CDN peut les poser.',
      en: 'None was seen in the files that were read; the application’s code or a CDN may set them.',
    });
  },
};

/** Packages that count requests and turn them away. */
const LIMITERS =
  /^(?:express-rate-limit|rate-limiter-flexible|@nestjs\/throttler|@fastify\/rate-limit|@upstash\/ratelimit|hono-rate-limiter|slowapi|flask-limiter|django-ratelimit|fastapi-limiter|koa-ratelimit|@hono-rate-limiter\/.+|golang\.org\/x\/time|governor|actix-governor|bucket4j.*)$/i;

/** Whether requests are counted and turned away past a limit. */
export const rateLimiting: Question = {
  id: 'requests-rate-limited',
  text: {
    fr: 'Les requêtes sont-elles limitées en nombre (par adresse ou par utilisateur)\u00a0?',
    en: 'Are requests limited in number (by address or by user)?',
  },
  weight: 2,
  severity: 'medium',
  effort: 'medium',
  gap: {
    id: 'rate-limiting-absent',
    title: { fr: 'Aucune limitation du nombre de requêtes', en: 'No rate limiting' },
    remedy: {
      fr: 'Limiter par adresse et par utilisateur authentifié (règle du CDN, liaison `ratelimit`, intergiciel), et répondre 429 avec `Retry-After`.',
      en: 'Limit by address and by authenticated user (CDN rule, `ratelimit` binding, middleware), and answer 429 with `Retry-After`.',
    },
  },
  rules: ['rate-limiting-missing'],
  answer: (view) => {
    const { estate } = view;
    const { artifacts } = estate;
    const bindings = artifacts.wranglerConfigs.flatMap(({ file, environments }) =>
      environments.flatMap((one) =>
        one.bindings.flatMap(({ type, line }) => (type === 'ratelimit' ? [at(file, line)] : [])),
      ),
    );
    const packages = artifacts.manifests.flatMap(({ file, packages: all }) =>
      all.flatMap(({ name, line, development }) =>
        !development && LIMITERS.test(name) ? [at(file, line)] : [],
      ),
    );
    const places = [
      ...artifacts.workers.flatMap(({ rateLimits }) => rateLimits),
      ...bindings,
      ...practicesOf(estate, 'rate-limit'),
      ...packages,
    ];
    const distinct = [...new Map(places.map((one) => [`${one.file}:${one.line}`, one])).values()];
    const found = view.findingsOf('rate-limiting-missing');
    if (distinct.length > 0) {
      const note: Text = {
        fr: `Une limite est posée dans ${filesOf(distinct).fr}\u00a0; qu’elle couvre toutes les routes n’est pas établi.`,
        en: `A limit is set in ${filesOf(distinct).en}; that it covers every route is not established.`,
      };
      return found.length > 0 ? partial(note, few(distinct)) : yes(note, few(distinct));
    }
    if (found.length > 0) {
      const evidence = found.flatMap((one) => one.evidence);
      return no(
        {
          fr: `Aucune limite dans ${filesOf(evidence).fr}.`,
          en: `No limit in ${filesOf(evidence).en}.`,
        },
        few(evidence),
      );
    }
    const full = readInFull(estate);
    if (full.length > 0 && full.length === artifacts.workers.length)
      return no(
        {
          fr: `Ni le code de ${entries(full).fr}, lu en entier, ni sa configuration n’en pose une\u00a0; une règle de la zone n’a pas été lue.`,
          en: `Neither the code of ${entries(full).en}, read in full, nor its configuration sets one; a rule of the zone was not read.`,
        },
        few(full.map(entryOf)),
      );
    return unseen('requests-rate-limited', {
      fr: 'Aucune limite n’a été vue dans les fichiers lus\u00a0; le code, un CDN ou une passerelle peut en poser une.',
      en: 'No limit was seen in the files that were read; the code, a CDN or a gateway may set one.',
    });
  },
};

/** Whether tokens are verified, not only decoded. */
export const tokensVerified: Question = {
  id: 'authentication-verified',
  text: {
    fr: 'L’authentification est-elle vérifiée (signature, émetteur, destinataire, échéance)\u00a0?',
    en: 'Is authentication verified (signature, issuer, audience, expiry)?',
  },
  weight: 3,
  severity: 'high',
  effort: 'medium',
  gap: {
    id: 'authentication-unverified',
    title: { fr: 'Jeton lu sans être vérifié en entier', en: 'Token read without being verified in full' },
    remedy: {
      fr: 'Vérifier la signature avec les clés de l’émetteur, un algorithme fixé, l’émetteur, le destinataire et l’échéance.',
      en: 'Verify the signature with the issuer’s keys, a fixed algorithm, the issuer, the audience and the expiry.',
    },
  },
  rules: ['token-signature-unverified', 'token-audience-unchecked'],
  answer: ({ estate }) => {
    const tokens = estate.artifacts.workers.flatMap((worker) => worker.tokens);
    const unsigned = tokens.filter(({ signature }) => signature === 'no');
    if (unsigned.length > 0) {
      const evidence = few(unsigned.map((one) => one.at));
      return no(
        {
          fr: `Un jeton est décodé et sa signature n’est pas vérifiée dans ${filesOf(evidence).fr}.`,
          en: `A token is decoded and its signature is not verified in ${filesOf(evidence).en}.`,
        },
        evidence,
      );
    }
    const signed = tokens.filter(({ signature }) => signature === 'yes');
    if (signed.length > 0) {
      const short = signed.filter(({ issuer, audience, expiry }) =>
        [issuer, audience, expiry].includes('no'),
      );
      const shown = short.length > 0 ? short : signed;
      const lacking = (one: (typeof signed)[number]) =>
        (['issuer', 'audience', 'expiry'] as const).filter((part) => one[part] === 'no');
      const parts = codes(new Set(short.flatMap(lacking)));
      const evidence = few(shown.map((one) => one.at));
      return short.length > 0
        ? partial(
            {
              fr: `La signature est vérifiée dans ${filesOf(evidence).fr}\u00a0; ne le sont pas\u00a0: ${parts.fr}.`,
              en: `The signature is verified in ${filesOf(evidence).en}; not checked: ${parts.en}.`,
            },
            evidence,
          )
        : yes(
            {
              fr: `La signature des jetons est vérifiée dans ${filesOf(evidence).fr}.`,
              en: `The signature of tokens is verified in ${filesOf(evidence).en}.`,
            },
            evidence,
          );
    }
    const applications = resourcesOf(estate, 'Cloudflare::Access::Application');
    const access = estate.artifacts.workers.flatMap((worker) => worker.access);
    if (applications.length > 0)
      return yes(
        {
          fr: `Access protège ${codes(applications.map(({ name }) => name)).fr}\u00a0; le jeton n’a pas été vu vérifié dans le code.`,
          en: `Access protects ${codes(applications.map(({ name }) => name)).en}; the token was not seen verified in code.`,
        },
        few([
          ...access,
          ...applications.flatMap(({ declared, observed }) => [...declared, ...observed].slice(0, 1)),
        ]),
      );
    return unseen('authentication-verified', {
      fr: 'Aucune vérification de jeton n’a été reconnue\u00a0; seul le code des Workers est lu.',
      en: 'No verification of a token was recognised; only the code of Workers is read.',
    });
  },
};

/** Whether calls of other services are checked to be theirs. */
export const webhooksSigned: Question = {
  id: 'webhooks-verified',
  text: {
    fr: 'La signature des webhooks est-elle vérifiée\u00a0?',
    en: 'Is the signature of webhooks verified?',
  },
  weight: 1,
  severity: 'high',
  effort: 'small',
  gap: {
    id: 'webhook-unverified',
    title: {
      fr: 'Webhook accepté sans vérifier sa signature',
      en: 'Webhook taken without verifying its signature',
    },
    remedy: {
      fr: 'Recalculer la signature sur le corps brut avec le secret partagé, comparer en temps constant, et refuser sinon.',
      en: 'Compute the signature anew on the raw body with the shared secret, compare in constant time, and refuse otherwise.',
    },
  },
  rules: ['webhook-signature-unchecked'],
  answer: ({ estate }) => {
    const hooks = estate.artifacts.workers.flatMap(({ webhooks }) => webhooks);
    if (hooks.length === 0)
      return cannotTell({
        fr: 'Aucun webhook n’a été reconnu\u00a0; seul le code des Workers est lu.',
        en: 'No webhook was recognised; only the code of Workers is read.',
      });
    const names = (list: typeof hooks) => codes(new Set(list.map(({ path }) => path)));
    const open = hooks.filter(({ isVerified }) => isVerified === false);
    if (open.length > 0) {
      const note: Text = {
        fr: `Aucune vérification n’a été vue pour ${names(open).fr}.`,
        en: `No verification was seen for ${names(open).en}.`,
      };
      const evidence = few(open.map((one) => one.at));
      return open.length < hooks.length ? partial(note, evidence) : no(note, evidence);
    }
    return hooks.every(({ isVerified }) => isVerified === true)
      ? yes(
          { fr: `Vérifiée pour ${names(hooks).fr}.`, en: `Verified for ${names(hooks).en}.` },
          few(hooks.map((one) => one.at)),
        )
      : unseen('webhooks-verified', {
          fr: `Le code qui vérifierait ${names(hooks).fr} n’a pas été lu en entier.`,
          en: `The code that would verify ${names(hooks).en} was not read in full.`,
        });
  },
};

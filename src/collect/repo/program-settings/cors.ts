import type { ProgramSettings } from '#model/settings.ts';
import { type Call, type Code, type Expression, option, pathOf, textsOf } from './code.ts';
import type { KnownSettings } from './known-settings.ts';
import type { Spot } from './meaning.ts';
import type { Resolver } from './resolve.ts';
import type { Sources } from './sources.ts';

type Cors = ProgramSettings['cors'][number];

interface Library {
  /** The names of its options. */
  origins: readonly string[];
  credentials: readonly string[];
  /** With credentials it answers any origin with that origin, where others answer `*`, which browsers then refuse. */
  reflectsAny: boolean;
  /** Origins where none are given. */
  otherwise?: '*';
}

const STARLETTE: Library = {
  origins: ['allow_origins'],
  credentials: ['allow_credentials'],
  reflectsAny: true,
};
const LIBRARIES: readonly [RegExp, Library][] = [
  [/^(?:fastapi|starlette)\.middleware\.cors\.CORSMiddleware$/, STARLETTE],
  [
    /^(?:flask|quart)_cors\.(?:CORS|cors|cross_origin)$/,
    {
      origins: ['origins', 'allow_origin'],
      credentials: ['supports_credentials', 'allow_credentials'],
      reflectsAny: true,
      otherwise: '*',
    },
  ],
  [
    /^(?:cors|@fastify\/cors|@koa\/cors|fastify-cors)$/,
    { origins: ['origin'], credentials: ['credentials'], reflectsAny: false, otherwise: '*' },
  ],
  [
    /^github\.com\/gin-contrib\/cors\.(?:New|Config|Default)$/,
    { origins: ['AllowOrigins'], credentials: ['AllowCredentials'], reflectsAny: false },
  ],
  [
    /^github\.com\/(?:rs\/cors|go-chi\/cors)\.(?:New|Handler|Options)$/,
    { origins: ['AllowedOrigins'], credentials: ['AllowCredentials'], reflectsAny: false },
  ],
];
const MOST = 50;

/** Lists of origins that a program lets in, as the libraries that it uses are given them. */
export function corsOf(
  codes: readonly Code[],
  sources: Sources,
  resolver: Resolver,
  settings: KnownSettings,
): Cors[] {
  const found: Cors[] = [];
  for (const code of codes) {
    if (!/cors/i.test(code.text)) continue;
    for (const { call, fn } of code.calls) {
      const spot = { code, fn };
      const library = libraryOf(call, spot, resolver);
      if (library && found.length < MOST) found.push(...ofCall(call, library, spot, sources, settings));
    }
    // options that are written as a value of their own: `cors.Config{…}`
    for (const { value, fn } of code.assignments)
      if (value?.is === 'call' && code.language === 'go' && /Config$|Options$/.test(value.path)) {
        const library = libraryOf(value, { code, fn }, resolver);
        if (library && value.keywords.size > 0)
          found.push(...ofCall(value, library, { code, fn }, sources, settings));
      }
    found.push(...ofDjango(code, sources, resolver, settings), ...ofNest(code, sources, settings));
  }
  return found
    .filter(
      ({ at }, index) =>
        found.findIndex((one) => one.at.file === at.file && one.at.line === at.line) === index,
    )
    .slice(0, MOST);
}

function libraryOf(call: Call, spot: Spot, resolver: Resolver): Library | undefined {
  // `app.add_middleware(CORSMiddleware, …)`, `app.register(cors, …)`
  const given = /(?:^|\.)(?:add_middleware|Middleware|register)$/.test(call.path)
    ? call.args[0]
    : call.callee;
  if (!given || !/cors/i.test(pathOf(given))) return undefined;
  const meaning = resolver.meaning(given, spot);
  return meaning?.is === 'external'
    ? LIBRARIES.find(([pattern]) => pattern.test(meaning.path))?.[1]
    : undefined;
}

function ofCall(call: Call, library: Library, spot: Spot, sources: Sources, settings: KnownSettings): Cors[] {
  // what is given under a name of its own: `cors(options)`
  const named = call.args.find(({ is }) => is === 'name');
  const options = named && spot.code.language === 'javascript' ? settings.otherwise(named, spot) : undefined;
  // `cors.New(cors.Config{…})`
  const literal =
    spot.code.language === 'go'
      ? call.args.find((one) => one.is === 'call' && one.keywords.size > 0)
      : undefined;
  const optionsCall: Call =
    literal?.is === 'call' ? literal : options?.is === 'object' ? { ...call, args: [options] } : call;
  if (named && spot.code.language === 'javascript' && !options && call.args.length === 1) return [];
  const origins = option(optionsCall, ...library.origins);
  const given = option(optionsCall, ...library.credentials);
  const value = settings.otherwise(given, spot);
  const credentials = given === undefined ? false : value?.is === 'value' ? value.value === true : undefined;
  const at = sources.at(spot.code, call.from);
  if (!origins) {
    if (library.otherwise === undefined || optionsCall.keywords.has('resources') || call.isOpen) return [];
    return [entry('any', ['*'], credentials, library, at)];
  }
  return [ofOrigins(origins, credentials, library, spot, at, settings)];
}

function ofOrigins(
  origins: Expression,
  credentials: boolean | undefined,
  library: Library,
  spot: Spot,
  at: Cors['at'],
  settings: KnownSettings,
): Cors {
  const setting = settings.of(origins, spot);
  const value = settings.otherwise(origins, spot);
  const texts = value && textsOf(value);
  if (setting) {
    const own = entry('setting', texts ?? [], credentials, library, at);
    return { ...own, policy: 'setting', setting: setting.name };
  }
  if (value?.is === 'value' && value.value === true) return entry('reflected', [], credentials, library, at);
  if (texts) return entry(texts.includes('*') ? 'any' : 'list', texts, credentials, library, at);
  return entry('list', [], credentials, library, at);
}

function entry(
  policy: Cors['policy'],
  origins: readonly string[],
  credentials: boolean | undefined,
  library: Library,
  at: Cors['at'],
): Cors {
  return {
    policy: policy === 'any' && credentials === true && library.reflectsAny ? 'reflected' : policy,
    origins: origins.slice(0, 50).map((one) => one.slice(0, 200)),
    ...(credentials !== undefined && { credentials }),
    at,
  };
}

const DJANGO: Library = { origins: [], credentials: [], reflectsAny: true };

/** django-cors-headers: settings of the module. https://github.com/adamchainz/django-cors-headers */
function ofDjango(code: Code, sources: Sources, resolver: Resolver, settings: KnownSettings): Cors[] {
  if (code.language !== 'python' || !/\bCORS_/.test(code.text)) return [];
  const last = (pattern: RegExp) =>
    code.assignments.filter(({ target, fn }) => fn === undefined && pattern.test(target)).at(-1);
  const all = last(/^CORS_(?:ALLOW_ALL_ORIGINS|ORIGIN_ALLOW_ALL)$/);
  const list = last(/^CORS_(?:ALLOWED_ORIGINS|ORIGIN_WHITELIST)$/);
  const allowed = last(/^CORS_ALLOW_CREDENTIALS$/)?.value;
  const value = allowed && resolver.constant(allowed, { code });
  const credentials =
    allowed === undefined ? false : value?.is === 'value' ? value.value === true : undefined;
  const open = all?.value && resolver.constant(all.value, { code });
  if (all && open?.is === 'value' && open.value === true)
    return [entry('any', ['*'], credentials, DJANGO, sources.at(code, all.from))];
  return list?.value
    ? [ofOrigins(list.value, credentials, DJANGO, { code }, sources.at(code, list.from), settings)]
    : [];
}

/** `app.enableCors({…})`, `NestFactory.create(AppModule, { cors: true })`. */
function ofNest(code: Code, sources: Sources, settings: KnownSettings): Cors[] {
  if (code.language !== 'javascript') return [];
  const library: Library = {
    origins: ['origin'],
    credentials: ['credentials'],
    reflectsAny: false,
    otherwise: '*',
  };
  return code.calls.flatMap(({ call, fn }): Cors[] => {
    if (/\.enableCors$/.test(call.path)) return ofCall(call, library, { code, fn }, sources, settings);
    const cors = /^NestFactory\.create$/.test(call.path) ? option(call, 'cors') : undefined;
    return cors?.is === 'value' && cors.value === true
      ? [entry('any', ['*'], false, library, sources.at(code, cors.from))]
      : [];
  });
}

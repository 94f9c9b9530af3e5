import type { ProxyMiddleware } from '#model/proxy.ts';
import type { Option } from './option.ts';
import { plainUrl } from './static.ts';

/** Spelled as Traefik spells them. Traefik, “HTTP middlewares”, “TCP middlewares”. */
const TYPES = new Map(
  `addPrefix basicAuth buffering chain circuitBreaker compress contentType digestAuth errors forwardAuth grpcWeb headers
   inFlightReq inFlightConn ipAllowList ipWhiteList passTLSClientCert plugin rateLimit redirectRegex redirectScheme
   replacePath replacePathRegex retry stripPrefix stripPrefixRegex encodedCharacters`
    .split(/\s+/)
    .map((name) => [name.toLowerCase(), name]),
);

/** The settings that are kept, by type: none of them can hold what lets in. Others are named nowhere. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  addPrefix: ['prefix'],
  basicAuth: ['usersFile', 'removeHeader'],
  digestAuth: ['usersFile', 'removeHeader'],
  chain: ['middlewares'],
  errors: ['status', 'service', 'query'],
  forwardAuth: ['address', 'trustForwardHeader'],
  inFlightReq: ['amount'],
  inFlightConn: ['amount'],
  ipAllowList: ['sourceRange'],
  ipWhiteList: ['sourceRange'],
  rateLimit: ['average', 'burst', 'period'],
  redirectRegex: ['regex', 'replacement', 'permanent'],
  redirectScheme: ['scheme', 'port', 'permanent'],
  replacePath: ['path'],
  replacePathRegex: ['regex', 'replacement'],
  retry: ['attempts'],
  stripPrefix: ['prefixes'],
  stripPrefixRegex: ['regex'],
  headers: [
    'sslRedirect',
    'forceSTSHeader',
    'stsSeconds',
    'stsIncludeSubdomains',
    'stsPreload',
    'frameDeny',
    'contentTypeNosniff',
    'browserXssFilter',
    'accessControlAllowOriginList',
    'accessControlAllowMethods',
    'accessControlAllowCredentials',
  ],
};
const LISTS = new Set([
  'middlewares',
  'sourceRange',
  'status',
  'prefixes',
  'regex',
  'accessControlAllowOriginList',
  'accessControlAllowMethods',
]);
/** What the API says of a middleware beside its type. */
const SAID_OF_IT = new Set(['name', 'provider', 'type', 'status', 'usedby', 'error']);
const LONGEST_SETTING = 300;
const MOST_ITEMS = 200;

/** A middleware without its users, tokens and headers: only what it does to requests is kept. */
export function middlewareOf(name: string, option: Option, provider: string): ProxyMiddleware {
  const found = option.entries.find(([key]) => TYPES.has(key.toLowerCase()));
  const spelled = found && (TYPES.get(found[0].toLowerCase()) ?? '');
  const plugin = spelled === 'plugin' ? found?.[1].entries[0]?.[0] : undefined;
  const own = option.entries.find(([key]) => !SAID_OF_IT.has(key.toLowerCase()))?.[0];
  const type = plugin === undefined ? (spelled ?? own ?? 'unknown') : `plugin:${plugin}`;
  return {
    name,
    provider,
    type,
    settings: found && plugin === undefined ? settingsOf(type, found[1]) : {},
    errors: [],
    at: option.at,
  };
}

function settingsOf(type: string, option: Option): ProxyMiddleware['settings'] {
  const settings: ProxyMiddleware['settings'] = {};
  for (const name of KEPT[type] ?? []) {
    const one = option.get(name);
    if (!one.exists) continue;
    const isList = LISTS.has(name) && !(type === 'redirectRegex' || type === 'replacePathRegex');
    if (isList) settings[name] = one.texts.slice(0, MOST_ITEMS).map(shown);
    else if (one.flag !== undefined && !/^[01]$/.test(one.text ?? '')) settings[name] = one.flag;
    else if (one.number !== undefined) settings[name] = one.number;
    else if (one.text !== undefined) settings[name] = shown(one.text);
  }
  const users = option.get('users');
  // how many may come in, never who
  if ((type === 'basicAuth' || type === 'digestAuth') && users.exists) settings.users = users.texts.length;
  return settings;
}

const shown = (text: string): string => plainUrl(text).slice(0, LONGEST_SETTING);

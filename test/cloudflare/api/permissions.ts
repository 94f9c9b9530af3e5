/**
 * Where a permission group applies, by its name: API token permissions,
 * https://developers.cloudflare.com/fundamentals/api/reference/permissions/
 */
export type Scope = 'user' | 'account' | 'zone';

const USER = new Set(['API Tokens Read', 'Memberships Read', 'User Details Read']);
const ZONE = new Set([
  'Cache Rules Read',
  'Config Rules Read',
  'Custom Error Rules Read',
  'DNS Read',
  'Email Routing Rules Read',
  'Health Checks Read',
  'HTTP DDoS Managed Ruleset Read',
  'Logs Read',
  'Managed Headers Read',
  'Origin Rules Read',
  'Response Compression Read',
  'Sanitize Read',
  'Single Redirect Read',
  'SSL and Certificates Read',
  'Transform Rules Read',
  'Workers Routes Read',
  'Zone Read',
  'Zone Settings Read',
  'Zone WAF Read',
]);

/** `Edit` and `Write` are two names of one thing, and include reading. */
export const reading = (name: string): string => name.replace(/ (?:Edit|Write)$/, ' Read');

export const scopeOf = (name: string): Scope =>
  USER.has(reading(name)) ? 'user' : ZONE.has(reading(name)) ? 'zone' : 'account';

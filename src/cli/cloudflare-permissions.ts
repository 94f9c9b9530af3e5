import type { CloudflareCollector } from '#collect/cloudflare/cloudflare-collector.ts';
import type { Language } from '#model/text.ts';

/** One group of permissions that is to be ticked when a token is made. */
export interface TokenPermission {
  /** As Cloudflare names it: `D1 Read`. */
  permission: string;
  /** Under which heading it stands where tokens are made. */
  scope: 'account' | 'zone' | 'user';
  /** The products that are read with it, by the collector's id. */
  products: string[];
  /** The reads that it opens. */
  reads: string[];
}

const SCOPES = ['account', 'zone', 'user'] as const;
const scopeOf = (path: string): TokenPermission['scope'] =>
  path.startsWith('/zones') ? 'zone' : path.startsWith('/user') ? 'user' : 'account';

/** The least that an audit needs to be allowed, by scope and name; what every token may ask is left out. */
export function tokenPermissions(
  collectors: readonly Pick<CloudflareCollector, 'id' | 'permissions'>[],
  more: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): TokenPermission[] {
  const all = [...collectors, ...Object.entries(more).map(([id, permissions]) => ({ id, permissions }))];
  const found = new Map<string, TokenPermission>();
  for (const { id, permissions } of all)
    for (const [path, permission] of Object.entries(permissions)) {
      if (permission === '') continue;
      const scope = scopeOf(path);
      const one = found.get(`${scope} ${permission}`) ?? { permission, scope, products: [], reads: [] };
      found.set(`${scope} ${permission}`, one);
      if (!one.products.includes(id)) one.products.push(id);
      one.reads.push(`GET ${path}`);
    }
  return [...found.values()].sort(
    (a, b) => SCOPES.indexOf(a.scope) - SCOPES.indexOf(b.scope) || (a.permission < b.permission ? -1 : 1),
  );
}

const HEADS: Record<TokenPermission['scope'], Record<Language, string>> = {
  account: { fr: 'Compte', en: 'Account' },
  zone: { fr: 'Zone (toutes les zones du compte)', en: 'Zone (all zones of the account)' },
  user: {
    fr: 'Utilisateur (pour un jeton d’utilisateur seulement)',
    en: 'User (for a token of a user only)',
  },
};

/** What to tick, for people: each permission with what is read with it. */
export function permissionsText(permissions: readonly TokenPermission[], lang: Language): string {
  const width = Math.max(...permissions.map(({ permission }) => permission.length)) + 2;
  const lines = SCOPES.flatMap((scope) => {
    const own = permissions.filter((one) => one.scope === scope);
    return own.length === 0
      ? []
      : [
          HEADS[scope][lang],
          ...own.map((one) => `  ${one.permission.padEnd(width)}${one.products.join(', ')}`),
        ];
  });
  return `${lines.join('\n')}\n`;
}

/** How a function of a package checks a token, or only reads it. */
export interface TokenFunction {
  package: RegExp;
  /** The name it is exported under; `default` where the package itself is called. */
  name: RegExp;
  does: 'verify' | 'decode';
  /** Which argument its options are. */
  options?: number;
  /** What its options call what is checked. */
  keys?: { algorithms: string; issuer: string; audience: string; within?: string };
  /** What it checks without being told. */
  own?: { issuer?: true; audience?: true };
  /** It looks at `exp`, where there is one. */
  hasExpiry?: boolean;
  /** The algorithm where none is named. */
  algorithm?: string;
  /** It gives a promise: without `await` it is neither true nor false. */
  isAsync?: boolean;
  /** It tells by its result, and throws nothing: `true` here names the option that makes it throw. */
  tellsByResult?: string;
}

const LONG = { algorithms: 'algorithms', issuer: 'issuer', audience: 'audience' };
const SHORT = { algorithms: 'alg', issuer: 'iss', audience: 'aud' };

/** From the documentation of each package, as of 2026. */
export const TOKEN_FUNCTIONS: readonly TokenFunction[] = [
  {
    package: /^jose(?:$|[/@-])/,
    name: /^(?:jwtVerify|default\.jwtVerify)$/,
    does: 'verify',
    options: 2,
    keys: LONG,
    hasExpiry: true,
    isAsync: true,
  },
  {
    package: /^jose(?:$|[/@-])/,
    name: /^(?:compact|flattened|general)Verify$/,
    does: 'verify',
    options: 2,
    keys: LONG,
    isAsync: true,
  },
  { package: /^jose(?:$|[/@-])/, name: /^(?:default\.)?decodeJwt$/, does: 'decode' },
  {
    package: /^@tsndr\/cloudflare-worker-jwt/,
    name: /^(?:default\.)?verify$/,
    does: 'verify',
    options: 2,
    keys: { algorithms: 'algorithm', issuer: 'issuer', audience: 'audience' },
    hasExpiry: true,
    algorithm: 'HS256',
    isAsync: true,
    tellsByResult: 'throwError',
  },
  { package: /^@tsndr\/cloudflare-worker-jwt/, name: /^(?:default\.)?decode$/, does: 'decode' },
  {
    package: /^jsonwebtoken$/,
    name: /^(?:default\.)?verify$/,
    does: 'verify',
    options: 2,
    keys: LONG,
    hasExpiry: true,
  },
  { package: /^jsonwebtoken$/, name: /^(?:default\.)?decode$/, does: 'decode' },
  {
    package: /^hono\/(?:utils\/)?jwt(?:$|\/)/,
    name: /^(?:Jwt\.)?verify$/,
    does: 'verify',
    options: 2,
    keys: SHORT,
    hasExpiry: true,
    isAsync: true,
  },
  {
    package: /^hono\/jwt$/,
    name: /^jwt$/,
    does: 'verify',
    options: 0,
    keys: { ...SHORT, within: 'verification' },
    hasExpiry: true,
    algorithm: 'HS256',
  },
  {
    package: /^hono\/jwk$/,
    name: /^jwk$/,
    does: 'verify',
    options: 0,
    keys: { ...SHORT, within: 'verification' },
    hasExpiry: true,
  },
  { package: /^hono\/(?:utils\/)?jwt(?:$|\/)/, name: /^(?:Jwt\.)?decode$/, does: 'decode' },
  {
    package: /^@cfworker\/jwt$/,
    name: /^parseJwt$/,
    does: 'verify',
    options: 0,
    keys: LONG,
    hasExpiry: true,
    isAsync: true,
  },
  {
    package: /^@cloudflare\/pages-plugin-cloudflare-access/,
    name: /^default$/,
    does: 'verify',
    own: { issuer: true, audience: true },
    hasExpiry: true,
    algorithm: 'RS256',
  },
  { package: /^jwt-decode$/, name: /^(?:default|jwtDecode|jwt_decode)$/, does: 'decode' },
];

export const tokenFunction = (from: { package: string; name: string }): TokenFunction | undefined =>
  TOKEN_FUNCTIONS.find(({ package: own, name }) => own.test(from.package) && name.test(from.name));

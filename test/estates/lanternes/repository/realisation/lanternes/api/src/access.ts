import type { Env } from './env';

interface Claims {
  aud: string[];
  email: string;
  exp: number;
}

interface Jwk extends JsonWebKey {
  kid: string;
}

// Une heure : Access fait tourner ses clés toutes les six semaines.
const JWKS_TTL = 60 * 60 * 1000;
let jwks: { keys: Jwk[]; at: number } | undefined;

async function keysOf(team: string): Promise<Jwk[]> {
  if (jwks && Date.now() - jwks.at < JWKS_TTL) return jwks.keys;
  const response = await fetch(`https://${team}/cdn-cgi/access/certs`);
  const { keys } = (await response.json()) as { keys: Jwk[] };
  jwks = { keys, at: Date.now() };
  return keys;
}

function decode(part: string): Uint8Array {
  const text = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function json<T>(part: string): T {
  return JSON.parse(new TextDecoder().decode(decode(part))) as T;
}

/** L’apprenant, si son jeton Access est valable ; sinon `null`. */
export async function verifyAccess(request: Request, env: Env): Promise<Claims | null> {
  const token = request.headers.get('Cf-Access-Jwt-Assertion');
  if (!token) return null;
  const [header, payload, signature] = token.split('.');
  if (!header || !payload || !signature) return null;

  const { alg, kid } = json<{ alg: string; kid: string }>(header);
  if (alg !== 'RS256') return null;
  const jwk = (await keysOf(env.ACCESS_TEAM)).find((key) => key.kid === kid);
  if (!jwk) return null;

  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
  const signed = new TextEncoder().encode(`${header}.${payload}`);
  const isValid = await crypto.subtle.verify(algorithm, key, decode(signature), signed);
  if (!isValid) return null;

  const claims = json<Claims>(payload);
  if (claims.exp * 1000 < Date.now()) return null;
  if (!claims.aud.includes(env.ACCESS_AUD)) return null;
  return claims;
}

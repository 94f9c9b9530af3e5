import type { Env } from './env';

const encode = (text: string) => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Une adresse de Stream, signée pour deux heures. */
export async function signedUrl(video: string, env: Env): Promise<string> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const jwk = JSON.parse(atob(env.VIDEO_SIGNING_KEY)) as JsonWebKey;
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign']);
  const header = encode(JSON.stringify({ alg: 'RS256', kid: env.VIDEO_SIGNING_KEY_ID }));
  const payload = encode(JSON.stringify({ sub: video, exp: Math.floor(Date.now() / 1000) + 7200 }));
  const signature = await crypto.subtle.sign(
    algorithm,
    key,
    new TextEncoder().encode(`${header}.${payload}`),
  );
  const bytes = String.fromCharCode(...new Uint8Array(signature));
  return `https://customer-lanternes.cloudflarestream.com/${header}.${payload}.${encode(bytes)}/manifest/video.m3u8`;
}

import type { Env } from './env';
import { thank } from './mail';

export async function isSigned(body: string, signature: string, secret: string): Promise<boolean> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, [
    'verify',
  ]);
  const bytes = Uint8Array.from(atob(signature), (character) => character.charCodeAt(0));
  return await crypto.subtle.verify('HMAC', key, bytes, new TextEncoder().encode(body));
}

/** Le formulaire d’inscription nous appelle ici. */
export async function handleForm(request: Request, env: Env): Promise<Response> {
  const body = await request.text();
  const signature = request.headers.get('X-Form-Signature') ?? '';
  if (!(await isSigned(body, signature, env.FORM_WEBHOOK_SECRET))) {
    return new Response('signature', { status: 401 });
  }
  const { email, course } = JSON.parse(body) as { email: string; course: string };
  await env.DB.prepare('INSERT INTO enrolment (email, course) VALUES (?, ?)').bind(email, course).run();
  await thank(email, env);
  return new Response(null, { status: 204 });
}

import type { Env } from './env';

const TEN_MEGABYTES = 10 * 1024 * 1024;

export async function handIn(request: Request, lesson: string, email: string, env: Env): Promise<Response> {
  const length = Number(request.headers.get('Content-Length') ?? 0);
  if (!request.body || length === 0 || length > TEN_MEGABYTES) return new Response('size', { status: 413 });
  const key = `${lesson}/${email}/${Date.now()}`;
  await env.UPLOADS.put(key, request.body, {
    httpMetadata: { contentType: request.headers.get('Content-Type') ?? 'application/octet-stream' },
  });
  await env.DB.prepare('INSERT INTO hand_in (lesson, email, object) VALUES (?, ?, ?)')
    .bind(lesson, email, key)
    .run();
  return Response.json({ key }, { status: 201 });
}

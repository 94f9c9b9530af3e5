import type { Env } from './env';
import { signedUrl } from './video';

const ONE_HOUR = 3600;

export async function listCourses(env: Env): Promise<Response> {
  const cached = await env.CACHE.get('courses');
  if (cached) return new Response(cached, { headers: { 'Content-Type': 'application/json' } });
  const { results } = await env.DB.prepare('SELECT id, title FROM course ORDER BY title').all();
  const text = JSON.stringify(results);
  await env.CACHE.put('courses', text, { expirationTtl: ONE_HOUR });
  return new Response(text, { headers: { 'Content-Type': 'application/json' } });
}

export async function getLesson(course: string, lesson: string, env: Env): Promise<Response> {
  const found = await env.DB.prepare('SELECT title, video FROM lesson WHERE course = ? AND id = ?')
    .bind(course, lesson)
    .first<{ title: string; video: string }>();
  if (!found) return new Response('not found', { status: 404 });
  return Response.json({ title: found.title, video: await signedUrl(found.video, env) });
}

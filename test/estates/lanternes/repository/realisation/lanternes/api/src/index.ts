import { verifyAccess } from './access';
import { corsHeaders } from './cors';
import { getLesson, listCourses } from './courses';
import type { Env } from './env';
import { handIn } from './uploads';
import { handleForm } from './webhook';

async function route(request: Request, env: Env): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === '/health') return Response.json({ ok: true, environment: env.ENVIRONMENT });
  if (pathname === '/webhooks/form' && request.method === 'POST') return handleForm(request, env);

  const learner = await verifyAccess(request, env);
  if (!learner) return new Response('unauthorized', { status: 401 });

  if (pathname === '/v1/courses') return listCourses(env);
  const [, version, what, course, lesson] = pathname.split('/');
  if (version !== 'v1' || what !== 'courses' || !course || !lesson) {
    return new Response('not found', { status: 404 });
  }
  if (request.method === 'POST') return handIn(request, `${course}/${lesson}`, learner.email, env);
  return getLesson(course, lesson, env);
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const cors = corsHeaders(request);
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: cors });
    const response = await route(request, env);
    const headers = new Headers(response.headers);
    for (const [name, value] of Object.entries(cors)) headers.set(name, value);
    return new Response(response.body, { status: response.status, headers });
  },

  // Chaque nuit : le cache des parcours repart de la base.
  async scheduled(_event: ScheduledController, env: Env): Promise<void> {
    await env.CACHE.delete('courses');
  },
} satisfies ExportedHandler<Env>;

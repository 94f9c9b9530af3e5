interface Env {
  ASSETS: Fetcher;
  API_ORIGIN: string;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (!pathname.startsWith('/api/')) return env.ASSETS.fetch(request);
    // Le jeton qu’Access a posé accompagne l’appel : l’API le vérifie.
    return fetch(new Request(`${env.API_ORIGIN}${pathname.slice(4)}${search}`, request));
  },
} satisfies ExportedHandler<Env>;

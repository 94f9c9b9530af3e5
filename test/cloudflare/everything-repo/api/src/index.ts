interface Env {
  PAYMENT_KEY: string;
  SEARCH_TOKEN: string;
}

/** What somebody has put in a cart. */
export class Cart {}

export default {
  fetch: (_: Request, env: Env) => new Response(String(Boolean(env.PAYMENT_KEY && env.SEARCH_TOKEN))),
};

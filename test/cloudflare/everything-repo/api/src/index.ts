import { DurableObject } from 'cloudflare:workers';

interface Env {
  PAYMENT_KEY: string;
  SEARCH_TOKEN: string;
}

export class Cart extends DurableObject {}

export default {
  fetch: (_: Request, env: Env) => new Response(String(Boolean(env.PAYMENT_KEY && env.SEARCH_TOKEN))),
};

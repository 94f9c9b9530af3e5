import { shellQuote } from '#lib/shell-quote.ts';
import type { Json } from '#model/fact.ts';

const API = 'https://api.cloudflare.com/client/v4';

/**
 * A command for Cloudflare's API; the token stands in the environment, as for Wrangler.
 * @param path from the version of the API on: what an observed resource has as its id
 */
export const apiCommand = (
  path: string,
  method: 'GET' | 'PATCH' | 'POST' | 'PUT' = 'GET',
  body?: Json,
): string =>
  [
    'curl --fail --silent',
    ...(method === 'GET' ? [] : [`--request ${method}`]),
    '--header "Authorization: Bearer $CLOUDFLARE_API_TOKEN"',
    ...(body === undefined
      ? []
      : [`--header 'Content-Type: application/json' --data ${shellQuote(JSON.stringify(body))}`]),
    shellQuote(`${API}${path}`),
  ].join(' ');

import type { Credential, Run } from '#model/workflow.ts';

/** Providers that trust the token of a run, so that no key has to be kept. */
export const WITH_OIDC: ReadonlyMap<string, string> = new Map([
  ['aws', 'AWS'],
  ['azure', 'Azure'],
  ['google', 'Google Cloud'],
]);
/** Storage that speaks the protocol of S3 elsewhere: it takes keys of the same names and knows no OIDC. */
const ELSEWHERE =
  /(^|_)(R2|SPACES|DO|DIGITALOCEAN|MINIO|B2|BACKBLAZE|WASABI|SCW|SCALEWAY|OVH|HETZNER|TIGRIS|CLOUDFLARE|CF|LINODE|VULTR|SUPABASE)(_|$)/;

/** A value that tests need and that opens nothing, as its name says. */
const DUMMY = /(^|_)(DUMMY|FAKE|MOCK|STUB|EXAMPLE)(_|$)/;

/** The long-lived keys of a run that a role assumed with its own token would replace. */
export const replaceableKeys = (run: Run): Credential[] =>
  run.credentials.filter(
    ({ provider, authentication, secrets }) =>
      WITH_OIDC.has(provider) &&
      authentication === 'static-keys' &&
      secrets.length > 0 &&
      !secrets.some((name) => ELSEWHERE.test(name) || DUMMY.test(name)) &&
      !(provider === 'aws' && isElsewhere(run)),
  );

/** Calls to another endpoint are not calls to AWS. */
function isElsewhere({ calls }: Run): boolean {
  const endpoints = calls.flatMap((call) => (call.tool === 'aws' ? [call.arguments['endpoint-url']] : []));
  return (
    endpoints.length > 0 &&
    endpoints.every((one) => one !== undefined && !String(one).includes('amazonaws.com'))
  );
}

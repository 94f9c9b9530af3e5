import type { Authentication } from '#model/workflow.ts';
import type { Session } from './session.ts';

/** Providers by the words that names of their credentials hold. First match wins. */
const PROVIDERS: readonly [RegExp, string][] = [
  [/(^|_)AWS(_|$)|^(ACCESS_KEY_ID|SECRET_ACCESS_KEY)$/i, 'aws'],
  [/CLOUDFLARE|(^|_)CF_|WRANGLER/i, 'cloudflare'],
  [/AZURE|^ARM_|(^|_)ACR(_|$)|(^|_)AKS(_|$)/i, 'azure'],
  [/GOOGLE|GCP|GCLOUD|GKE|FIREBASE/i, 'google'],
  [/DOCKER/i, 'docker'],
  [/KUBE/i, 'kubernetes'],
  [/SSH|DEPLOY_KEY|(^|_)HOST_KEY|(VPS|SERVER|EC2|DROPLET)_\w*(KEY|PASSW\w*)|^(VPS|SERVER|EC2)_?KEY/i, 'ssh'],
  [
    /GITHUB|(^|_)GH_|(^|_)GHCR|(^|_)PAT$|^PAT(_|$)|^APP_PRIVATE_KEY|_APP_PRIVATE_KEY|RELEASE_PLEASE/i,
    'github',
  ],
  [/VERCEL/i, 'vercel'],
  [/NETLIFY/i, 'netlify'],
  [/HEROKU/i, 'heroku'],
  [/(^|_)FLY(_|$)/i, 'fly'],
  [/DIGITALOCEAN|(^|_)DO_/i, 'digitalocean'],
  [/(^|_)NPM_|NODE_AUTH/i, 'npm'],
  [/PYPI|TWINE/i, 'pypi'],
];
/** Names that say what a secret opens. */
const CREDENTIAL =
  /key|token|passw|secret|credential|private|kubeconfig|kube_config|_pat$|^pat$|service_?account|creds|azure|gcp/i;
/** Secrets that belong to the application, or that are none: they authenticate no run. */
const NOT_THE_RUN =
  /smtp|mail|postgres|mysql|mongo|redis|database|(^|_)db_|superuser|jwt|session|^secret_key|django|next_?auth|nextauth|encryption|role|_arn|bucket|region|account_id|_host$|_user(name)?$|_port$|app_?id$|(client|tenant|subscription|project|customer|workspace)_?id|public|profile|stripe|twilio|openai|anthropic|sendgrid|recaptcha|maps_|posthog|slack|discord|telegram|teams_|webhook|sentry_dsn|known_hosts|(^|_)(dummy|fake|mock|example)(_|$)/i;

/** The provider whose credential a name is, by the name alone. */
export function providerOf(name: string): string {
  const known = PROVIDERS.find(([words]) => words.test(name))?.[1];
  return known ?? (name.split('_')[0] ?? name).toLowerCase();
}

/** Whether a secret's name says that it authenticates the run itself, not the application that is deployed. */
export const isCredentialName = (name: string): boolean => CREDENTIAL.test(name) && !NOT_THE_RUN.test(name);

/** Variables of the environment by which tools present themselves. */
const TOOL_VARIABLE =
  /^(AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|(CLOUDFLARE|CF)_(API_TOKEN|API_KEY|TOKEN)|ARM_CLIENT_SECRET|AZURE_(CREDENTIALS|CLIENT_SECRET)|GOOGLE_(CREDENTIALS|APPLICATION_CREDENTIALS)|GCP_SA_KEY|DOCKER(HUB)?_(PASSWORD|TOKEN)|KUBE_?CONFIG(_DATA)?|FLY_(API|ACCESS)_TOKEN|VERCEL_TOKEN|NETLIFY_AUTH_TOKEN|HEROKU_API_KEY|DIGITALOCEAN_(ACCESS_)?TOKEN|NODE_AUTH_TOKEN|NPM_TOKEN|(GH|GITHUB)_(TOKEN|PAT)|PULUMI_ACCESS_TOKEN|TF_API_TOKEN|TF_TOKEN_\w+|SSH_PRIVATE_KEY|TWINE_PASSWORD|RAILWAY_TOKEN|SUPABASE_ACCESS_TOKEN|EXPO_TOKEN)$/;

/** A variable was set: where tools present themselves by it and a secret stands in it, that is a credential. */
export function noteVariable(session: Session, name: string, value: string): void {
  if (!TOOL_VARIABLE.test(name)) return;
  if (session.secretsIn(value).length) session.credential(providerOf(name), 'static-keys', [value]);
}

/** Credentials that only the names of the secrets tell: those that no model and no variable accounted for. */
export function noteRemainingSecrets(session: Session): void {
  const accounted = new Set(session.credentials.flatMap((credential) => credential.secrets));
  for (const [name, place] of session.secrets) {
    if (accounted.has(name) || !isCredentialName(name)) continue;
    // a run that assumes a role reads such a name for something else: it writes the application's settings
    const provider = providerOf(name);
    if (session.credentials.some((one) => one.provider === provider && one.authentication === 'oidc'))
      continue;
    session.credentials.push({
      provider,
      authentication: 'static-keys',
      secrets: [name],
      ...place,
    });
  }
}

/** How the run as a whole authenticates: a role assumed with its own token counts before any key. */
export function authenticationOf(session: Session): { auth: Authentication; role?: string } {
  const kinds = new Set(session.credentials.map((credential) => credential.authentication));
  const auth =
    (['oidc', 'static-keys', 'unknown', 'github-token'] as const).find((kind) => kinds.has(kind)) ?? 'none';
  const role = session.credentials.find((credential) => credential.role !== undefined)?.role;
  return { auth, ...(role !== undefined && { role: session.symbols.render(role) }) };
}

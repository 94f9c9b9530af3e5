import { defineAction } from './action.ts';

/** Logs in to Google Cloud with a service account's key, or with the run's own token. */
export const googleAuth = defineAction({
  names: ['google-github-actions/auth', 'google-github-actions/setup-gcloud'],
  common: true,
  run(given, session) {
    const account = given('service_account');
    const key = given('credentials_json') || given('service_account_key');
    if (given('workload_identity_provider'))
      session.credential(
        'google',
        'oidc',
        [account, given('workload_identity_provider')],
        account || undefined,
      );
    else if (key) session.credential('google', 'static-keys', [key]);
    return { outputs: { project_id: given('project_id') || session.symbols.of('Google project') } };
  },
});

import { defineAction } from './action.ts';

/** Logs in to Azure with a service principal's secret, or with the run's own token. */
export const azureLogin = defineAction({
  names: ['azure/login'],
  common: true,
  run(given, session) {
    const credentials = given('creds');
    if (credentials) session.credential('azure', 'static-keys', [credentials]);
    else
      session.credential(
        'azure',
        'oidc',
        [given('client-id'), given('tenant-id'), given('subscription-id')].filter(Boolean),
      );
    return undefined;
  },
});

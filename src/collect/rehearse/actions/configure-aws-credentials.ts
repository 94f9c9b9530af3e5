import { accountOf, defineAction } from './action.ts';

/** Assumes a role with the run's own token, or takes long-lived keys; later steps see the region and the session. */
export const configureAwsCredentials = defineAction({
  names: ['aws-actions/configure-aws-credentials'],
  run(given, session) {
    const role = given('role-to-assume');
    const keys = [given('aws-access-key-id'), given('aws-secret-access-key')].filter(Boolean);
    if (keys.length) session.credential('aws', 'static-keys', keys, role || undefined);
    else if (role) session.credential('aws', 'oidc', [role], role);
    const own = session.current.get('aws');
    if (own && role && given('role-chaining') === 'true') own.isChained = true;
    const region = given('aws-region');
    session.account = accountOf(role) ?? session.account;
    session.region = region || session.region;
    return {
      environment: {
        AWS_REGION: region,
        AWS_DEFAULT_REGION: region,
        AWS_ACCESS_KEY_ID: session.symbols.of('access key of the AWS session'),
        AWS_SECRET_ACCESS_KEY: session.symbols.of('secret of the AWS session'),
      },
      outputs: { 'aws-account-id': session.account ?? session.symbols.of('AWS account') },
    };
  },
});

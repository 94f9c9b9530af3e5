import { defineAction, linesOf } from './action.ts';

/** Logs Docker in to the account's registry, or to the public one, and puts out its host. */
export const amazonEcrLogin = defineAction({
  names: ['aws-actions/amazon-ecr-login'],
  async run(given, session) {
    const { symbols } = session;
    const region = session.region ?? (session.variable('AWS_REGION') || symbols.of('AWS region'));
    const accounts = linesOf(given('registries'));
    const hosts =
      given('registry-type') === 'public'
        ? ['public.ecr.aws']
        : (accounts.length ? accounts : [session.account ?? symbols.of('AWS account')]).map(
            (account) => `${account}.dkr.ecr.${region}.amazonaws.com`,
          );
    for (const host of hosts) await session.record(['docker', 'login', host]);
    const [registry = ''] = hosts;
    return { outputs: { registry: hosts.length === 1 ? registry : symbols.of('ECR registry') } };
  },
});

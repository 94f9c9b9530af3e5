import type { Session } from '../session.ts';
import { type ActionModel, defineAction, linesOf } from './action.ts';

/** Reads values out of AWS by name, as the command line would. A name with a star stands for several that are not said. */
async function read(session: Session, call: readonly string[], names: readonly string[]): Promise<void> {
  for (const name of names)
    if (name !== '' && !name.includes('*')) await session.record(['aws', ...call, name]);
}

/** Actions that put secrets and parameters of AWS into the environment of a job; their READMEs. */
export const awsValues: readonly ActionModel[] = [
  defineAction({
    names: ['aws-actions/aws-secretsmanager-get-secrets'],
    async run(given, session) {
      // `ALIAS, id`, or the id alone
      const ids = linesOf(given('secret-ids'), /\n/).map((line) => line.split(',').at(-1)?.trim() ?? '');
      await read(session, ['secretsmanager', 'get-secret-value', '--secret-id'], ids);
      return {};
    },
  }),
  defineAction({
    names: ['abhilash1in/aws-secrets-manager-action'],
    async run(given, session) {
      await read(session, ['secretsmanager', 'get-secret-value', '--secret-id'], linesOf(given('secrets')));
      return {};
    },
  }),
  defineAction({
    names: ['dkershner6/aws-ssm-getparameters-action'],
    async run(given, session) {
      const paths = linesOf(given('parameterPairs')).map((pair) => pair.split('=')[0]?.trim() ?? '');
      await read(session, ['ssm', 'get-parameter', '--name'], paths);
      return {};
    },
  }),
];

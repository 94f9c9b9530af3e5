import path from 'node:path';
import { audit } from '#audit.ts';
import { runProbe } from '#collect/readers/probe/run-probe.ts';
import { InputError } from '#lib/input-error.ts';
import { reportOf } from '#report/json.ts';
import { readConfiguration } from '#store/configuration.ts';
import { readLock } from '#store/lock.ts';
import { version } from '../version.ts';
import type { AccountOptions } from './account-options.ts';
import { type ActHooks, langOf, print } from './act-session.ts';
import { awsRequest } from './aws-options.ts';
import { clock } from './run-audit.ts';

/** How long each step of a proof that asks the network may take, in milliseconds. */
const TIMEOUT = 10_000;

/** What the commands that act do beside their account: they ask the network for proofs, and audit again after a run. */
export const actHooks = (options: AccountOptions): ActHooks => ({
  probe: async (check) => {
    const { milliseconds, ...told } = await runProbe(check, { timeout: TIMEOUT });
    return { ...told, ms: milliseconds };
  },
  afterRun: (plan) => audited(plan.audit, options),
});

type Before = Parameters<NonNullable<ActHooks['afterRun']>>[0]['audit'];

/** The same audit again, of the estate as it is now; undefined, and said, where it cannot be taken. */
async function audited({ estate, asked }: Before, options: AccountOptions) {
  if (!asked) return undefined;
  const lang = langOf(options);
  try {
    const root = path.resolve(asked.repository ? estate.path : '.');
    const config = await readConfiguration(root);
    const { profile, role, maxRate } = options;
    const account = {
      ...(profile !== undefined && { profile }),
      ...(role !== undefined && { role }),
      ...(maxRate !== undefined && { maxRate }),
    };
    const aws = awsRequest({ aws: true, region: asked.regions, ...account }, config);
    const { audit: result } = await audit({
      ...(asked.repository && { path: root }),
      shownAs: estate.path,
      name: estate.name,
      config,
      lock: readLock(root),
      lang,
      version,
      clock: clock(),
      ...(aws && { aws }),
      urls: asked.urls,
    });
    return reportOf(result);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    print([
      lang === 'fr'
        ? `L’audit n’a pas pu être repris\u00a0: ${error.message}`
        : `The audit could not be taken again: ${error.message}`,
    ]);
    return undefined;
  }
}

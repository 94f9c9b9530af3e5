import path from 'node:path';
import type { Measured } from '../measure.ts';

/** The region that is asked. */
export const REGION = 'us-east-1';
/** The regions in which the account holds anything: peers are asked for all of them. */
export const REGIONS = [REGION, 'eu-west-1', 'eu-west-3', 'us-west-2'];

/**
 * Leads a child that asks AWS to a server of ours, and to nothing else: what is asked of another host goes to the
 * server as to a proxy, which opens no tunnel.
 */
export const ledTo = (url: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  HTTP_PROXY: url,
  HTTPS_PROXY: url,
  http_proxy: url,
  https_proxy: url,
  NO_PROXY: '',
  no_proxy: '',
});

/** What asks, given the address of a server. */
export interface Asking {
  /** The least calls on bare HTTP. */
  floor(url: string): Measured;
  audit(url: string, regions?: readonly string[]): Measured;
  /** Where the audit's reports are. */
  out: string;
}

/** @param repository what is audited beside the account */
export function asking(root: string, repository: string, out: string): Asking {
  const command = [path.join(root, 'constat'), 'audit', repository, '--aws', '--no-lock', '--quiet'];
  return {
    out,
    floor: (url) => ({
      command: [process.execPath, path.join(import.meta.dirname, 'floor.ts'), REGION],
      environment: ledTo(url),
    }),
    audit: (url, regions = [REGION]) => ({
      command: [...command, ...regions.flatMap((region) => ['--region', region]), '--out', out],
      environment: ledTo(url),
      // services that moto lacks are not established
      accepts: [0, 3],
    }),
  };
}

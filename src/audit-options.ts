import type { AwsRequest } from '#collect/aws/collect-aws.ts';
import type { CloudflareRequest } from '#collect/cloudflare/collect-cloudflare.ts';
import type { HostRequest } from '#collect/readers/host/open-host.ts';
import type { GivenState } from '#collect/repo/given-states.ts';
import type { Audit } from '#model/audit.ts';
import type { Config } from '#model/config.ts';
import type { Profile } from '#model/maturity.ts';
import type { GivenTarget } from '#model/target.ts';
import type { Language } from '#model/text.ts';
import type { Lock } from '#store/lock.ts';

/** What an audit is asked for. */
export interface AuditOptions {
  /** The folder to audit, absolute; undefined: no repository is read, and URLs alone are followed. */
  path?: string;
  /** How the report writes it: as the user gave it. */
  shownAs: string;
  /** Where the report goes, absolute: what an earlier audit left there is not read. */
  out?: string;
  /** The estate's name where `constat.yaml` gives none. */
  name: string;
  config: Config;
  lock: Lock;
  lang: Language;
  version: string;
  /** What time it is; a fixed one gives the same bytes for the same tree. */
  clock: () => Date;
  /** The AWS account to read, where one is asked for. */
  aws?: AwsRequest;
  /** The Cloudflare accounts to read, where they are asked for. */
  cloudflare?: CloudflareRequest;
  /** The hosts to read, where some are asked for. */
  hosts?: readonly HostRequest[];
  /** URLs that are followed through the account. */
  urls?: readonly string[];
  /** Real requests are sent to the URLs too. */
  probe?: boolean;
  /** States and plans of Terraform that the user gave. */
  terraformStates?: readonly GivenState[];
  /** The domains of questions that are asked. */
  profile?: ProfileRequest;
  /** Told what is being done, for people who wait. */
  progress?: (stage: Stage, done?: number, total?: number) => void;
}

/** A profile that is asked for. */
export interface ProfileRequest {
  name: Profile;
  /** The target that the team wrote; undefined: the one that comes with Constat. */
  target?: GivenTarget;
  /** Where answers of people stand: the file as evidence names it, and the line of each. */
  answers: { file: string; lines: ReadonlyMap<string, number> };
  /** The JSON report of an audit, which a team's own questions ask. */
  reportOf: (audit: Audit) => unknown;
}

export type Stage =
  | 'list'
  | 'read'
  | 'rehearse'
  | 'secrets'
  | 'aws'
  | 'cloudflare'
  | 'host'
  | 'reconcile'
  | 'judge'
  | 'plan';

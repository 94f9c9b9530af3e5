import { parseArn } from '#lib/arn.ts';
import { environmentOf } from '#lib/environments.ts';
import type { Json, Kind } from '#model/fact.ts';
import { nameOfArn } from '../../repo/aws-names.ts';
import type { AwsScope } from '../aws-collector.ts';
import { lastPart } from '../parts.ts';
import { typeOfArn } from './arn-types.ts';

/** The most that is taken from one source in one region. */
export const MOST_HINTS = 20_000;

/** What every account has of a service from the start. */
const FROM_THE_START =
  /^(?:default(?:[.:].*)?|primary|AwsDataCatalog|DefaultConfiguration|CodeDeployDefault\..*)$/i;
const SAYS_ENVIRONMENT = /^(?:env|environment|stage)$/i;

let kinds: Promise<ReadonlySet<Kind>> | undefined;

/** The kinds that some collector lists: what these hold is known from their lists, and better. */
export function listedKinds(): Promise<ReadonlySet<Kind>> {
  kinds ??= import('../collectors.ts').then(async ({ awsCollectors }) => {
    const all = await Promise.all(awsCollectors.map((load) => load()));
    return new Set(all.flatMap((one) => one.kinds));
  });
  return kinds;
}

/** Something that a register of resources names. */
export interface Hint {
  arn: string;
  /** Its type in CloudFormation's words, where the register says it. */
  type?: string;
  tags?: Readonly<Record<string, string>>;
  /** The operation that told it. */
  operation: string;
  properties?: Record<string, Json | undefined>;
}

/**
 * Tells what a register names, where nothing else tells it. Registers lag behind: what is deleted stays in them for a
 * while. So they say nothing of the kinds that a collector lists, and nothing of what files declare, whose status must
 * not depend on them; and they prove no absence.
 */
export function hint(
  aws: AwsScope,
  listed: ReadonlySet<Kind>,
  { arn, type, tags = {}, ...rest }: Hint,
): void {
  const parts = parseArn(arn);
  if (!parts || parts.account === 'aws' || (parts.account ?? aws.account) !== aws.account) return;
  if (parts.region !== undefined && (parts.region !== aws.region || aws.isBeyond)) return;
  const named = nameOfArn(arn);
  const typed = named ?? typeOfArn(parts);
  if (!typed || listed.has(typed.kind)) return;
  // the register's own word is better than one made of the ARN's
  const kind = named || !isKind(type) ? typed.kind : type;
  if (listed.has(kind)) return;
  const { name } = typed;
  const others = [lastPart(arn), tags.Name, tags.name].flatMap((one) => one || []);
  if ([name, ...others].some((one) => aws.isDeclared(kind, one) || aws.isDeclared(typed.kind, one))) return;
  const environments = Object.entries(tags).flatMap(([key, value]) =>
    SAYS_ENVIRONMENT.test(key) ? (environmentOf(value.toLowerCase()) ?? []) : [],
  );
  aws.see({
    kind,
    name,
    arn,
    region: parts.region ?? '',
    ...(named?.scope !== undefined && { scope: named.scope }),
    otherNames: others,
    environments,
    ...rest,
    builtIn: FROM_THE_START.test(name),
  });
}

const isKind = (type: string | undefined): type is Kind =>
  type !== undefined && /^AWS::\w{1,60}::\w{1,60}$/.test(type);

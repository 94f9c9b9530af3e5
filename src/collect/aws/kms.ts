import {
  type AliasListEntry,
  DescribeKeyCommand,
  GetKeyRotationStatusCommand,
  type KeyMetadata,
  KMSClient,
  paginateListAliases,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import { environmentsOf } from '#lib/environments.ts';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { moment } from './stated.ts';
import { whileListing } from './while-listing.ts';

const KEY: Kind = 'AWS::KMS::Key';
/** How the aliases of the keys of AWS's own services begin. */
const OWN = 'alias/aws/';

/**
 * Keys with their aliases; what those of customers are, and whether those that files name rotate. AWS Key Management
 * Service API Reference, version 2014-11-01.
 */
export const kms = defineAwsCollector({
  id: 'kms',
  title: { fr: 'KMS', en: 'KMS' },
  service: 'kms',
  where: 'regions',
  Client: KMSClient,
  kinds: [KEY],
  permissions: {
    ListKeys: 'kms:ListKeys',
    ListAliases: 'kms:ListAliases',
    DescribeKey: 'kms:DescribeKey',
    GetKeyRotationStatus: 'kms:GetKeyRotationStatus',
  },
  async collect(aws) {
    await aws.list([KEY], () =>
      whileListing(async (begin) => {
        const aliases: AliasListEntry[] = [];
        for await (const page of aws.pages(paginateListAliases, { Limit: 100 }))
          aliases.push(...(page.Aliases ?? []));
        seeUnused(aws, aliases);
        const byKey = Map.groupBy(aliases, ({ TargetKeyId = '' }) => TargetKeyId);
        for await (const page of aws.pages(paginateListKeys, { Limit: 1000 }))
          for (const { KeyId = '', KeyArn } of page.Keys ?? []) {
            const names = (byKey.get(KeyId) ?? []).flatMap(({ AliasName }) => AliasName ?? []);
            begin(seeKey(aws, KeyId, KeyArn, names.sort()));
          }
      }),
    );
  },
});

/** Aliases of AWS's own whose key is made when it is first used: files name them all the same. */
function seeUnused(aws: AwsScope, aliases: readonly AliasListEntry[]): void {
  for (const { AliasName, AliasArn, TargetKeyId } of aliases)
    if (AliasName && !TargetKeyId)
      aws.see({
        kind: KEY,
        name: AliasName,
        ...(AliasArn && { arn: AliasArn }),
        operation: 'ListAliases',
        builtIn: AliasName.startsWith(OWN),
      });
}

async function seeKey(
  aws: AwsScope,
  id: string,
  arn: string | undefined,
  aliases: readonly string[],
): Promise<void> {
  const base = {
    kind: KEY,
    name: aliases[0] ?? id,
    ...(arn && { arn }),
    otherNames: [id, ...aliases],
    environments: aliases.flatMap((alias) => environmentsOf(alias)),
  };
  // the keys of AWS's own services bear their names
  if (aliases.some((alias) => alias.startsWith(OWN))) {
    aws.see({ ...base, operation: 'ListKeys', builtIn: true });
    return;
  }
  const { output, refusal } = await aws.ask(DescribeKeyCommand, { KeyId: id });
  const is = output?.KeyMetadata;
  const isDeclared = [id, ...aliases].some((name) => aws.isDeclared(KEY, name));
  const rotation = isDeclared && mayRotate(is) ? await rotationOf(aws, id) : undefined;
  aws.see({
    ...base,
    operation: is ? 'DescribeKey' : 'ListKeys',
    properties: {
      keyState: is?.KeyState,
      keySpec: is?.KeySpec,
      keyUsage: is?.KeyUsage,
      origin: is?.Origin,
      enabled: is?.Enabled,
      multiRegion: is?.MultiRegion,
      keyManager: is?.KeyManager,
      description: is?.Description || undefined,
      deletionDate: moment(is?.DeletionDate),
      enableKeyRotation: rotation?.output?.KeyRotationEnabled,
    },
    refusals: [refusal, rotation?.refusal],
    builtIn: is?.KeyManager === 'AWS',
  });
}

/** Only symmetric keys whose material KMS made rotate by themselves, while they are not about to be deleted. */
const mayRotate = (is: KeyMetadata | undefined): boolean =>
  (is?.KeySpec ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT' &&
  (is?.Origin ?? 'AWS_KMS') === 'AWS_KMS' &&
  !/^Pending/.test(is?.KeyState ?? '');

const rotationOf = (aws: AwsScope, KeyId: string) =>
  aws.ask(GetKeyRotationStatusCommand, { KeyId }, ['UnsupportedOperationException']);

import {
  type AliasListEntry,
  DescribeKeyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  paginateListAliases,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { moment } from './stated.ts';
import { whileListing } from './while-listing.ts';

const KEY: Kind = 'AWS::KMS::Key';

/** Keys with their aliases and rotation. AWS Key Management Service API Reference, version 2014-11-01. */
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
        const byKey = Map.groupBy(aliases, ({ TargetKeyId = '' }) => TargetKeyId);
        for await (const page of aws.pages(paginateListKeys, { Limit: 1000 }))
          for (const { KeyId = '', KeyArn } of page.Keys ?? []) {
            const names = (byKey.get(KeyId) ?? []).flatMap(({ AliasName }) => AliasName ?? []);
            begin(seeKey(aws, KeyId, KeyArn, names));
          }
      }),
    );
  },
});

async function seeKey(
  aws: AwsScope,
  id: string,
  arn: string | undefined,
  aliases: readonly string[],
): Promise<void> {
  const [first] = [...aliases].sort();
  const base = { kind: KEY, name: first ?? id, ...(arn && { arn }), otherNames: [id, ...aliases] };
  // the keys of AWS's own services bear their names
  if (aliases.some((alias) => alias.startsWith('alias/aws/'))) {
    aws.see({ ...base, operation: 'ListKeys', builtIn: true });
    return;
  }
  const [key, rotation] = await Promise.all([
    aws.ask(DescribeKeyCommand, { KeyId: id }),
    aws.ask(GetKeyRotationStatusCommand, { KeyId: id }, [
      'UnsupportedOperationException',
      'KMSInvalidStateException',
    ]),
  ]);
  const is = key.output?.KeyMetadata;
  aws.see({
    ...base,
    operation: is ? 'DescribeKey' : 'ListKeys',
    properties: {
      keyState: is?.KeyState,
      keySpec: is?.KeySpec,
      keyUsage: is?.KeyUsage,
      enabled: is?.Enabled,
      keyManager: is?.KeyManager,
      deletionDate: moment(is?.DeletionDate),
      enableKeyRotation: rotation.output?.KeyRotationEnabled,
    },
    refusals: [key.refusal, rotation.refusal],
    builtIn: is?.KeyManager === 'AWS',
  });
}

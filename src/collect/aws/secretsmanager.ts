import { paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { encryptedBy, leadsTo } from './leads-to.ts';
import { listOf } from './list-of.ts';
import { moment } from './stated.ts';

const SECRET: Kind = 'AWS::SecretsManager::Secret';

/**
 * Secrets by name, with their rotation, those that wait to be deleted among them. AWS Secrets Manager API Reference,
 * version 2017-10-17. No value is ever asked for.
 */
export const secretsmanager = defineAwsCollector({
  id: 'secretsmanager',
  title: { fr: 'Secrets Manager', en: 'Secrets Manager' },
  service: 'secretsmanager',
  where: 'regions',
  Client: SecretsManagerClient,
  kinds: [SECRET],
  permissions: { ListSecrets: 'secretsmanager:ListSecrets' },
  async collect(aws) {
    await listOf(
      aws,
      [SECRET],
      paginateListSecrets,
      { MaxResults: 100, IncludePlannedDeletion: true },
      ({ SecretList }) => SecretList,
      (one) =>
        aws.see({
          kind: SECRET,
          name: one.Name ?? '',
          ...(one.ARN && { arn: one.ARN }),
          operation: 'ListSecrets',
          properties: {
            rotationEnabled: one.RotationEnabled === true,
            rotationDays: one.RotationRules?.AutomaticallyAfterDays,
            lastRotatedDate: moment(one.LastRotatedDate),
            lastChangedDate: moment(one.LastChangedDate),
            lastAccessedDate: moment(one.LastAccessedDate),
            deletedDate: moment(one.DeletedDate),
            kmsKeyId: one.KmsKeyId,
            owningService: one.OwningService,
            primaryRegion: one.PrimaryRegion,
          },
          relations: [encryptedBy(aws, one.KmsKeyId), leadsTo(aws, 'uses', one.RotationLambdaARN)],
          builtIn: one.OwningService !== undefined,
        }),
    );
  },
});

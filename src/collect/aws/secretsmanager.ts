import { paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';
import { moment } from './stated.ts';

const SECRET: Kind = 'AWS::SecretsManager::Secret';

/** Secrets by name, with their rotation. AWS Secrets Manager API Reference, version 2017-10-17. No value is ever asked for. */
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
      { MaxResults: 100 },
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
          },
          relations: [
            one.KmsKeyId && !one.KmsKeyId.includes('alias/aws/')
              ? relation('encrypted-by', 'AWS::KMS::Key', one.KmsKeyId)
              : undefined,
          ],
          builtIn: one.OwningService !== undefined,
        }),
    );
  },
});

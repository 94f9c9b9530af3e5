import {
  ComprehendClient,
  paginateListDocumentClassifiers,
  paginateListEndpoints,
} from '@aws-sdk/client-comprehend';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { lastPart, relation } from './parts.ts';

const CLASSIFIER: Kind = 'AWS::Comprehend::DocumentClassifier';
const ENDPOINT: Kind = 'AWS::Comprehend::Endpoint';

/** Endpoints and classifiers. Amazon Comprehend API Reference, version 2017-11-27. */
export const comprehend = defineAwsCollector({
  id: 'comprehend',
  title: { fr: 'Comprehend', en: 'Comprehend' },
  service: 'comprehend',
  where: 'regions',
  Client: ComprehendClient,
  kinds: [CLASSIFIER, ENDPOINT],
  permissions: {
    ListDocumentClassifiers: 'comprehend:ListDocumentClassifiers',
    ListEndpoints: 'comprehend:ListEndpoints',
  },
  async collect(aws) {
    await Promise.all([
      listOf(
        aws,
        [CLASSIFIER],
        paginateListDocumentClassifiers,
        { MaxResults: 500 },
        ({ DocumentClassifierPropertiesList }) => DocumentClassifierPropertiesList,
        (one) =>
          aws.see({
            kind: CLASSIFIER,
            name: one.DocumentClassifierArn?.split('/')[1] ?? '',
            ...(one.DocumentClassifierArn && { arn: one.DocumentClassifierArn }),
            operation: 'ListDocumentClassifiers',
            properties: { status: one.Status, languageCode: one.LanguageCode, mode: one.Mode },
            relations: [
              one.DataAccessRoleArn
                ? relation('assumes', 'AWS::IAM::Role', one.DataAccessRoleArn)
                : undefined,
              one.ModelKmsKeyId ? relation('encrypted-by', 'AWS::KMS::Key', one.ModelKmsKeyId) : undefined,
            ],
          }),
      ),
      listOf(
        aws,
        [ENDPOINT],
        paginateListEndpoints,
        { MaxResults: 500 },
        ({ EndpointPropertiesList }) => EndpointPropertiesList,
        (one) =>
          aws.see({
            kind: ENDPOINT,
            name: lastPart(one.EndpointArn ?? ''),
            ...(one.EndpointArn && { arn: one.EndpointArn }),
            operation: 'ListEndpoints',
            properties: { status: one.Status, inferenceUnits: one.CurrentInferenceUnits },
            relations: [
              one.ModelArn?.includes(':document-classifier/')
                ? relation('uses', CLASSIFIER, one.ModelArn)
                : undefined,
            ],
          }),
      ),
    ]);
  },
});

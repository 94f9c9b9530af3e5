import {
  ComprehendClient,
  paginateListDocumentClassifiers,
  paginateListEndpoints,
} from '@aws-sdk/client-comprehend';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';

const CLASSIFIER: Kind = 'AWS::Comprehend::DocumentClassifier';
const ENDPOINT: Kind = 'AWS::Comprehend::Endpoint';
const lastOf = (arn = ''): string => arn.slice(arn.lastIndexOf('/') + 1);

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
            properties: { status: one.Status },
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
            name: lastOf(one.EndpointArn),
            ...(one.EndpointArn && { arn: one.EndpointArn }),
            operation: 'ListEndpoints',
            properties: { status: one.Status },
          }),
      ),
    ]);
  },
});

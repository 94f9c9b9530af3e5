import {
  paginateListDomains,
  paginateListEndpoints,
  paginateListModels,
  paginateListNotebookInstances,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';

const ENDPOINT: Kind = 'AWS::SageMaker::Endpoint';
const MODEL: Kind = 'AWS::SageMaker::Model';
const NOTEBOOK: Kind = 'AWS::SageMaker::NotebookInstance';
const DOMAIN: Kind = 'AWS::SageMaker::Domain';
const PAGE = { MaxResults: 100 };

/** Endpoints, models, notebooks and domains. Amazon SageMaker API Reference, version 2017-07-24. */
export const sagemaker = defineAwsCollector({
  id: 'sagemaker',
  title: { fr: 'SageMaker', en: 'SageMaker' },
  service: 'sagemaker',
  where: 'regions',
  Client: SageMakerClient,
  kinds: [ENDPOINT, MODEL, NOTEBOOK, DOMAIN],
  permissions: {
    ListEndpoints: 'sagemaker:ListEndpoints',
    ListModels: 'sagemaker:ListModels',
    ListNotebookInstances: 'sagemaker:ListNotebookInstances',
    ListDomains: 'sagemaker:ListDomains',
  },
  async collect(aws) {
    await Promise.all([
      listOf(
        aws,
        [ENDPOINT],
        paginateListEndpoints,
        PAGE,
        ({ Endpoints }) => Endpoints,
        (one) =>
          aws.see({
            kind: ENDPOINT,
            name: one.EndpointName ?? '',
            ...(one.EndpointArn && { arn: one.EndpointArn }),
            operation: 'ListEndpoints',
            properties: { status: one.EndpointStatus },
          }),
      ),
      listOf(
        aws,
        [MODEL],
        paginateListModels,
        PAGE,
        ({ Models }) => Models,
        (one) =>
          aws.see({
            kind: MODEL,
            name: one.ModelName ?? '',
            ...(one.ModelArn && { arn: one.ModelArn }),
            operation: 'ListModels',
          }),
      ),
      listOf(
        aws,
        [NOTEBOOK],
        paginateListNotebookInstances,
        PAGE,
        ({ NotebookInstances }) => NotebookInstances,
        (one) =>
          aws.see({
            kind: NOTEBOOK,
            name: one.NotebookInstanceName ?? '',
            ...(one.NotebookInstanceArn && { arn: one.NotebookInstanceArn }),
            operation: 'ListNotebookInstances',
            properties: { status: one.NotebookInstanceStatus, instanceType: one.InstanceType },
          }),
      ),
      listOf(
        aws,
        [DOMAIN],
        paginateListDomains,
        PAGE,
        ({ Domains }) => Domains,
        (one) =>
          aws.see({
            kind: DOMAIN,
            name: one.DomainName ?? '',
            ...(one.DomainArn && { arn: one.DomainArn }),
            otherNames: [one.DomainId],
            operation: 'ListDomains',
            properties: { status: one.Status },
          }),
      ),
    ]);
  },
});

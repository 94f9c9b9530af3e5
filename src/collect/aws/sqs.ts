import { GetQueueAttributesCommand, paginateListQueues, SQSClient } from '@aws-sdk/client-sqs';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';

const QUEUE: Kind = 'AWS::SQS::Queue';

/** Queues with their attributes. Amazon SQS API Reference, version 2012-11-05. */
export const sqs = defineAwsCollector({
  id: 'sqs',
  title: { fr: 'SQS', en: 'SQS' },
  service: 'sqs',
  where: 'regions',
  Client: SQSClient,
  kinds: [QUEUE],
  permissions: { ListQueues: 'sqs:ListQueues', GetQueueAttributes: 'sqs:GetQueueAttributes' },
  async collect(aws) {
    await listOf(
      aws,
      [QUEUE],
      paginateListQueues,
      { MaxResults: 1000 },
      ({ QueueUrls }) => QueueUrls,
      (url) => seeQueue(aws, url),
    );
  },
});

async function seeQueue(aws: AwsScope, QueueUrl: string): Promise<void> {
  const name = QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1);
  const { output, refusal } = await aws.ask(GetQueueAttributesCommand, { QueueUrl, AttributeNames: ['All'] });
  const is = output?.Attributes;
  const deadLetter = deadLetterOf(is?.RedrivePolicy);
  aws.see({
    kind: QUEUE,
    name,
    arn: `arn:${aws.partition}:sqs:${aws.region}:${aws.account}:${name}`,
    operation: output ? 'GetQueueAttributes' : 'ListQueues',
    properties: {
      fifoQueue: name.endsWith('.fifo'),
      visibilityTimeout: numberOf(is?.VisibilityTimeout),
      messageRetentionPeriod: numberOf(is?.MessageRetentionPeriod),
      approximateNumberOfMessages: numberOf(is?.ApproximateNumberOfMessages),
      encrypted: is && (is.KmsMasterKeyId !== undefined || is.SqsManagedSseEnabled === 'true'),
      deadLetterQueue: deadLetter,
      maxReceiveCount: maxReceiveCountOf(is?.RedrivePolicy),
    },
    relations: [deadLetter ? relation('dead-letters-to', QUEUE, deadLetter) : undefined],
    refusals: [refusal],
  });
}

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined || text === '' ? undefined : Number(text);

const DEAD_LETTER = /"deadLetterTargetArn"\s*:\s*"([^"]{1,300})"/;
const deadLetterOf = (policy: string | undefined): string | undefined => DEAD_LETTER.exec(policy ?? '')?.[1];
const maxReceiveCountOf = (policy: string | undefined): number | undefined =>
  numberOf(/"maxReceiveCount"\s*:\s*"?(\d{1,6})/.exec(policy ?? '')?.[1]);

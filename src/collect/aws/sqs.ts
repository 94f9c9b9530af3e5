import { GetQueueAttributesCommand, paginateListQueues, SQSClient } from '@aws-sdk/client-sqs';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { encryptedBy, leadsTo } from './leads-to.ts';
import { listOf } from './list-of.ts';
import { count } from './stated.ts';

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
  const redrive = redriveOf(is?.RedrivePolicy);
  aws.see({
    kind: QUEUE,
    name,
    arn: `arn:${aws.partition}:sqs:${aws.region}:${aws.account}:${name}`,
    operation: output ? 'GetQueueAttributes' : 'ListQueues',
    properties: {
      // the end of the name is what makes it one
      fifoQueue: name.endsWith('.fifo'),
      visibilityTimeout: count(is?.VisibilityTimeout),
      messageRetentionPeriod: count(is?.MessageRetentionPeriod),
      delaySeconds: count(is?.DelaySeconds),
      receiveMessageWaitTimeSeconds: count(is?.ReceiveMessageWaitTimeSeconds),
      approximateNumberOfMessages: count(is?.ApproximateNumberOfMessages),
      encrypted: is && (Boolean(is.KmsMasterKeyId) || is.SqsManagedSseEnabled === 'true'),
      deadLetterQueue: redrive.target,
      maxReceiveCount: redrive.count,
    },
    relations: [leadsTo(aws, 'dead-letters-to', redrive.target), encryptedBy(aws, is?.KmsMasterKeyId)],
    refusals: [refusal],
  });
}

/** Where messages go that were received too often. The count is a number or a text. */
function redriveOf(policy: string | undefined): { target?: string; count?: number } {
  try {
    const { deadLetterTargetArn: target, maxReceiveCount } = JSON.parse(policy ?? '{}') ?? {};
    const received = count(maxReceiveCount === undefined ? undefined : String(maxReceiveCount));
    return {
      ...(typeof target === 'string' && { target }),
      ...(received !== undefined && { count: received }),
    };
  } catch {
    return {};
  }
}

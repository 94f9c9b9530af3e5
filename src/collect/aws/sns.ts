import { GetTopicAttributesCommand, paginateListTopics, SNSClient } from '@aws-sdk/client-sns';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';

const TOPIC: Kind = 'AWS::SNS::Topic';

/** Topics with their attributes. Amazon SNS API Reference, version 2010-03-31. */
export const sns = defineAwsCollector({
  id: 'sns',
  title: { fr: 'SNS', en: 'SNS' },
  service: 'sns',
  where: 'regions',
  Client: SNSClient,
  kinds: [TOPIC],
  permissions: { ListTopics: 'sns:ListTopics', GetTopicAttributes: 'sns:GetTopicAttributes' },
  async collect(aws) {
    await listOf(
      aws,
      [TOPIC],
      paginateListTopics,
      {},
      ({ Topics = [] }) => Topics.flatMap(({ TopicArn }) => TopicArn ?? []),
      (arn) => seeTopic(aws, arn),
    );
  },
});

async function seeTopic(aws: AwsScope, TopicArn: string): Promise<void> {
  const { output, refusal } = await aws.ask(GetTopicAttributesCommand, { TopicArn });
  const is = output?.Attributes;
  const count = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  aws.see({
    kind: TOPIC,
    name: TopicArn.slice(TopicArn.lastIndexOf(':') + 1),
    arn: TopicArn,
    operation: output ? 'GetTopicAttributes' : 'ListTopics',
    properties: {
      displayName: is?.DisplayName || undefined,
      fifoTopic: TopicArn.endsWith('.fifo'),
      subscriptionsConfirmed: count(is?.SubscriptionsConfirmed),
      subscriptionsPending: count(is?.SubscriptionsPending),
      encrypted: is && is.KmsMasterKeyId !== undefined && is.KmsMasterKeyId !== '',
    },
    refusals: [refusal],
  });
}

import type { SettingMapping, TypeMapping } from './mapping.ts';

/** Queues, topics, streams, events and schedules. Terraform AWS provider documentation, by resource type. */
export const types: Record<string, TypeMapping> = {
  aws_sqs_queue: {
    kind: 'AWS::SQS::Queue',
    name: ['name'],
    prefix: 'name_prefix',
    properties: {
      fifoQueue: 'fifo_queue',
      visibilityTimeout: 'visibility_timeout_seconds',
      messageRetentionPeriod: 'message_retention_seconds',
      delaySeconds: 'delay_seconds',
      receiveMessageWaitTimeSeconds: 'receive_wait_time_seconds',
    },
    relations: [['kms_master_key_id', 'uses', 'AWS::KMS::Key']],
  },
  aws_sns_topic: {
    kind: 'AWS::SNS::Topic',
    name: ['name'],
    prefix: 'name_prefix',
    properties: { fifoTopic: 'fifo_topic' },
    relations: [['kms_master_key_id', 'uses', 'AWS::KMS::Key']],
  },
  aws_kinesis_stream: {
    kind: 'AWS::Kinesis::Stream',
    name: ['name'],
    properties: { retentionPeriodHours: 'retention_period', shardCount: 'shard_count' },
  },
  aws_kinesis_firehose_delivery_stream: {
    kind: 'AWS::KinesisFirehose::DeliveryStream',
    name: ['name'],
    relations: [
      ['extended_s3_configuration.bucket_arn', 'uses'],
      ['extended_s3_configuration.role_arn', 'assumes', 'AWS::IAM::Role'],
    ],
  },
  aws_cloudwatch_event_rule: {
    kind: 'AWS::Events::Rule',
    name: ['name'],
    prefix: 'name_prefix',
    properties: { scheduleExpression: 'schedule_expression', state: 'state' },
    relations: [['event_bus_name', 'part-of', 'AWS::Events::EventBus']],
  },
  aws_cloudwatch_event_bus: { kind: 'AWS::Events::EventBus', name: ['name'] },
  aws_scheduler_schedule: {
    kind: 'AWS::Scheduler::Schedule',
    name: ['name'],
    prefix: 'name_prefix',
    properties: {
      scheduleExpression: 'schedule_expression',
      scheduleExpressionTimezone: 'schedule_expression_timezone',
      state: 'state',
    },
    relations: [
      ['target.arn', 'routes-to'],
      ['target.role_arn', 'assumes', 'AWS::IAM::Role'],
    ],
  },
};

export const settings: Record<string, SettingMapping> = {
  aws_cloudwatch_event_target: { of: 'rule', kind: 'AWS::Events::Rule', relations: [['arn', 'routes-to']] },
  aws_sns_topic_subscription: {
    of: 'topic_arn',
    kind: 'AWS::SNS::Topic',
    relations: [['endpoint', 'routes-to']],
  },
};

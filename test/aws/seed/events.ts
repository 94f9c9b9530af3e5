import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateFunctionCommand, type CreateFunctionCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, type QueueAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import { each, type Made } from './made.ts';

export interface EventDescription {
  logGroups?: Record<string, { retentionInDays?: number }>;
  alarms?: Record<string, Omit<Partial<PutMetricAlarmCommandInput>, 'AlarmName'>>;
  /** Attributes as SQS writes them: `{ VisibilityTimeout: '30' }`. */
  queues?: Record<string, Partial<Record<QueueAttributeName, string>>>;
  topics?: Record<string, { emails?: string[]; queues?: string[] }>;
  functions?: Record<
    string,
    { role: string } & Omit<Partial<CreateFunctionCommandInput>, 'FunctionName' | 'Role'>
  >;
  /** Rules of EventBridge, on a schedule or on a pattern; their targets are functions or queues of the description. */
  rules?: Record<
    string,
    { schedule?: string; pattern?: object; enabled?: boolean; functions?: string[]; queues?: string[] }
  >;
}

/** A zip archive without files. */
const EMPTY_ZIP = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex');

export async function seedEvents(made: Made, description: EventDescription): Promise<void> {
  const logs = made.client(CloudWatchLogsClient);
  await each(description.logGroups, async (logGroupName, { retentionInDays }) => {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    made.keep('log-group', logGroupName, logGroupName);
    if (retentionInDays !== undefined)
      await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  });
  const sqs = made.client(SQSClient);
  await each(description.queues, async (QueueName, Attributes) => {
    await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    made.keep('queue', QueueName, `arn:aws:sqs:${made.region}:${made.account}:${QueueName}`);
  });
  await each(description.functions, async (FunctionName, { role, ...input }) => {
    const command = new CreateFunctionCommand({
      Runtime: 'nodejs24.x' as never,
      Handler: 'index.handler',
      Code: { ZipFile: EMPTY_ZIP },
      ...input,
      FunctionName,
      Role: made.id('role', role),
    });
    made.keep('function', FunctionName, (await made.client(LambdaClient).send(command)).FunctionArn);
  });
  await seedTopics(made, description);
  await each(description.alarms, async (AlarmName, input) => {
    const common = {
      Namespace: 'AWS/ECS',
      MetricName: 'CPUUtilization',
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 80,
      ComparisonOperator: 'GreaterThanThreshold',
    } as const;
    await made.client(CloudWatchClient).send(new PutMetricAlarmCommand({ ...common, ...input, AlarmName }));
    made.keep('alarm', AlarmName, AlarmName);
  });
  await seedRules(made, description);
}

async function seedTopics(made: Made, { topics }: EventDescription): Promise<void> {
  const sns = made.client(SNSClient);
  await each(topics, async (Name, { emails = [], queues }) => {
    const TopicArn = made.keep('topic', Name, (await sns.send(new CreateTopicCommand({ Name }))).TopicArn);
    const subscriptions = [
      ...emails.map((Endpoint) => ({ Protocol: 'email', Endpoint })),
      ...made.ids('queue', queues).map((Endpoint) => ({ Protocol: 'sqs', Endpoint })),
    ];
    for (const subscription of subscriptions)
      await sns.send(new SubscribeCommand({ TopicArn, ...subscription }));
  });
}

async function seedRules(made: Made, { rules }: EventDescription): Promise<void> {
  const events = made.client(EventBridgeClient);
  await each(rules, async (Name, { schedule, pattern, enabled = true, functions, queues }) => {
    const command = new PutRuleCommand({
      Name,
      State: enabled ? 'ENABLED' : 'DISABLED',
      ...(schedule !== undefined && { ScheduleExpression: schedule }),
      ...(pattern && { EventPattern: JSON.stringify(pattern) }),
    });
    made.keep('rule', Name, (await events.send(command)).RuleArn);
    const targets = [...made.ids('function', functions), ...made.ids('queue', queues)];
    const Targets = targets.map((Arn, index) => ({ Id: String(index + 1), Arn }));
    if (Targets.length > 0) await events.send(new PutTargetsCommand({ Rule: Name, Targets }));
  });
}

import type { Named } from '../tool.ts';
import { relate, type Services } from './service.ts';

/** `https://sqs.<region>.amazonaws.com/<account>/<name>`; a URL known only at run time names nothing. */
function queues(found: Named[]): Named[] {
  return found.flatMap((named): Named[] => {
    if (named.kind !== 'AWS::SQS::Queue' || !/^https?:/.test(named.name)) return [named];
    const [, host = '', account = '', name = ''] =
      /^https?:\/\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(named.name) ?? [];
    const region = /^sqs\.([a-z0-9-]+)\.amazonaws\.com/.exec(host)?.[1];
    if (!name) return [];
    return [{ ...named, name, ...(region && { region }), ...(/^\d{12}$/.test(account) && { account }) }];
  });
}

/** Queues, topics, events, mail. */
export const messaging: Services = {
  sqs: {
    options: { 'queue-name': 'AWS::SQS::Queue', 'queue-url': 'AWS::SQS::Queue' },
    verbs: { 'receive-message': 'requires', 'delete-message': 'requires' },
    named: (_, found) => queues(found),
  },
  sns: {
    options: {
      'topic-arn': 'AWS::SNS::Topic',
      'target-arn': 'AWS::SNS::Topic',
      name: [[/^create-topic$/, 'AWS::SNS::Topic']],
    },
  },
  events: {
    options: {
      rule: 'AWS::Events::Rule',
      name: [
        [/-rule$/, 'AWS::Events::Rule'],
        [/-event-bus$/, 'AWS::Events::EventBus'],
      ],
      'event-bus-name': 'AWS::Events::EventBus',
      'role-arn': 'AWS::IAM::Role',
    },
    named: (_, found) => relate(found, 'AWS::Events::Rule', 'part-of', 'AWS::Events::EventBus'),
  },
  scheduler: {
    options: {
      name: [[/-schedule$/, 'AWS::Scheduler::Schedule']],
      'group-name': 'AWS::Scheduler::ScheduleGroup',
    },
  },
  pipes: { options: { name: 'AWS::Pipes::Pipe' } },
  ses: { options: { 'configuration-set-name': 'AWS::SES::ConfigurationSet' } },
  sesv2: {
    options: {
      'email-identity': 'AWS::SES::EmailIdentity',
      'configuration-set-name': 'AWS::SES::ConfigurationSet',
    },
  },
  mq: {},
};

import { parseArn } from '#lib/arn.ts';
import type { Json } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { type DraftChange, type DraftStep, read, say, write } from '../draft.ts';
import { literal } from '../jmespath.ts';
import { createLogGroup } from '../log-groups.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

/**
 * A resource that files name and the account does not hold, where one call makes all of it from what they state. What a
 * template or Terraform declares is left to them: made by hand, it would stop their next run.
 */
export const resourceMissing = defineRemedy({
  for: ['resource-missing'],
  plan(problem) {
    const { resource } = problem;
    const make = resource && MAKERS[resource.kind];
    if (!make || resource.status !== 'missing' || isOfTool(resource) || !isNamed(resource)) return [];
    return [make(problem, resource)];
  },
});

const isOfTool = ({ facts }: Resource): boolean =>
  facts.some(({ sort, stackResource, terraform }) => sort === 'declared' && (stackResource || terraform));

const isNamed = ({ name, nameStatus }: Resource): boolean =>
  nameStatus !== 'template' && nameStatus !== 'logical' && /^[\w./+=@#-]+$/.test(name);

const MAKERS: Readonly<Record<string, (problem: Problem, resource: Resource) => DraftStep>> = {
  'AWS::ECR::Repository': repository,
  'AWS::Logs::LogGroup': (problem, { name, properties }) =>
    createLogGroup(problem, name, days(properties.retentionInDays)),
  'AWS::SNS::Topic': topic,
  'AWS::SQS::Queue': queue,
};

const days = (value: Json | undefined): number | undefined =>
  /^\d+$/.test(String(value)) ? Number(value) : undefined;

const made = (
  what: string,
  en: string,
  name: string,
): Pick<DraftStep, 'title' | 'reason' | 'risk' | 'duration' | 'proofs'> => ({
  title: say(`Créer ${what} ${code(name)}`, `Create the ${en} ${code(name)}`),
  reason: say(
    `Des fichiers s’appuient sur ${code(name)}, qui n’existe pas. S’il ne doit plus exister, retirer plutôt ce qui le nomme.`,
    `Files rely on ${code(name)}, which does not exist. If it should not exist any more, remove what names it instead.`,
  ),
  risk: 'none',
  duration: say('quelques secondes', 'a few seconds'),
  proofs: [],
});

function repository(problem: Problem, { name, properties }: Resource): DraftStep {
  const { region } = problem;
  const tags = properties.imageTagMutability;
  const scan = properties.scanOnPush;
  const isOne = `repositoryName==${literal(name)}`;
  const change: DraftChange = {
    write: write('ecr', 'CreateRepository', region, {
      repositoryName: name,
      ...(typeof tags === 'string' && { imageTagMutability: tags.toUpperCase() }),
      ...(typeof scan === 'boolean' && { imageScanningConfiguration: { scanOnPush: scan } }),
    }),
    state: read('ecr', 'DescribeRepositories', region, {}, `repositories[?${isOne}].repositoryName`),
    after: [name],
    // without force the call refuses a repository that holds images
    undo: write('ecr', 'DeleteRepository', region, { repositoryName: name }),
  };
  return {
    ...made('le dépôt ECR', 'ECR repository', name),
    cost: say('0,10\u00a0USD par Go et par mois d’images', '0.10 USD for each GB of images a month'),
    changes: [change],
    provides: [`repository ${region} ${name}`],
  };
}

function topic(problem: Problem, { name }: Resource): DraftStep {
  const { region } = problem;
  const isFifo = name.endsWith('.fifo');
  const topics = (query: string) => read('sns', 'ListTopics', region, {}, query);
  const own = `Topics[?ends_with(TopicArn, ${literal(`:${name}`)})].TopicArn`;
  return {
    ...made('le sujet SNS', 'SNS topic', name),
    changes: [
      {
        write: write('sns', 'CreateTopic', region, {
          Name: name,
          ...(isFifo && { Attributes: { FifoTopic: 'true' } }),
        }),
        state: topics(`length(${own})`),
        after: 1,
        undo: write(
          'sns',
          'DeleteTopic',
          region,
          { TopicArn: { $find: 'topic' } },
          { finds: { topic: topics(`${own} | [0]`) } },
        ),
      },
    ],
  };
}

/** Attributes of a queue by what files call them. Amazon SQS API Reference, CreateQueue. */
export const QUEUE_ATTRIBUTES: Readonly<Record<string, string>> = {
  visibilityTimeout: 'VisibilityTimeout',
  messageRetentionPeriod: 'MessageRetentionPeriod',
  delaySeconds: 'DelaySeconds',
  receiveMessageWaitTimeSeconds: 'ReceiveMessageWaitTimeSeconds',
};

function queue(problem: Problem, resource: Resource): DraftStep {
  const { name, properties, id } = resource;
  const { region } = problem;
  const attributes = Object.entries(QUEUE_ATTRIBUTES).flatMap(([key, attribute]) =>
    /^\d+$/.test(String(properties[key])) ? [[attribute, String(properties[key])] as const] : [],
  );
  const Attributes = {
    ...Object.fromEntries(attributes),
    ...(name.endsWith('.fifo') && { FifoQueue: 'true' }),
  };
  const queues = (query: string) => read('sqs', 'ListQueues', region, { QueueNamePrefix: name }, query);
  const own = `(QueueUrls || \`[]\`)[?ends_with(@, ${literal(`/${name}`)})]`;
  return {
    ...made('la file SQS', 'SQS queue', parseArn(id)?.resource ?? name),
    changes: [
      {
        write: write('sqs', 'CreateQueue', region, {
          QueueName: name,
          ...(Object.keys(Attributes).length > 0 && { Attributes }),
        }),
        state: queues(`length(${own})`),
        after: 1,
        undo: write(
          'sqs',
          'DeleteQueue',
          region,
          { QueueUrl: { $find: 'queue' } },
          { finds: { queue: queues(`${own} | [0]`) } },
        ),
        within: 60,
      },
    ],
  };
}

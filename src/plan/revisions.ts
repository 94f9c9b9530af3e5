import type { Json } from '#model/fact.ts';
import { type DraftChange, read, write } from './draft.ts';
import type { Problem } from './problem.ts';
import type { Service } from './services.ts';

/** What an answer has and a registration does not take. Amazon ECS API Reference, RegisterTaskDefinition. */
const ANSWER_ALONE = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
];

/** What is different in a new revision, and what tells it from the one before. */
interface Revision {
  /** JMESPath over what describes a task definition; never over a value that may be a secret. */
  query: string;
  after: Json;
  set: { path: string; value: Json }[];
  expects?: DraftChange['expects'];
}

/**
 * The revision that a service runs, changed in some places, registered as a new one and deployed. What it holds is read,
 * edited and sent at the moment of the call, and kept nowhere.
 */
export function newRevision(
  problem: Problem,
  { describe, update }: Service,
  { query, after, set, expects }: Revision,
): DraftChange[] {
  const { region } = problem;
  const revision = problem.text('taskDefinition').replace(/^.*\//, '');
  const family = revision.replace(/:\d+$/, '');
  const define = (part: string, taskDefinition = family) =>
    read('ecs', 'DescribeTaskDefinition', region, { taskDefinition }, part);
  const latest = define('taskDefinition.taskDefinitionArn');
  const remove = ANSWER_ALONE.map((name) => `/${name}`);
  const edit = { read: define('taskDefinition', revision), set, remove };
  return [
    {
      write: write('ecs', 'RegisterTaskDefinition', region, {}, { edit }),
      state: define(query),
      after,
      ...(expects && { expects }),
      undo: write(
        'ecs',
        'DeregisterTaskDefinition',
        region,
        { taskDefinition: { $find: 'latest' } },
        { finds: { latest } },
      ),
    },
    {
      write: update({ taskDefinition: { $find: 'latest' } }, { finds: { latest } }),
      state: describe('services[0].taskDefinition'),
      after: { $find: 'latest' },
      undo: update({ taskDefinition: { $before: '@' } }),
    },
  ];
}

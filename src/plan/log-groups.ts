import { code } from '#model/text.ts';
import { type DraftChange, type DraftStep, read, say, write } from './draft.ts';
import { literal } from './jmespath.ts';
import type { Problem } from './problem.ts';

/** A log group with its retention. It is deleted again only while nothing was written to it. */
export function createLogGroup(problem: Problem, name: string, retentionInDays?: number): DraftStep {
  const { region } = problem;
  const is = `logGroupName==${literal(name)}`;
  const groups = (query: string) =>
    read('logs', 'DescribeLogGroups', region, { logGroupNamePrefix: name }, query);
  const empty = read(
    'logs',
    'DescribeLogStreams',
    region,
    { logGroupName: name, limit: 1 },
    `(length(logStreams) == \`0\` && [${literal(name)}] || \`[]\`) | [0]`,
  );
  const create: DraftChange = {
    write: write('logs', 'CreateLogGroup', region, { logGroupName: name }),
    state: groups(`logGroups[?${is}].logGroupName`),
    after: [name],
    undo: write('logs', 'DeleteLogGroup', region, { logGroupName: { $find: 'empty' } }, { finds: { empty } }),
  };
  return {
    title: say(`Créer le groupe de journaux ${code(name)}`, `Create the log group ${code(name)}`),
    reason: say(
      `${code(name)} n’existe pas\u00a0: ce qui y écrit échoue, et une tâche ECS ne démarre pas sans lui.`,
      `${code(name)} does not exist: what writes to it fails, and a task of ECS does not start without it.`,
    ),
    risk: 'none',
    cost: say(
      'environ 0,50\u00a0USD par Go écrit, selon la région',
      'about 0.50 USD for each GB written, depending on the region',
    ),
    duration: say('quelques secondes', 'a few seconds'),
    changes: [create, ...(retentionInDays === undefined ? [] : [retention(problem, name, retentionInDays)])],
    proofs: [],
    provides: [`log group ${region} ${name}`, ...problem.provided('logs')],
  };
}

/** How long a group keeps its lines. Undone, they are kept as long as before, or for ever. */
export function retention(problem: Problem, name: string, retentionInDays: number): DraftChange {
  const { region } = problem;
  return {
    write: write('logs', 'PutRetentionPolicy', region, { logGroupName: name, retentionInDays }),
    state: read(
      'logs',
      'DescribeLogGroups',
      region,
      { logGroupNamePrefix: name },
      `logGroups[?logGroupName==${literal(name)}] | [0].retentionInDays`,
    ),
    after: retentionInDays,
    undo: write('logs', 'PutRetentionPolicy', region, {
      logGroupName: name,
      retentionInDays: { $before: '@' },
    }),
    undoOfNone: write('logs', 'DeleteRetentionPolicy', region, { logGroupName: name }),
  };
}

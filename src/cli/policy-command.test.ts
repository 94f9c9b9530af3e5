import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { awsCollectors } from '#collect/aws/collectors.ts';
import { policyOf } from './policy-command.ts';

const collectors = await Promise.all(awsCollectors.map((load) => load()));
const folder = path.join(import.meta.dirname, '../collect/aws');
/** Words with which the actions of reads begin. Service Authorization Reference, access levels “List” and “Read”. */
const READ = /:(?:Get|List|Describe|BatchGet|View)|^apigateway:GET$/;

test('one statement for each service, sorted, and nothing but reads', () => {
  const { Statement } = policyOf(collectors, {});
  const actions = Statement.flatMap(({ Action }) => Action);
  expect(actions).toEqual([...new Set(actions)].sort());
  expect(actions.filter((action) => !READ.test(action))).toEqual([]);
  expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
  for (const { Sid } of Statement) expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
  // a secret's value is behind an action of its own
  expect(actions).not.toContain('secretsmanager:GetSecretValue');
  expect(actions.join()).not.toMatch(/ssm:GetParameter|lambda:GetFunction\b|s3:GetObject/);
});

/** The commands and paginators of the SDK that the files of a collector import. */
function imported(id: string): string[] {
  const own = path.join(folder, id);
  const parts = existsSync(own) ? readdirSync(own).map((file) => `${id}/${file}`) : [];
  const names = [`${id}.ts`, ...parts].flatMap((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const list = /import \{([^}]*)\} from '@aws-sdk/.exec(text)?.[1] ?? '';
    return [...list.matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g)].map(
      ([, paged, command]) => paged ?? command ?? '',
    );
  });
  return [...new Set(names)];
}

test.each(collectors.map((one) => [one.id, one] as const))(
  '%s tells what each of its operations needs, and asks for nothing else',
  (id, { permissions }) => {
    expect(imported(id).sort()).toEqual(Object.keys(permissions).sort());
  },
);

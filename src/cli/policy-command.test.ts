import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { expect, test, vi } from 'vitest';
import { awsCollectors } from '#collect/aws/collectors.ts';
import { LAST_CHANGE_PERMISSIONS } from '#collect/aws/last-change.ts';
import { REGION_PERMISSIONS } from '#collect/aws/regions.ts';
import { LONGEST_POLICY, planPolicyOf, policyCommand, policyOf } from './policy-command.ts';

const collectors = await Promise.all(awsCollectors.map((load) => load()));
const folder = path.join(import.meta.dirname, '../collect/aws');
/** Words with which the actions of reads begin. Service Authorization Reference, access levels “List” and “Read”. */
const READ = /:(?:Get|List|Describe|Lookup|Search|Select|View|BatchGet)[A-Z]|^apigateway:GET$/;

test('one statement for each service, sorted, and nothing but reads', () => {
  const { Statement } = policyOf(collectors, { ...REGION_PERMISSIONS, ...LAST_CHANGE_PERMISSIONS });
  const actions = Statement.flatMap(({ Action }) => Action);
  expect(actions).toEqual([...new Set(actions)].sort());
  expect(actions.filter((action) => !READ.test(action))).toEqual([]);
  expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
  for (const { Sid } of Statement) expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
  // a secret's value is behind an action of its own
  expect(actions).not.toContain('secretsmanager:GetSecretValue');
  expect(actions.join()).not.toMatch(/ssm:GetParameter|lambda:GetFunction\b|s3:GetObject/);
});

test('the whole of it fits in a role', () => {
  const policy = policyOf(collectors, { ...REGION_PERMISSIONS, ...LAST_CHANGE_PERMISSIONS });
  expect(JSON.stringify(policy).length).toBeLessThanOrEqual(LONGEST_POLICY.ofRole);
});

/** The commands and paginators of the SDK that some files import. */
function imported(files: readonly string[]): string[] {
  const names = files.flatMap((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const lists = [...text.matchAll(/import \{([^}]*)\} from '@aws-sdk/g)].map(([, list = '']) => list);
    return [...lists.join().matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g)].map(
      ([, paged, command]) => paged ?? command ?? '',
    );
  });
  return [...new Set(names)].sort();
}

/** The file of a collector, and those of the folder that bears its name. */
function filesOf(id: string): string[] {
  const own = path.join(folder, id);
  return [`${id}.ts`, ...(existsSync(own) ? readdirSync(own).map((file) => `${id}/${file}`) : [])].filter(
    (file) => !file.endsWith('.test.ts'),
  );
}

test.each([
  ...collectors.map(({ id, permissions }) => [id, permissions] as const),
  ['regions', REGION_PERMISSIONS] as const,
  ['last-change', LAST_CHANGE_PERMISSIONS] as const,
])('%s tells what each of its operations needs, and asks for nothing else', (id, permissions) => {
  expect(imported(filesOf(id))).toEqual(Object.keys(permissions).sort());
});

test('no other file of the folder asks AWS for anything', () => {
  const known = new Set([...collectors.map(({ id }) => id), 'regions', 'last-change'].flatMap(filesOf));
  const others = (readdirSync(folder, { recursive: true }) as string[]).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !known.has(file),
  );
  expect(imported(others)).toEqual([]);
});

test('the command prints the policy of the services that are asked for, the same each time', async () => {
  const printed: string[] = [];
  const write = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    for (const _ of [1, 2]) {
      const program = new Command();
      policyCommand(program, () => {});
      await program.parseAsync(['policy', 'aws', '--services', 'sqs, iam'], { from: 'user' });
    }
  } finally {
    write.mockRestore();
  }
  const [first, second] = printed;
  expect(second).toBe(first);
  const { Version, Statement } = JSON.parse(first ?? '') as ReturnType<typeof policyOf>;
  expect(Version).toBe('2012-10-17');
  expect(Statement.map(({ Sid }) => Sid)).toEqual(['Cloudtrail', 'Ec2', 'Iam', 'Sqs']);
  expect(Statement[1]?.Action).toEqual(['ec2:DescribeRegions']);
});

test('a service that does not exist is wrong usage', async () => {
  const program = new Command();
  policyCommand(program, () => {});
  await expect(
    program.parseAsync(['policy', 'aws', '--services', 'sqs,teleport'], { from: 'user' }),
  ).rejects.toThrow(/teleport/);
});

test('the policy of a plan has a statement for each service and its resources, apart from that for reading', () => {
  const all = new Set(['*']);
  const one = new Set(['arn:aws:x:1', 'arn:aws:x:0']);
  const { Statement } = planPolicyOf(
    new Map([
      ['ecs:UpdateService', all],
      ['ecs:DescribeServices', all],
      ['elasticloadbalancing:CreateListener', one],
      ['elasticloadbalancing:DescribeListeners', new Set(['*', 'arn:aws:x:1'])],
    ]),
  );
  expect(Statement).toEqual([
    { Sid: 'Ecs', Effect: 'Allow', Action: ['ecs:DescribeServices', 'ecs:UpdateService'], Resource: '*' },
    {
      Sid: 'Elasticloadbalancing',
      Effect: 'Allow',
      Action: ['elasticloadbalancing:CreateListener'],
      Resource: ['arn:aws:x:0', 'arn:aws:x:1'],
    },
    {
      Sid: 'Elasticloadbalancing2',
      Effect: 'Allow',
      Action: ['elasticloadbalancing:DescribeListeners'],
      Resource: '*',
    },
  ]);
});

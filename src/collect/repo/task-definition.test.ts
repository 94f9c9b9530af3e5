import { describe, expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { taskDefinition } from './task-definition.ts';

const read = (text: string, path = 'infra/task.json') => collectFiles(taskDefinition, { [path]: text });

const api = {
  family: 'shop-api-staging',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  executionRoleArn: 'arn:aws:iam::111122223333:role/service/shopExecution',
  taskRoleArn: 'shopTask',
  containerDefinitions: [
    {
      name: 'api',
      image: '111122223333.dkr.ecr.eu-west-3.amazonaws.com/shop-api:latest',
      portMappings: [{ containerPort: 8000 }],
      healthCheck: { command: ['CMD', 'true'] },
      environment: [
        { name: 'S3_BUCKET', value: 'shop-assets' },
        { name: 'API_KEY', value: 'kP2vX9qLw7ZtB4nM' },
      ],
      secrets: [
        {
          name: 'DB',
          valueFrom: 'arn:aws:secretsmanager:eu-west-3:111122223333:secret:shop/db-AbC1dE:password::',
        },
        { name: 'JWT', valueFrom: 'arn:aws:ssm:eu-west-3:111122223333:parameter/shop/jwt' },
        { name: 'SMTP', valueFrom: '/shop/smtp' },
      ],
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/ecs/shop-api', 'awslogs-region': 'eu-west-3' },
      },
    },
  ],
  volumes: [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-0123456789abcdef0' } }],
};
const text = JSON.stringify(api, null, 2);

describe('a task definition', () => {
  const named = [
    ['AWS::ECS::TaskDefinition', 'shop-api-staging'],
    ['Docker::Image', '111122223333.dkr.ecr.eu-west-3.amazonaws.com/shop-api:latest'],
    ['AWS::ECR::Repository', 'shop-api'],
    ['AWS::IAM::Role', 'shopTask'],
    ['AWS::IAM::Role', 'shopExecution'],
    ['AWS::Logs::LogGroup', '/ecs/shop-api'],
    ['AWS::SecretsManager::Secret', 'shop/db'],
    ['AWS::SSM::Parameter', '/shop/jwt'],
    ['AWS::SSM::Parameter', '/shop/smtp'],
    ['AWS::S3::Bucket', 'shop-assets'],
    ['AWS::EFS::FileSystem', 'fs-0123456789abcdef0'],
  ];

  test('names everything that the task needs, with account, region and environment', () => {
    const { facts } = read(text);
    expect(facts.map(({ kind, name }) => [kind, name])).toEqual(named);
    expect(facts[0]).toMatchObject({
      account: '111122223333',
      region: 'eu-west-3',
      environments: ['staging'],
      evidence: { line: 2 },
      properties: {
        containerPorts: ['api:8000'],
        cpu: '256',
        networkMode: 'awsvpc',
        containers: [
          {
            name: 'api',
            ports: ['8000'],
            healthCheck: true,
            environment: ['S3_BUCKET', 'API_KEY'],
            secrets: ['DB', 'JWT', 'SMTP'],
          },
        ],
      },
    });
    expect(facts[0]?.relations).toHaveLength(named.length - 2);
    const line = text.split('\n').findIndex((each) => each.includes('secret:shop/db')) + 1;
    expect(facts.find(({ name }) => name === 'shop/db')?.evidence).toMatchObject({ line });
  });

  test('gives the value of no variable', () => {
    expect(JSON.stringify(read(text))).not.toContain('kP2vX9qLw7ZtB4nM');
    const minified = read(JSON.stringify(api));
    expect(JSON.stringify(minified)).not.toContain('kP2vX9qLw7ZtB4nM');
    expect(minified.facts[0]?.evidence.excerpt).toBe('"family":"shop-api-staging"');
  });

  test('is found inside the answer of describe-task-definition, and with comments', () => {
    expect(read(JSON.stringify({ taskDefinition: api })).facts).toHaveLength(named.length);
    expect(read(`// deployed by hand\n${text}`, 'ecs/task.jsonc').facts).toHaveLength(named.length);
  });

  test('as a template, has literal parts and placeholders', () => {
    const { facts, unread } = read(
      `{
        "family": "shop-\${env}",
        "cpu": \${cpu},
        "executionRoleArn": "arn:aws:iam::\${account}:role/shopExecution",
        "containerDefinitions": [
          {"name": "api", "image": "\${account}.dkr.ecr.\${region}.amazonaws.com/shop-api:\${tag}", "essential": true},
          {"name": "side", "image": "<IMAGE1_NAME>"},
          {"name": "other", "image": "\${image}"}
        ]
      }`,
      'infra/task.json.tpl',
    );
    expect(facts.map(({ kind, name, nameStatus, account }) => [kind, name, nameStatus, account])).toEqual([
      ['AWS::ECS::TaskDefinition', 'shop-${env}', 'template', undefined],
      ['Docker::Image', '${account}.dkr.ecr.${region}.amazonaws.com/shop-api:${tag}', 'template', undefined],
      ['AWS::ECR::Repository', 'shop-api', 'literal', undefined],
      ['AWS::IAM::Role', 'shopExecution', 'literal', undefined],
    ]);
    expect(unread).toEqual([]);
  });

  test('as a template declares what is deployed, as an example only refers to it', () => {
    const sorts = (path: string) => [...new Set(read(text, path).facts.map(({ sort }) => sort))];
    expect(sorts('aws/task.json.template')).toEqual(['declared']);
    expect(sorts('aws/task.json.example')).toEqual(['reference']);
  });

  test('containers alone declare their images, and no family', () => {
    expect(
      read('[{"name": "api", "image": "shop/api:1", "essential": true}]', 'ecs/containers.json').facts.map(
        ({ name }) => name,
      ),
    ).toEqual(['shop/api:1']);
  });

  test('a service kept as JSON runs in its cluster', () => {
    expect(
      read(
        JSON.stringify({
          cluster: 'shop-prod',
          serviceName: 'api',
          taskDefinition: 'shop-api:12',
          desiredCount: 2,
          loadBalancers: [
            {
              targetGroupArn:
                'arn:aws:elasticloadbalancing:eu-west-3:111122223333:targetgroup/shop-api/0123456789abcdef',
            },
          ],
        }),
        'ecs/service.json',
      ).facts.map(({ kind, name, scope }) => [kind, name, scope]),
    ).toEqual([
      ['AWS::ECS::Service', 'api', 'shop-prod'],
      ['AWS::ECS::Cluster', 'shop-prod', undefined],
      ['AWS::ECS::TaskDefinition', 'shop-api', undefined],
      ['AWS::ElasticLoadBalancingV2::TargetGroup', 'shop-api', undefined],
    ]);
  });

  test('other JSON declares nothing', () => {
    expect(read('{"name": "x", "image": "y"}', 'ecs/other.json').facts).toEqual([]);
    expect(read('[{"name": "cat", "image": "cat.png"}]', 'data/containers.json').facts).toEqual([]);
    expect(read('{"containerDefinitions": "none"}').facts).toEqual([]);
  });

  test('a retired copy is retired, broken JSON is one line of coverage', () => {
    expect(read(text, 'infra/task.json.bak').facts.every(({ sort }) => sort === 'retired')).toBe(true);
    expect(read(`${text.slice(0, -20)}`).unread).toMatchObject([{ line: expect.any(Number), asked: true }]);
    expect(read(`{"containerDefinitions": ${'['.repeat(100_000)}`).unread).toHaveLength(1);
  });

  test('a secret whose own name ends in a word of six letters keeps it', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-3:111122223333:secret:shop-secret';
    expect(
      read(
        JSON.stringify({
          family: 'a',
          containerDefinitions: [{ name: 'a', secrets: [{ name: 'A', valueFrom: arn }] }],
        }),
      ).facts.map(({ name }) => name),
    ).toContain('shop-secret');
  });
});

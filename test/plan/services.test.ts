import { describe, expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { motoForTests } from '../aws/moto.ts';
import { seed } from '../aws/seed.ts';
import { Executor } from './execute.ts';
import { applyAndUndo, planned, plannedWith, planOf } from './try-remedy.ts';

const REGION = 'eu-west-3';
const moto = motoForTests();

async function estate() {
  const ids = await seed(moto.url, REGION, {
    vpcs: {
      main: {
        cidr: '10.0.0.0/16',
        subnets: { a: { cidr: '10.0.1.0/24', zone: 'a' } },
        securityGroups: { tasks: {} },
      },
    },
    targetGroups: { web: { vpc: 'main', TargetType: 'ip', Port: 3000 } },
    taskDefinitions: {
      web: {
        networkMode: 'awsvpc',
        containers: {
          web: {
            image: 'nginx',
            memory: 128,
            portMappings: [{ containerPort: 8080 }],
            environment: [
              { name: 'TOKEN', value: 'canary-of-a-token' },
              { name: 'PORT', value: '8080' },
            ],
          },
        },
        revisions: 2,
      },
    },
    clusters: {
      prod: {
        services: {
          web: {
            taskDefinition: 'web',
            subnets: ['a'],
            securityGroups: ['tasks'],
            targetGroups: [{ name: 'web', container: 'web', port: 3000 }],
            healthCheckGracePeriodSeconds: 10,
          },
          off: { taskDefinition: 'web', desiredCount: 0, stopped: true },
        },
      },
    },
  });
  return (key: string) => ids[key] ?? '';
}

const WEB = { region: REGION, cluster: 'prod', service: 'web', taskDefinition: 'web:2' };
const mend = async (id: string, values: Record<string, Json>) => {
  await estate();
  return applyAndUndo(moto.url, planOf([{ id, values: { ...WEB, ...values } }]));
};

describe('a service', () => {
  test('runs the revision that was registered', () => mend('service-behind-revision', { latest: 'web:1' }));
  test('is given time to start', () => mend('grace-period-short', { gracePeriod: 10, expected: 60 }));
  test('is asked for tasks', () =>
    mend('service-short-of-tasks', { service: 'off', desired: 0, expected: 1 }));
  test('gets a public address', () => mend('public-ip-missing', {}));
  test('leads to the port that its container exposes', async () => {
    const [step] = await mend('container-port-mismatch', {
      container: 'web',
      containerIndex: 0,
      containerPort: 3000,
      actual: [8080],
    });
    expect(step?.changes[0]?.after).toMatchObject([{ containerPort: 8080 }]);
  });

  test.each([
    ['exposes the port', 'container-port-mismatch', { containerPort: 3000 }],
    [
      'listens where it is asked',
      'container-listens-elsewhere',
      { variable: 'PORT', variableIndex: 1, actual: 8080, expected: 3000 },
    ],
  ])('deploys a revision that %s; the revision ends when that is undone', async (_, id, more) => {
    await estate();
    const executor = new Executor(moto.url);
    const values = { ...WEB, container: 'web', containerIndex: 0, ...more };
    const { steps } = await planned(planOf([{ id, values }]), executor);
    expect(JSON.stringify(steps)).not.toContain('canary');
    const [register, update] = steps[0]?.changes ?? [];
    if (!register?.undo || !update?.undo) throw new Error('two changes that can be undone');
    for (const { write, state, after } of [register, update]) {
      await executor.write(write);
      expect(await executor.read(state)).toEqual(await executor.after(after, write));
    }
    expect(await executor.read(update.state)).toMatch(/:3$/);
    await executor.write(update.undo);
    expect(await executor.read(update.state)).toEqual(update.before);
    await executor.write(register.undo);
    // moto goes on to give a revision that is INACTIVE as the latest of its family, which ECS does not: it is asked for itself
    const revision = {
      service: 'ecs',
      operation: 'DescribeTaskDefinition',
      region: REGION,
      input: { taskDefinition: 'web:3' },
    };
    expect(await executor.read({ ...revision, query: 'taskDefinition.status' })).toBe('INACTIVE');
    executor.close();
  });

  test('starts its deployment again; how tasks come is nothing that moto tells, so it is only planned', () => {
    const { steps } = plannedWith(planOf([{ id: 'image-pull-failing', values: WEB }]), false);
    expect(steps).toMatchObject([
      {
        risk: 'restart',
        state: 'ready',
        irreversible: { en: expect.any(String) },
        changes: [
          {
            write: { operation: 'UpdateService', input: { forceNewDeployment: true } },
            before: false,
            after: true,
          },
        ],
      },
    ]);
    expect(steps[0]?.rollback).toBeUndefined();
  });
});

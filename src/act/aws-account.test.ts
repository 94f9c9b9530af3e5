import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Refused } from '#collect/readers/aws/refusal.ts';
import { answeredBy, type OpenAccount, openAccount } from './aws-account.ts';

interface Asked {
  target: string;
  body: string;
}

/** How the next requests are answered, by the end of their target: a status and a JSON body; 0 breaks the connection. */
let answers: Record<string, readonly [status: number, body: object]> = {};
let asked: Asked[] = [];
let account: OpenAccount;
let stop: () => void;

beforeEach(async () => {
  answers = {};
  asked = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      if (body.includes('GetCallerIdentity')) {
        const result = '<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/test</Arn>';
        response.end(`<R><GetCallerIdentityResult>${result}</GetCallerIdentityResult></R>`);
        return;
      }
      const target = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      asked.push({ target, body });
      const [status, answer] = answers[target] ?? [200, {}];
      if (status === 0) return response.destroy();
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r-1' });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  account = await openAccount({ delay: 1 }, 'eu-west-3');
  stop = () => {
    account.close();
    server.close();
    server.closeAllConnections();
  };
});
afterEach(() => {
  stop();
  vi.unstubAllEnvs();
});

const TOKEN = 'a'.repeat(32);
const call = (operation: string, input: Record<string, unknown> = {}, service = 'ecs') => ({
  service,
  operation,
  input,
  token: TOKEN,
});

describe('a write', () => {
  test('is sent once, whatever it is answered, and the answer says what is known', async () => {
    answers = {
      CreateService: [500, { __type: 'ServerException' }],
      UpdateService: [400, { __type: 'ServiceNotFoundException', message: 'secret words' }],
      RunTask: [400, { __type: 'ThrottlingException' }],
      DeleteService: [0, {}],
      StopTask: [200, {}],
    };
    const sent = async (operation: string) => await account.send(call(operation));
    expect(await sent('CreateService')).toMatchObject({
      answer: 'unknown',
      status: 500,
      error: 'ServerException',
    });
    expect(await sent('UpdateService')).toEqual({
      answer: 'rejected',
      status: 400,
      request: 'r-1',
      error: 'ServiceNotFoundException',
    });
    expect(await sent('RunTask')).toMatchObject({ answer: 'throttled' });
    expect(await sent('DeleteService')).toMatchObject({ answer: 'unknown' });
    expect(await sent('StopTask')).toEqual({ answer: 'accepted', status: 200, request: 'r-1' });
    expect(asked.map(({ target }) => target)).toEqual([
      'CreateService',
      'UpdateService',
      'RunTask',
      'DeleteService',
      'StopTask',
    ]);
  });

  test('bears the token of its change where the API takes one, and the plan’s own where it has one', async () => {
    await account.send(call('RunTask', { taskDefinition: 'x' }));
    await account.send(call('RunTask', { clientToken: 'own' }));
    await account.send(call('RequestCertificate', { DomainName: 'shop.example' }, 'acm'));
    await account.send(call('UpdateService', { service: 'x' }));
    expect(asked.map(({ body }) => JSON.parse(body))).toEqual([
      { taskDefinition: 'x', clientToken: TOKEN },
      { clientToken: 'own' },
      { DomainName: 'shop.example', IdempotencyToken: TOKEN },
      { service: 'x' },
    ]);
  });

  test('that nobody can send as anybody was not sent', () => {
    const error = Object.assign(new Error('none'), { name: 'CredentialsProviderError' });
    expect(answeredBy(error)).toEqual({ answer: 'rejected', error: 'CredentialsProviderError' });
  });
});

describe('a read', () => {
  const read = {
    service: 'ecs',
    operation: 'DescribeServices',
    input: {},
    query: 'services[0].desiredCount',
  };

  test('gives what its query finds, as JSON: null where there is nothing, and where the service says so', async () => {
    answers = { DescribeServices: [200, { services: [{ desiredCount: 2, createdAt: 0 }] }] };
    expect(await account.read(read)).toBe(2);
    expect(await account.read({ ...read, query: 'services[0].createdAt' })).toBe('1970-01-01T00:00:00.000Z');
    expect(await account.document({ ...read, query: 'services[0].createdAt' })).toEqual(new Date(0));
    expect(await account.read({ ...read, query: 'services[1]' })).toBe(null);
    answers = { DescribeServices: [400, { __type: 'ClusterNotFoundException' }] };
    expect(await account.read(read)).toBe(null);
  });

  test('that is refused is no state', async () => {
    answers = { DescribeServices: [400, { __type: 'AccessDeniedException' }] };
    await expect(account.read(read)).rejects.toThrow(Refused);
    await expect(account.read(read)).rejects.toMatchObject({
      refusal: { sort: 'denied', permission: 'ecs:DescribeServices' },
    });
  });

  test('has all pages, unless it asks for one itself', async () => {
    let page = 0;
    Object.defineProperty(answers, 'ListClusters', {
      get: () => [200, page++ === 0 ? { clusterArns: ['a'], nextToken: 'n' } : { clusterArns: ['b'] }],
    });
    const list = { service: 'ecs', operation: 'ListClusters', input: {}, query: 'clusterArns' };
    expect(await account.read(list)).toEqual(['a', 'b']);
    expect(Object.keys(list.input)).toEqual([]);
    page = 0;
    expect(await account.read({ ...list, input: { maxResults: 1 } })).toEqual(['a']);
  });

  test.each(['UpdateService', 'DeleteService', 'GetSecretValue', 'Describe'])(
    '%s is none',
    async (operation) => {
      await expect(account.read({ ...read, service: 'secretsmanager', operation })).rejects.toThrow(
        /is no read/,
      );
      expect(asked).toEqual([]);
    },
  );
});

describe('who changed something', () => {
  const state = { service: 'ecs', operation: 'DescribeServices', input: { services: ['shop'] }, query: '@' };

  test('is the last who wrote, by name, and never by the id of a key', async () => {
    const event = { EventTime: 1_770_000_000, ReadOnly: 'false' };
    const told = (Events: object[]) => {
      answers = { LookupEvents: [200, { Events }] };
    };
    told([
      { ...event, ReadOnly: 'true', EventName: 'DescribeServices', Username: 'eve' },
      { ...event, EventName: 'UpdateService', Username: 'ada' },
    ]);
    expect(await account.lastWriter(state, '2026-11-28T08:00:00.000Z')).toEqual({
      event: 'UpdateService',
      at: '2026-02-02T02:40:00.000Z',
      by: 'ada',
    });
    told([{ ...event, EventName: 'UpdateService', Username: 'AKIAIOSFODNN7EXAMPLE' }]);
    expect(await account.lastWriter(state, '2026-11-28T08:00:00.000Z')).not.toHaveProperty('by');
  });

  test('is not told where the trail is refused', async () => {
    answers = { LookupEvents: [400, { __type: 'AccessDeniedException' }] };
    expect(await account.lastWriter(state, '2026-11-28T08:00:00.000Z')).toBe(undefined);
  });
});

import { CreateFunctionUrlConfigCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { behaviour, bucket, custom, type Maker, REGION } from '../account.ts';
import { answers, balancer, ips, service } from './parts.ts';

/** Distributions with several origins. */
export async function edges(m: Maker) {
  await balancer(m, 'origin');
  await m.group('origin', { Port: 3000 }, ips(3000));
  await service(m, 'origin', ['origin']);
  await m.listener('origin', 443, { DefaultActions: [answers('403')] } as never, ['region']);
  await m.rule(
    'origin',
    443,
    1,
    [
      {
        Field: 'http-header',
        HttpHeaderConfig: { HttpHeaderName: 'X-Origin-Verify', Values: ['canary-secret'] },
      },
    ],
    m.forward('origin'),
  );
  const secret = {
    CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'x-origin-verify', HeaderValue: 'canary-secret' }] },
  };
  await m.distribution(
    'app',
    ['app.trial.example'],
    [
      bucket('files', 'trial-static'),
      bucket('spare', 'trial-failover'),
      custom('api', 'origin.trial.example', 'https-only', secret),
    ],
    {
      behaviours: [{ ...behaviour('api'), PathPattern: '/api/*' }],
    },
  );
  await m.distribution(
    'inner',
    ['inner.trial.example'],
    [
      {
        Id: 'within',
        DomainName: 'inner-origin.trial.example',
        VpcOriginConfig: { VpcOriginId: 'vo_within' },
      },
    ],
  );
  await m.distribution(
    'foreign',
    ['foreign.trial.example'],
    [custom('far', `theirs-1234567890.${REGION}.elb.amazonaws.com`, 'http-only')],
  );
  await m.distribution('star', ['*.trial.example'], [bucket('files', 'trial-static')]);
  const { FunctionUrl = '' } = await m
    .client(LambdaClient)
    .send(new CreateFunctionUrlConfigCommand({ FunctionName: 'page', AuthType: 'NONE' }));
  const host = m.keep('function-url', 'page', new URL(FunctionUrl).host);
  await m.distribution('url', ['url.trial.example'], [custom('page', host)]);
  await m.records('trial.example', [
    m.toDistribution('app.trial.example', 'app'),
    m.toDistribution('inner.trial.example', 'inner'),
    m.toDistribution('foreign.trial.example', 'foreign'),
    m.toDistribution('url.trial.example', 'url'),
    m.toBalancer('origin.trial.example', 'origin'),
    m.toDistribution('*.trial.example', 'star'),
  ]);
}

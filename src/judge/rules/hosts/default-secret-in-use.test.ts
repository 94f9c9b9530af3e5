import { expect, test } from 'vitest';
import { estate } from '../../test-estate.ts';
import { container, hostState, hostUnit } from '../../test-host.ts';
import { besideHosts, hostRule, secret } from '../../test-host-rule.ts';
import { defaultSecretInUse } from './default-secret-in-use.ts';

hostRule(
  defaultSecretInUse,
  'environment-files',
  [
    [
      'in the file of a unit',
      {
        units: [
          hostUnit('api.service', {
            environmentFiles: [
              {
                path: '/opt/api/.env',
                isOptional: false,
                state: 'read',
                variables: [secret('APP_SECRET', 'same')],
              },
            ],
          }),
        ],
      },
      ['api.service critical'],
    ],
    [
      'in a container',
      { containers: [container('web', { environment: [secret('APP_SECRET', 'same')] })] },
      ['web critical'],
    ],
    [
      'a default of the field',
      { containers: [container('db', { environment: [secret('POSTGRES_PASSWORD', 'x', 'default')] })] },
      ['db critical'],
    ],
  ],
  [
    { containers: [container('web', { environment: [secret('APP_SECRET', 'another')] })] },
    // the file overrides what the unit says first
    {
      units: [
        hostUnit('api.service', {
          environment: [secret('APP_SECRET', 'same')],
          environmentFiles: [
            {
              path: '/opt/api/.env',
              isOptional: false,
              state: 'read',
              variables: [secret('APP_SECRET', 'own')],
            },
          ],
        }),
      ],
    },
  ],
);

test('no digest comes into a gap', () => {
  const host = hostState({ containers: [container('web', { environment: [secret('APP_SECRET', 'same')] })] });
  const verdict = defaultSecretInUse.evaluate(host, estate({ artifacts: besideHosts }));
  expect(verdict.is).toBe('gap');
  expect(JSON.stringify(verdict)).not.toMatch(/same"/);
});

import { expect, test } from 'vitest';
import { parsePage } from './parse.ts';
import { statementsOf } from './statements.ts';
import { named } from './test-page.ts';

const stated = (text: string) =>
  statementsOf(parsePage(text), named(text), text).map(
    ({ subject, property, value, environment, line }) =>
      `${line} ${subject} ${property} ${value}${environment ? ` (${environment})` : ''}`,
  );

test.each([
  ['`orders-api` listens on port 8000', '1 orders-api port 8000'],
  ['`orders-api` écoute sur le port 8000.', '1 orders-api port 8000'],
  ['- `orders-api` (port 8000)', '1 orders-api port 8000'],
  ['Target group `orders-tg`, Port: 3000', '1 orders-tg port 3000'],
  ['Target group: `orders-tg` (health check: `/healthz`)', '1 orders-tg health-path /healthz'],
  ['- Domain: `api.shop.fr`', '1 api.shop.fr url api.shop.fr'],
  ['**Endpoints:**\n\n- `https://api.shop.fr/health` (GET)', '3 api.shop.fr url api.shop.fr'],
  ['## PROD\n\nURL : https://shop.fr', '3 shop.fr url shop.fr (prod)'],
])('%s', (text, expected) => {
  expect(stated(text)).toEqual([expected]);
});

test('a table with a column of ports states one for each name', () => {
  expect(
    stated('| Service | Port |\n| - | - |\n| `orders-api` | 8000 |\n| web-front | 3000 |\n| db | 5432 |'),
  ).toEqual(['3 orders-api port 8000', '4 web-front port 3000']);
});

test('the account and region of an ARN are those of what it names', () => {
  expect(stated('`arn:aws:sqs:eu-west-3:411122223334:orders-events`')).toEqual([
    '1 orders-events account 411122223334',
    '1 orders-events region eu-west-3',
  ]);
});

test.each([
  'Set the port to 8000.',
  'Use `docker-compose` and open port 8000 of the host',
  '## Example\n\n`orders-api` listens on port 8000',
  '- [link](https://github.com/a/b)\n- Documentation: https://docs.python.org',
  'Domain: `example.com`, `localhost`, `api.internal`',
  'Webhook: call `client.send()`; URL: `socket.gethostname`',
  '| Service | Host port | Container port |\n| - | - | - |\n| `orders-api` | 80 | 8000 |',
])('%s states nothing', (text) => {
  expect(stated(text)).toEqual([]);
});

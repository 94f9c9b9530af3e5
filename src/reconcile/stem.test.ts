import { expect, test } from 'vitest';
import { stem } from './stem.ts';

test.each([
  ['orders-prod-svc', 'orders'],
  ['acme-staging-orders-cluster', 'acme-orders'],
  ['acme/orders', 'orders'],
  ['acme/orders/prod', 'orders'],
  ['OrdersApiProductionService', 'orders-api'],
  ['orders-⟨inputs.environment⟩-svc', 'orders'],
  ['orders-${ENV}', 'orders'],
  ['orders-eu-west-3-tg', 'orders'],
  ['deploy-orders', 'orders'],
  ['prod-cluster', ''],
])('the stem of %s is “%s”', (name, expected) => {
  expect(stem(name)).toBe(expected);
});

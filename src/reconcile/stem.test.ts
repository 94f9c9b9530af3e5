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
  ['orders-dev-service-k3sw9hgz', 'orders'],
  ['api-1-service-k3sw9hgz', 'api'],
  ['task-1-service-k3sw9hgz', ''],
  ['orders-platform', 'orders-platform'],
  ['orders-release2', 'orders-release2'],
  ['prod-cluster', ''],
])('the stem of %s is “%s”', (name, expected) => {
  expect(stem(name)).toBe(expected);
});

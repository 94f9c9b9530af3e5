import { runPaths } from '../test-cases.ts';
import {
  type Account,
  BALANCER,
  CLUSTER,
  DEFINITION,
  denied,
  FUNCTION,
  GROUP,
  type Properties,
  related,
  SERVICE,
} from '../test-estate.ts';
import { GROUP_ARN, group, plainShop, service, target } from '../test-shop.ts';

const targets =
  (...all: Properties[]) =>
  (account: Account) =>
    account.set(GROUP, { targets: all });
const ok = target('10.0.10.4', 3000, 'healthy');
const ill = (reason: string, more: Properties = {}) =>
  target('10.0.11.4', 3000, 'unhealthy', { reason, ...more });
/** One that no service registers in. */
const alone = (account: Account) => account.remove(SERVICE).remove(DEFINITION);

runPaths('targets', plainShop, [
  { name: 'are all well', says: '2 healthy targets of 2' },
  { name: 'one is', change: targets(ok), says: '1 healthy target of 1' },
  {
    name: 'some are not',
    change: targets(ok, ill('Target.Timeout')),
    fail: ['targets-unhealthy'],
    says: '1 healthy target of 2 (`Target.Timeout`)',
    values: { healthy: 1, all: 2, reasons: ['Target.Timeout'], service: 'web', cluster: 'shop' },
  },
  {
    name: 'none is',
    change: targets(ill('Target.FailedHealthChecks')),
    fail: ['targets-unhealthy'],
    values: { healthy: 0 },
  },
  { name: 'one is well while another starts', change: targets(ok, target('10.0.11.4', 3000, 'initial')) },
  {
    name: 'all of them start',
    change: targets(target('10.0.11.4', 3000, 'initial'), target('10.0.11.5', 3000, 'draining')),
    unknown: ['targets-unhealthy'],
    says: 'no target is checked yet (`initial`, `draining`)',
  },
  {
    name: 'their health was not read',
    change: (one) => one.forget(GROUP, 'targets', 'elasticloadbalancing:DescribeTargetHealth'),
    unknown: ['targets-unhealthy'],
    permission: 'elasticloadbalancing:DescribeTargetHealth',
  },
  { name: 'there are none', change: targets(), fail: ['target-group-empty'], says: 'no registered target' },
  {
    name: 'there are none, and no service registers any',
    change: (one) => alone(targets()(one)),
    fail: ['target-group-empty'],
    says: 'no target, and no service registers in it',
  },
  {
    name: 'there are none, and another group that nothing leads to has them',
    change: (one) => {
      targets()(one);
      alone(one);
      const other = `${GROUP_ARN.replace('/web/', '/meant/')}`;
      group(one, 'meant', [ok], {}, []);
      service(one, 'web', {}, [other]);
    },
    fail: ['target-group-empty'],
    values: { better: GROUP_ARN.replace('/web/', '/meant/') },
  },
  {
    name: 'services were not read: who registers is not known',
    change: (one) => one.remove(DEFINITION).refuse(SERVICE),
    unknown: ['service-missing'],
    permission: `list:${SERVICE}`,
    roles: 'dns load-balancer target-group',
  },
  {
    name: 'services of one cluster were not read',
    change: (one) => one.remove(DEFINITION).refuse(SERVICE, 'shop'),
    unknown: ['service-missing'],
  },
  {
    name: 'what describes a service was refused',
    change: (one) => {
      alone(one);
      one.see(SERVICE, 'web', {}, { scope: 'shop', refusals: [denied('ecs:DescribeServices')] });
    },
    unknown: ['service-missing'],
    permission: 'ecs:DescribeServices',
  },
  {
    name: 'somebody registers them by hand',
    change: (one) => alone(one).remove(CLUSTER),
    roles: 'dns load-balancer target-group',
  },
]);

runPaths('zones of targets', plainShop, [
  {
    name: 'one is not of the load balancer',
    change: targets(ok, target('10.0.12.4', 3000, 'unused', { zone: 'eu-west-3c' })),
    fail: ['target-zone-not-enabled'],
    says: 'zone `eu-west-3c` not enabled on `front`',
    values: { zones: ['eu-west-3c'] },
  },
  {
    name: 'one that ends does not count',
    change: targets(ok, target('10.0.12.4', 3000, 'draining', { zone: 'eu-west-3c' })),
  },
  { name: 'targets that are of all zones', change: targets({ ...ok, zone: 'all' }) },
  {
    name: 'no task runs yet: the zones of its subnets',
    change: (one) => {
      targets()(one);
      one.set(SERVICE, { subnets: ['subnet-c'] });
      one.see('AWS::EC2::Subnet', 'subnet-c', { availabilityZone: 'eu-west-3c' });
    },
    fail: ['target-group-empty', 'target-zone-not-enabled'],
    // the estate has no route tables
    unknown: ['route-missing'],
  },
]);

runPaths('ports and health checks', plainShop, [
  {
    name: 'targets on another port than the container',
    change: targets(target('10.0.10.4', 8080, 'healthy')),
    fail: ['target-port-mismatch'],
    values: { port: 8080, containerPort: 3000 },
    says: 'targets on port 8080, the service exposes 3000',
  },
  {
    name: 'on hosts the host chooses the port',
    change: (one) => targets(target('i-1', 32_768, 'healthy'))(one).set(GROUP, { targetType: 'instance' }),
  },
  {
    name: 'a check on another port, and it fails',
    change: (one) => targets(ill('Target.Timeout'))(one).set(GROUP, { healthCheckPort: '9000' }),
    fail: ['health-check-mismatch', 'targets-unhealthy'],
    values: { healthCheckPort: 9000, expected: 'traffic-port' },
    certainty: 'probable',
  },
  {
    name: 'a check on another port that passes',
    change: (one) => one.set(GROUP, { healthCheckPort: 9000 }),
    says: 'health check `/health:9000`',
  },
  {
    name: 'a check that expects another code',
    change: targets(
      ill('Target.ResponseCodeMismatch', { description: 'Health checks failed with these codes: [404]' }),
    ),
    fail: ['health-check-mismatch', 'targets-unhealthy'],
    values: { answered: '404', healthCheckPath: '/health', matcher: '200' },
    says: '`/health` answers 404, the check expects `200`',
  },
  {
    name: 'a code that nobody told',
    change: targets(ill('Target.ResponseCodeMismatch')),
    fail: ['health-check-mismatch', 'targets-unhealthy'],
    says: '`/health` does not answer the code that the check expects, `200`',
  },
  {
    name: 'a check of a connection alone',
    change: (one) => {
      delete one.one(GROUP).properties.healthCheckPath;
    },
    hides: 'health check',
  },
]);

runPaths('other targets', plainShop, [
  {
    name: 'a function',
    change: (one) => {
      alone(one).set(GROUP, { targetType: 'lambda', targets: [{ id: 'arn:fn', state: 'unavailable' }] });
      one.one(GROUP).relations.push(related('routes-to', FUNCTION, 'app'));
      one.see(FUNCTION, 'app', { state: 'Active' });
    },
    unknown: ['targets-unhealthy'],
    roles: 'dns load-balancer target-group function',
  },
  {
    name: 'a load balancer, which would lead back',
    change: (one) => {
      alone(one).set(GROUP, { targetType: 'alb' });
      one.one(GROUP).relations.push(related('routes-to', BALANCER, 'front'));
    },
    roles: 'dns load-balancer target-group',
  },
]);

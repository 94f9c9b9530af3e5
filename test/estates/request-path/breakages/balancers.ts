import {
  type Action,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DeleteRuleCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyRuleCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { eachElement, withElement } from '../answers.ts';
import type { Estate } from '../harbour.ts';
import { type Breakage, root } from './breakage.ts';
import { changeHealth, notAnswering, timedOut } from './faults.ts';

const WEB = 'load-balancer harbour-web';
const STATUS = 'load-balancer harbour-status';
const ORDERS = 'load-balancer harbour-orders';

const elb = ({ client }: Estate) => client(ElasticLoadBalancingV2Client);

/** Changes what is told of a load balancer. */
const changeBalancer = ({ id, answers }: Estate, what: string, change: (xml: string) => string) =>
  answers.patch('elasticloadbalancing:DescribeLoadBalancers', (xml: string) =>
    eachElement(xml, 'LoadBalancers', (all) =>
      all.replace(
        /<member>(?:(?!<member>)[\s\S])*?<LoadBalancerArn>[\s\S]*?<\/LoadBalancerArn>[\s\S]*?(?=<member><(?:LoadBalancerArn|DNSName|AvailabilityZones)|$)/g,
        (one) => (one.includes(id(what)) ? change(one) : one),
      ),
    ),
  );

const inState = (estate: Estate, what: string, state: string) =>
  changeBalancer(estate, what, (xml) =>
    eachElement(xml, 'State', (inner) => withElement(inner, 'Code', state)),
  );

const listen = (estate: Estate, listener: string, DefaultActions: Action[]) =>
  elb(estate).send(
    new ModifyListenerCommand({ ListenerArn: estate.id(`listener ${listener}`), DefaultActions }),
  );

const forward = (TargetGroupArn: string): Action[] => [{ Type: 'forward', TargetGroupArn }];
const answer = (StatusCode: string): Action[] => [
  {
    Type: 'fixed-response',
    FixedResponseConfig: { StatusCode, ContentType: 'text/plain', MessageBody: '-' },
  },
];
const redirect = (to: object): Action[] => [
  { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', ...to } },
];

/** The rules of the orders' listener, in the order in which they are tried. */
async function rulesOf(estate: Estate) {
  const ListenerArn = estate.id('listener harbour-orders 443');
  const { Rules = [] } = await elb(estate).send(new DescribeRulesCommand({ ListenerArn }));
  return Rules.filter(({ IsDefault }) => !IsDefault);
}

/** A group with no target and no service, in the same network. */
async function emptyGroup(estate: Estate, way: string): Promise<string> {
  const { TargetGroups } = await elb(estate).send(
    new CreateTargetGroupCommand({
      Name: `empty-${way}`,
      Protocol: 'HTTP',
      Port: 80,
      VpcId: estate.id('vpc harbour'),
      TargetType: 'ip',
    }),
  );
  return TargetGroups?.[0]?.TargetGroupArn ?? '';
}

/** What of a load balancer cannot be judged where nothing comes from the internet. */
const FROM_INTERNET = ['group of the balancer', 'public routes', 'network ACL'];

/** What is wrong with load balancers and their rules. */
export const balancers: Breakage[] = [
  {
    id: 'balancer-internal',
    what: 'the load balancer is internal, and its name leads to private addresses',
    way: 'status',
    touches: ['balancer', ...FROM_INTERNET],
    blamed: [root('load-balancer-internal', STATUS)],
    break: (estate) => changeBalancer(estate, STATUS, (xml) => withElement(xml, 'Scheme', 'internal')),
  },
  {
    id: 'balancer-internal-behind-cdn',
    what: 'the load balancer is internal, and the distribution asks it by its public name',
    way: 'web',
    touches: ['balancer', ...FROM_INTERNET],
    blamed: [root('load-balancer-internal', WEB)],
    break: (estate) => changeBalancer(estate, WEB, (xml) => withElement(xml, 'Scheme', 'internal')),
  },
  {
    id: 'balancer-failed',
    what: 'the load balancer could not be set up',
    way: 'web',
    touches: ['balancer'],
    blamed: [root('load-balancer-inactive', WEB)],
    break: (estate) => inState(estate, WEB, 'failed'),
  },
  {
    id: 'balancer-provisioning',
    what: 'the load balancer is still being set up',
    way: 'status',
    touches: ['balancer'],
    blamed: [root('load-balancer-inactive', STATUS)],
    break: (estate) => inState(estate, STATUS, 'provisioning'),
  },
  {
    id: 'listener-forwards-to-deleted-group',
    what: 'the listener forwards to a target group that was deleted',
    way: 'status',
    touches: ['listener 443', 'group'],
    ends: true,
    blamed: [root('listener-wrong-target', 'target-group')],
    break: async (estate) => {
      const TargetGroupArn = estate.id('target-group harbour-status');
      await listen(estate, 'harbour-status 443', answer('503'));
      await elb(estate).send(new DeleteTargetGroupCommand({ TargetGroupArn }));
      estate.answers.patch('elasticloadbalancing:DescribeListeners', (xml: string) =>
        xml.replaceAll(
          /<Type>fixed-response<\/Type>/g,
          `<Type>forward</Type><TargetGroupArn>${TargetGroupArn}</TargetGroupArn>`,
        ),
      );
    },
  },
  {
    id: 'listener-forwards-to-empty-group',
    what: 'the listener forwards to a group in which nothing registers',
    way: 'status',
    touches: ['listener 443'],
    ends: true,
    blamed: [root('target-group-empty', 'target-group')],
    break: async (estate) =>
      listen(estate, 'harbour-status 443', forward(await emptyGroup(estate, 'status'))),
  },
  {
    id: 'listener-forwards-to-old-group',
    what: 'the listener forwards to the group of an earlier service, which is empty',
    way: 'web',
    touches: ['listener 443'],
    ends: true,
    blamed: [root('target-group-empty', 'target-group harbour-web-old')],
    break: (estate) => listen(estate, 'harbour-web 443', forward(estate.id('target-group harbour-web-old'))),
  },
  {
    id: 'listener-answers-503',
    what: 'the listener answers 503 itself, as a page of maintenance',
    way: 'status',
    touches: ['listener 443'],
    ends: true,
    blamed: [root('listener-answers-itself', STATUS)],
    break: (estate) => listen(estate, 'harbour-status 443', answer('503')),
  },
  {
    id: 'rule-shadowed',
    what: 'a wider rule comes first, and takes the requests of the one that is meant',
    way: 'orders',
    touches: ['rules'],
    blamed: [root('listener-rule-shadowed', ORDERS)],
    break: async (estate) => {
      const [first] = await rulesOf(estate);
      const ListenerArn = estate.id('listener harbour-orders 443');
      await elb(estate).send(
        new ModifyRuleCommand({
          RuleArn: first?.RuleArn,
          Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['*.harbour.example'] } }],
          Actions: answer('503'),
        }),
      );
      await elb(estate).send(
        new CreateRuleCommand({
          ListenerArn,
          Priority: 20,
          Conditions: [
            { Field: 'host-header', HostHeaderConfig: { Values: ['api.harbour.example'] } },
            { Field: 'path-pattern', PathPatternConfig: { Values: ['/v1/*'] } },
          ],
          Actions: forward(estate.id('target-group harbour-orders')),
        }),
      );
    },
  },
  {
    id: 'rule-for-other-host',
    what: 'the rule is for another host name, and the listener answers 404',
    way: 'orders',
    touches: ['rules'],
    ends: true,
    blamed: [root('listener-answers-itself', ORDERS)],
    break: async (estate) => {
      const [first] = await rulesOf(estate);
      await elb(estate).send(
        new ModifyRuleCommand({
          RuleArn: first?.RuleArn,
          Conditions: [
            { Field: 'host-header', HostHeaderConfig: { Values: ['api.harbour-staging.example'] } },
            { Field: 'path-pattern', PathPatternConfig: { Values: ['/v1/*'] } },
          ],
        }),
      );
    },
  },
  {
    id: 'rule-for-other-path',
    what: 'the rule is for another path, and the listener answers 404',
    way: 'orders',
    touches: ['rules'],
    ends: true,
    blamed: [root('listener-answers-itself', ORDERS)],
    break: async (estate) => {
      const [first] = await rulesOf(estate);
      await elb(estate).send(
        new ModifyRuleCommand({
          RuleArn: first?.RuleArn,
          Conditions: [
            { Field: 'host-header', HostHeaderConfig: { Values: ['api.harbour.example'] } },
            { Field: 'path-pattern', PathPatternConfig: { Values: ['/v2/*'] } },
          ],
        }),
      );
    },
  },
  {
    id: 'rules-deleted',
    what: 'the listener has no rule left, and answers 404',
    way: 'orders',
    touches: ['rules'],
    ends: true,
    blamed: [root('listener-answers-itself', ORDERS)],
    break: async (estate) => {
      for (const { RuleArn } of await rulesOf(estate))
        await elb(estate).send(new DeleteRuleCommand({ RuleArn }));
    },
  },
  {
    id: 'listener-redirects-to-itself',
    what: 'the listener on 443 redirects to the address that was asked for',
    way: 'status',
    touches: ['listener 443'],
    ends: true,
    blamed: [root('redirect-loop', STATUS)],
    break: (estate) =>
      listen(estate, 'harbour-status 443', redirect({ Protocol: 'HTTPS', Port: '443', Host: '#{host}' })),
  },
  {
    id: 'listener-80-forwards',
    what: 'port 80 forwards instead of redirecting',
    way: 'status',
    touches: ['listener 80'],
    blamed: [root('listener-forwards-http', STATUS)],
    break: (estate) => listen(estate, 'harbour-status 80', forward(estate.id('target-group harbour-status'))),
  },
];

const GROUP = 'target-group harbour-status';

async function reregister(
  estate: Estate,
  way: 'status' | 'web' | 'orders',
  targets: { Id: string; Port?: number }[],
) {
  const TargetGroupArn = estate.id(`target-group harbour-${way}`);
  const old = {
    status: ['10.40.0.41', '10.40.1.42'],
    web: ['10.40.10.21', '10.40.11.22'],
    orders: ['10.50.10.31', '10.50.11.32'],
  }[way];
  await elb(estate).send(
    new DeregisterTargetsCommand({ TargetGroupArn, Targets: old.map((Id) => ({ Id })) }),
  );
  if (targets.length > 0)
    await elb(estate).send(new RegisterTargetsCommand({ TargetGroupArn, Targets: targets }));
}

/** What is wrong with target groups. */
export const targets: Breakage[] = [
  {
    id: 'group-empty',
    what: 'the service runs, and none of its tasks is registered',
    way: 'web',
    touches: ['targets', 'health'],
    blamed: [root('target-group-empty', 'target-group harbour-web')],
    break: (estate) => reregister(estate, 'web', []),
  },
  {
    id: 'target-zone-not-enabled',
    what: 'the load balancer is in one zone, a target in another',
    way: 'web',
    touches: ['zones'],
    blamed: [root('target-zone-not-enabled', 'target-group harbour-web')],
    break: (estate) => {
      changeBalancer(estate, WEB, (xml) =>
        eachElement(xml, 'AvailabilityZones', (zones) =>
          zones.replace(/<member>(?:(?!<\/member>)[\s\S])*eu-west-3b[\s\S]*?<\/member>/, ''),
        ),
      );
      changeHealth(estate, 'web', (all) =>
        all.replace(
          /(<Id>10\.40\.11\.22<\/Id>[\s\S]*?<TargetHealth>)[\s\S]*?(<\/TargetHealth>)/,
          '$1<State>unused</State><Reason>Target.NotInUse</Reason><Description>Target is in an Availability Zone that is not enabled for the load balancer</Description>$2',
        ),
      );
    },
  },
  {
    id: 'target-port-wrong',
    what: 'targets are registered with a port on which the container does not listen',
    way: 'status',
    touches: ['targets'],
    blamed: [root('target-port-mismatch', GROUP)],
    break: async (estate) => {
      await reregister(
        estate,
        'status',
        ['10.40.0.41', '10.40.1.42'].map((Id) => ({ Id, Port: 9090 })),
      );
      notAnswering(estate, 'status', 'Target.Timeout', 'Request timed out');
    },
  },
  {
    id: 'health-path-404',
    what: 'the health check asks for a path that the application does not have',
    way: 'web',
    touches: ['health'],
    blamed: [root('health-check-mismatch', 'target-group harbour-web')],
    break: async (estate) => {
      await elb(estate).send(
        new ModifyTargetGroupCommand({
          TargetGroupArn: estate.id('target-group harbour-web'),
          HealthCheckPath: '/healthz',
        }),
      );
      notAnswering(
        estate,
        'web',
        'Target.ResponseCodeMismatch',
        'Health checks failed with these codes: [404]',
      );
    },
  },
  {
    id: 'health-matcher-302',
    what: 'the application answers its health check with a redirect, and the check expects 200',
    way: 'orders',
    touches: ['health'],
    blamed: [root('health-check-mismatch', 'target-group harbour-orders')],
    break: (estate) =>
      notAnswering(
        estate,
        'orders',
        'Target.ResponseCodeMismatch',
        'Health checks failed with these codes: [302]',
      ),
  },
  {
    id: 'health-port-wrong',
    what: 'the health check asks on another port than the targets listen on',
    way: 'status',
    touches: ['health'],
    blamed: [root('health-check-mismatch', GROUP)],
    break: async (estate) => {
      await elb(estate).send(
        new ModifyTargetGroupCommand({
          TargetGroupArn: estate.id(GROUP),
          HealthCheckPort: '8081',
        }),
      );
      timedOut(estate, 'status');
    },
  },
  {
    id: 'targets-unhealthy-for-themselves',
    what: 'the application answers its health check with an error of its own',
    way: 'status',
    touches: ['health'],
    blamed: [root('health-check-mismatch', GROUP)],
    break: (estate) =>
      notAnswering(
        estate,
        'status',
        'Target.ResponseCodeMismatch',
        'Health checks failed with these codes: [500]',
      ),
  },
];

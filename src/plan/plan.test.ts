import { describe, expect, test } from 'vitest';
import type { Finding } from '#model/finding.ts';
import type { Path } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { keyOfRead } from './before.ts';
import { capturesOf, finish } from './finish.ts';
import { draftsOf } from './plan.ts';
import { remedies } from './remedies/all.ts';

const BALANCER = 'arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/app/shop/1';
const LISTENER = 'arn:aws:elasticloadbalancing:eu-west-3:123456789012:listener/app/shop/1/2';
const CERTIFICATE = 'arn:aws:acm:eu-west-3:123456789012:certificate/1';

type Failed = [id: string, values: Record<string, string | number | boolean | string[]>, resource?: string];
const pathOf = (...failed: Failed[]): Path => ({
  url: 'https://shop.example/',
  causes: [],
  side: [],
  hops: failed.map(([id, values, resource = BALANCER]) => ({
    resource,
    role: 'load-balancer',
    status: 'undocumented',
    checks: [{ id, values, result: 'fail', evidence: [], text: { fr: '', en: '' } }],
  })),
});
const finding = (rule: string, gap: string, more: Partial<Finding> = {}): Finding => ({
  gap,
  rule,
  fingerprint: rule,
  severity: 'high',
  confidence: 'high',
  priority: 'P1',
  title: { fr: '', en: '' },
  message: { fr: '', en: '' },
  remedy: { fr: '', en: '' },
  systems: [],
  environments: [],
  resources: [BALANCER],
  evidence: [],
  steps: [],
  ...more,
});
const planOf = (path: Path, findings: Finding[] = []) => draftsOf({ paths: [path], findings, resources: [] });
const titles = (path: Path) => planOf(path).steps.map(({ title }) => title.en);

const missing: Failed = [
  'listener-missing',
  { loadBalancer: BALANCER, port: 443, targetGroup: 'tg', better: CERTIFICATE },
];
const plain: Failed = ['listener-forwards-http', { loadBalancer: BALANCER, listener: LISTENER, port: 443 }];

describe('the plan of a path', () => {
  test('two entries of one network ACL take two numbers; the same one asked for twice is one step', () => {
    const refused = (protocol: string, egress: boolean): Failed => [
      'network-acl-blocks',
      {
        region: 'eu-west-3',
        acl: 'acl-1',
        egress,
        protocol,
        fromPort: 1024,
        toPort: 65535,
        cidrs: ['10.0.0.0/16'],
        ruleNumber: 100,
      },
      'arn:aws:ec2:eu-west-3:123456789012:network-acl/acl-1',
    ];
    const { steps } = planOf(
      pathOf(refused('tcp', true), refused('udp', true), refused('tcp', true), refused('tcp', false)),
    );
    const inputs = steps.flatMap(({ changes }) => changes.map(({ write }) => write.input));
    expect(inputs.map(({ RuleNumber, Egress, Protocol }) => [RuleNumber, Egress, Protocol])).toEqual([
      [99, true, '6'],
      [98, true, '17'],
      [99, false, '6'],
    ]);
  });

  test.each([
    ['established', ['GAP-0001', 'GAP-0002', 'GAP-0003']],
    ['probable', ['GAP-0001']],
  ] as const)('a step mends what its failure is %s to be at the root of', (certainty, gaps) => {
    const path = pathOf(missing);
    const text = { fr: '', en: '' };
    path.causes.push({
      title: text,
      chain: [text, text],
      checks: ['listener-missing', 'origin-protocol-mismatch'],
      hops: [BALANCER, 'E2SHOP'],
      beside: [{ check: 'targets-unhealthy', hop: 'tg' }],
      certainty,
    });
    const { steps } = planOf(path, [
      finding('listener-missing', 'GAP-0001'),
      finding('origin-protocol-mismatch', 'GAP-0002', { resources: ['E2SHOP'] }),
      finding('targets-unhealthy', 'GAP-0003', { resources: ['tg'] }),
      finding('targets-unhealthy', 'GAP-0004', { resources: ['another'] }),
    ]);
    expect(steps[0]?.findings).toEqual(gaps);
  });

  test('names the gaps that each step mends, and leaves what is muted', () => {
    const path = pathOf(missing, plain);
    const muted = { owner: 'x', reason: 'y' };
    const { steps } = planOf(path, [
      finding('listener-missing', 'GAP-0001'),
      finding('listener-forwards-http', 'GAP-0002', { muted }),
    ]);
    expect(steps.map(({ findings }) => findings)).toEqual([['GAP-0001']]);
  });

  test('mends a CDN that speaks HTTPS to a closed port by the listener that is missing anyway', () => {
    const mismatch: Failed = [
      'origin-protocol-mismatch',
      { distribution: 'E1', origin: 'o', originIndex: 0, port: 443, loadBalancer: BALANCER },
      'cdn',
    ];
    const findings = [
      finding('listener-missing', 'GAP-0001'),
      finding('origin-protocol-mismatch', 'GAP-0002', { resources: ['cdn'] }),
    ];
    const { steps } = planOf(pathOf(mismatch, missing), findings);
    expect(steps.map(({ title, findings: gaps }) => [title.en, gaps])).toEqual([
      ['Create the HTTPS listener on 443 of `shop`', ['GAP-0001', 'GAP-0002']],
    ]);
    // alone, to speak in clear is a choice
    const [alone] = planOf(pathOf(mismatch)).steps;
    expect(alone?.title.en).toBe('Let `E1` speak HTTP to its origin');
    expect(alone?.needs).toHaveLength(1);
  });

  test('asks for a certificate before what needs it', () => {
    const { steps } = planOf(
      pathOf(
        [
          'listener-missing',
          { loadBalancer: BALANCER, port: 443, targetGroup: 'tg', names: ['shop.example'] },
        ],
        plain,
      ),
    );
    expect(steps[0]).toMatchObject({ changes: [], needs: [{ en: expect.stringContaining('certificate') }] });
    expect(steps[1]?.after).toEqual(['S-01']);
    expect(
      finish({ steps, proofs: [] }, new Map()).steps.map(({ state, command }) => [state, command]),
    ).toEqual([
      ['needs-input', ''],
      ['needs-input', ''],
    ]);
  });

  test('starts a deployment after its network, its image and its logs, and only where nothing else deploys', () => {
    const service = { region: 'eu-west-3', cluster: 'c', service: 's' };
    const path = pathOf(
      ['image-pull-failing', service],
      ['log-group-missing', { region: 'eu-west-3', logGroup: '/ecs/s' }],
      ['route-missing', { region: 'eu-west-3', routeTable: 'rtb-1', gateway: 'igw-1' }],
      ['target-port-mismatch', { ...service, port: 80, containerPort: 3000 }],
    );
    const { steps } = planOf(path);
    expect(steps.map(({ title, after }) => [title.en, after])).toEqual([
      ['Add a route `0.0.0.0/0` by `igw-1` to `rtb-1`', []],
      ['Create the log group `/ecs/s`', []],
      ['Start the deployment of `s` again', ['S-01', 'S-02']],
    ]);
    const deploying = pathOf(['image-pull-failing', service], ['public-ip-missing', service]);
    expect(titles(deploying)).toEqual(['Give the tasks of `s` a public address']);
  });

  test('proves listeners of a public load balancer at its own address, and of no other', () => {
    const path = pathOf(missing, plain);
    for (const hop of path.hops)
      hop.request = { scheme: 'https', host: 'shop.example', port: 443, path: '/' };
    const balancer = (scheme: string) =>
      ({
        id: BALANCER,
        name: 'shop',
        properties: { scheme, dnsName: 'shop-1.elb.amazonaws.com' },
      }) as unknown as Resource;
    const proofs = (scheme: string) =>
      draftsOf({ paths: [path], findings: [], resources: [balancer(scheme)] }).steps.flatMap((step) =>
        step.proofs.map(({ check }) => check),
      );
    expect(proofs('internet-facing')).toEqual([
      expect.objectContaining({
        type: 'tls',
        host: 'shop.example',
        connectTo: 'shop-1.elb.amazonaws.com:443',
      }),
      expect.objectContaining({ type: 'http', status: [301], connectTo: 'shop-1.elb.amazonaws.com:80' }),
    ]);
    expect(proofs('internal')).toEqual([]);
  });

  test('proves the whole path by its name, its certificate and its answer', () => {
    const { proofs } = finish(planOf(pathOf()), new Map());
    expect(proofs.map(({ id, check, command }) => [id, check?.type, command])).toEqual([
      ['P-01', 'dns', 'dig +short shop.example A'],
      ['P-02', 'tls', expect.stringContaining('openssl s_client -connect shop.example:443')],
      ['P-03', 'http', expect.stringMatching(/^curl .* https:\/\/shop\.example\/$/)],
    ]);
  });
});

describe('what was captured', () => {
  const drafts = planOf(pathOf(missing, plain));
  const seen = (...values: unknown[]) =>
    new Map(capturesOf(drafts).map((read, index) => [keyOfRead(read), values[index] as { value: null }]));
  const forward = { Type: 'forward', TargetGroupArn: 'tg' };

  test('makes the first steps ready, and those after them blocked', () => {
    const { steps } = finish(drafts, seen({ value: [] }, { value: [forward] }));
    expect(steps.map(({ state }) => state)).toEqual(['ready', 'blocked']);
    expect(steps[1]?.rollback?.command).toContain(`'[{"Type":"forward","TargetGroupArn":"tg"}]'`);
    expect(steps[0]?.before).toEqual({ 'elbv2 DescribeListeners Listeners[?Port==`443`].Protocol': [] });
  });

  test('that is what the step leads to makes it applied, and the next one ready', () => {
    const { steps } = finish(drafts, seen({ value: ['HTTPS'] }, { value: [forward] }));
    expect(steps.map(({ state }) => state)).toEqual(['applied', 'ready']);
  });

  test('that was refused, not read, or is not what the check saw makes it need input', () => {
    const refusal = {
      sort: 'denied',
      operation: 'elbv2:DescribeListeners',
      permission: 'elasticloadbalancing:DescribeListeners',
      why: { fr: 'refusé', en: 'denied' },
    };
    const { steps } = finish(drafts, seen({ refusal }, { value: [forward, forward] }));
    expect(steps.map(({ state, changes, rollback }) => [state, changes, rollback])).toEqual([
      ['needs-input', [], undefined],
      ['needs-input', [], undefined],
    ]);
    expect(steps[0]?.needs?.[0]?.en).toContain(
      'permission to give: `elasticloadbalancing:DescribeListeners`',
    );
    expect(steps[1]?.needs?.[0]?.en).toContain('is not the one that the check saw');
    expect(finish(drafts, new Map()).steps[0]?.needs?.[0]?.en).toContain('was not read');
  });
});

describe.each(remedies)('the remedy of $for.0', (remedy) => {
  test('without any value says what to find, and prints no hole', () => {
    for (const id of remedy.for) {
      const { steps, proofs } = finish(planOf(pathOf([id, {}])), new Map());
      for (const step of steps) {
        expect(step).toMatchObject({ state: 'needs-input', changes: [], proofs: [] });
        expect(step.needs?.length).toBeGreaterThan(0);
        expect(step.command).not.toMatch(/[⟨⟩]/);
      }
      expect(proofs.map(({ command }) => command).join('\n')).not.toMatch(/[⟨⟩]/);
    }
  });

  test('says each thing in both languages', () => {
    for (const id of remedy.for)
      for (const { title, reason, duration, cost, needs = [] } of planOf(pathOf([id, {}])).steps)
        for (const text of [
          title,
          reason,
          ...needs,
          ...(duration ? [duration] : []),
          ...(cost ? [cost] : []),
        ]) {
          expect(text.fr).not.toBe('');
          expect(text.en).not.toBe('');
          // French sets no plain space before a double sign
          expect(text.fr.replace(/`[^`]*`/g, '')).not.toMatch(/[^\u00a0] [:;!?]|'/);
        }
  });
});

test('each check has one remedy, whose file bears its first id', () => {
  const ids = remedies.flatMap(({ for: all }) => all);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a record that is one of several sets of its name is left to a person', () => {
  const values = { zone: '/hostedzone/Z1', name: 'shop.example', type: 'A', target: 'd1.cloudfront.net' };
  const drafts = planOf(pathOf(['dns-record-misdirected', values]));
  const withBefore = (value: { [key: string]: string } | null) =>
    finish(drafts, new Map(capturesOf(drafts).map((read) => [keyOfRead(read), { value }]))).steps[0];
  expect(withBefore(null)?.state).toBe('ready');
  expect(withBefore({ Name: 'shop.example.', SetIdentifier: 'blue' })).toMatchObject({
    state: 'needs-input',
    changes: [],
  });
});

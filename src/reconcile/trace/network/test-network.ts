import type { Fact, Json, Kind, RelationFact } from '#model/fact.ts';
import type { Lookup, Observation } from '#model/lookup.ts';
import type { Check } from '#model/path.ts';
import { relationsOf, resourcesOf } from '../../resources.ts';
import { Graph } from '../graph.ts';
import type { Interfaces } from './interfaces.ts';
import { checksOf, type NetworkSide } from './verdict.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-3';
export const OTHER_VPC = 'vpc-2';
const VPC = 'vpc-1';

export type Properties = Record<string, Json>;

/** Something that a collector sees: what it is called, and what is read of it. */
interface Thing {
  kind: Kind;
  properties: Properties;
}

const KINDS = [
  'VPC',
  'Subnet',
  'RouteTable',
  'NetworkAcl',
  'SecurityGroup',
  'NatGateway',
  'InternetGateway',
  'VPCEndpoint',
] as const;
type Short = (typeof KINDS)[number];
const kindOf = (short: Short): Kind => `AWS::EC2::${short}`;

/** An account's networks as its collectors see them, to be changed one element at a time. */
export class Estate {
  readonly things = new Map<string, Thing>();
  readonly #refused = new Set<Kind>();

  add(kind: Short, name: string, properties: Properties): this {
    const vpc = kind === 'InternetGateway' ? {} : { vpcId: VPC };
    this.things.set(name, {
      kind: kindOf(kind),
      properties: kind === 'VPC' ? properties : { ...vpc, ...properties },
    });
    return this;
  }

  set(name: string, properties: Properties): this {
    Object.assign(this.of(name).properties, properties);
    return this;
  }

  /** What the collector did not read of it. */
  forget(name: string, ...properties: string[]): this {
    for (const property of properties) delete this.of(name).properties[property];
    return this;
  }

  remove(...names: string[]): this {
    for (const name of names) {
      this.of(name);
      this.things.delete(name);
    }
    return this;
  }

  /** The list of a kind was denied: nothing of it was seen, or only what is there. */
  refuse(kind: Short, keepsSome = false): this {
    this.#refused.add(kindOf(kind));
    if (!keepsSome)
      for (const [name, thing] of this.things) if (thing.kind === kindOf(kind)) this.things.delete(name);
    return this;
  }

  of(name: string): Thing {
    const thing = this.things.get(name);
    if (!thing) throw new Error(`no ${name}`);
    return thing;
  }

  list(name: string, property: string): Properties[] {
    return this.of(name).properties[property] as Properties[];
  }

  graph(): Graph {
    const facts = [...this.things].map(([name, thing]) => factOf(name, thing));
    const lookups = KINDS.map((short): Lookup => {
      const kind = kindOf(short);
      const operation = `ec2:Describe${short}s`;
      return {
        source: 'aws',
        kind,
        account: ACCOUNT,
        region: REGION,
        ...(this.#refused.has(kind) && {
          refusal: {
            sort: 'denied',
            operation,
            permission: operation,
            why: { fr: 'refusé', en: 'denied' },
          },
        }),
      };
    });
    const observation: Observation = {
      source: 'aws',
      account: ACCOUNT,
      regions: [REGION],
      kinds: new Set(KINDS.map(kindOf)),
      lookups,
    };
    const resources = resourcesOf(facts, [observation]);
    return new Graph(resources, relationsOf(resources), [observation]);
  }
}

function factOf(name: string, { kind, properties }: Thing): Fact {
  const { protectedBy, owner = ACCOUNT, ...seen } = properties;
  const relations: RelationFact[] = [
    ...(typeof seen.vpcId === 'string'
      ? [{ type: 'in-vpc', to: { kind: kindOf('VPC'), name: seen.vpcId } }]
      : []),
    ...((protectedBy as string[] | undefined) ?? []).map((group) => ({
      type: 'protected-by',
      to: { kind: kindOf('SecurityGroup'), name: group },
    })),
  ];
  return {
    kind,
    name,
    source: 'aws',
    sort: 'observed',
    nameStatus: 'literal',
    evidence: {
      source: 'aws',
      operation: `Describe ${name}`,
      at: '2026-11-28T09:00:00Z',
    },
    account: ACCOUNT,
    region: REGION,
    environments: [],
    arn: idOf(name, kind, owner),
    properties: seen,
    relations,
  };
}

const idOf = (name: string, kind: Kind, owner: Json): string =>
  `arn:aws:ec2:${REGION}:${owner}:${kind.slice('AWS::EC2::'.length).toLowerCase()}/${name}`;

const ANYWHERE = '0.0.0.0/0';
export const all = (cidrIp = ANYWHERE): Properties => ({ ipProtocol: '-1', cidrIp });
export const tcp = (port: number, end: Properties): Properties => ({
  ipProtocol: 'tcp',
  fromPort: port,
  toPort: port,
  ...end,
});
export const entry = (
  ruleNumber: number,
  egress: boolean,
  ruleAction: string,
  more: Properties = {},
): Properties => ({
  ruleNumber,
  egress,
  ruleAction,
  protocol: '-1',
  cidrBlock: ANYWHERE,
  ...more,
});
export const ports = (from: number, to = from): Properties => ({ protocol: '6', fromPort: from, toPort: to });
export const OPEN = [
  entry(100, false, 'allow'),
  entry(100, true, 'allow'),
  entry(32_767, false, 'deny'),
  entry(32_767, true, 'deny'),
];
export const route = (destination: string, target: string, state = 'active'): Properties => ({
  destination,
  target,
  state,
});
export const LOCAL = route('10.0.0.0/16', 'local');
export const ALLOW_ALL = {
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

/** Two public and two private subnets, with a balancer in the ones and tasks in the others: no way out of the latter yet. */
function base(): Estate {
  return new Estate()
    .add('VPC', VPC, { cidrBlock: '10.0.0.0/16', enableDnsSupport: true, enableDnsHostnames: true })
    .add('Subnet', 'public-a', { cidrBlock: '10.0.0.0/24', availabilityZone: 'eu-west-3a' })
    .add('Subnet', 'public-b', { cidrBlock: '10.0.1.0/24', availabilityZone: 'eu-west-3b' })
    .add('Subnet', 'private-a', { cidrBlock: '10.0.10.0/24', availabilityZone: 'eu-west-3a' })
    .add('Subnet', 'private-b', { cidrBlock: '10.0.11.0/24', availabilityZone: 'eu-west-3b' })
    .add('InternetGateway', 'igw-1', { vpcs: [VPC] })
    .add('RouteTable', 'rtb-main', { main: true, subnets: [], routes: [LOCAL] })
    .add('RouteTable', 'rtb-public', {
      main: false,
      subnets: ['public-a', 'public-b'],
      routes: [LOCAL, route(ANYWHERE, 'igw-1')],
    })
    .add('NetworkAcl', 'acl-default', { isDefault: true, subnets: [], entries: structuredClone(OPEN) })
    .add('NetworkAcl', 'acl-public', {
      isDefault: false,
      subnets: ['public-a', 'public-b'],
      entries: structuredClone(OPEN),
    })
    .add('NetworkAcl', 'acl-private', {
      isDefault: false,
      subnets: ['private-a', 'private-b'],
      entries: structuredClone(OPEN),
    })
    .add('SecurityGroup', 'sg-lb', {
      groupName: 'lb',
      securityGroupIngress: [tcp(443, { cidrIp: ANYWHERE })],
      securityGroupEgress: [all()],
    })
    .add('SecurityGroup', 'sg-app', {
      groupName: 'app',
      securityGroupIngress: [tcp(8080, { sourceSecurityGroupId: 'sg-lb' })],
      securityGroupEgress: [all()],
    });
}

/** Each private subnet leads out by the NAT gateway of its zone. */
export function natEstate(): Estate {
  const estate = base();
  for (const zone of ['a', 'b'])
    estate
      .add('NatGateway', `nat-${zone}`, {
        state: 'available',
        connectivityType: 'public',
        subnetId: `public-${zone}`,
      })
      .add('RouteTable', `rtb-private-${zone}`, {
        main: false,
        subnets: [`private-${zone}`],
        routes: [LOCAL, route(ANYWHERE, `nat-${zone}`)],
      });
  return estate;
}

export const SERVICES = ['ecr.api', 'ecr.dkr', 'secretsmanager', 'logs'] as const;

/** The private subnets lead nowhere: services are reached by endpoints alone. */
export function endpointEstate(): Estate {
  const estate = base()
    .add('RouteTable', 'rtb-private', {
      main: false,
      subnets: ['private-a', 'private-b'],
      routes: [LOCAL, route('pl-s3', 'vpce-s3')],
    })
    .add('SecurityGroup', 'sg-endpoints', {
      groupName: 'endpoints',
      securityGroupIngress: [tcp(443, { sourceSecurityGroupId: 'sg-app' })],
      securityGroupEgress: [],
    })
    .add('VPCEndpoint', 'vpce-s3', {
      serviceName: `com.amazonaws.${REGION}.s3`,
      vpcEndpointType: 'Gateway',
      state: 'available',
      privateDnsEnabled: false,
      subnetIds: [],
      routeTableIds: ['rtb-private'],
      policyDocument: structuredClone(ALLOW_ALL),
    });
  for (const service of SERVICES) addEndpoint(estate, service);
  return estate;
}

export const endpointName = (service: string): string => `vpce-${service.replace('.', '-')}`;

export const addEndpoint = (estate: Estate, service: string): Estate =>
  estate.add('VPCEndpoint', endpointName(service), {
    serviceName: `com.amazonaws.${REGION}.${service}`,
    vpcEndpointType: 'Interface',
    state: 'available',
    privateDnsEnabled: true,
    subnetIds: ['private-a', 'private-b'],
    routeTableIds: [],
    policyDocument: structuredClone(ALLOW_ALL),
    groups: ['sg-endpoints'],
    protectedBy: ['sg-endpoints'],
  });

const NEAR = { account: ACCOUNT, region: REGION };
export const BALANCER: Interfaces = {
  ...NEAR,
  subnets: ['public-a', 'public-b'],
  groups: ['sg-lb'],
  clientPorts: { from: 1024, to: 65_535 },
};
export const TASKS: Interfaces = {
  ...NEAR,
  subnets: ['private-a', 'private-b'],
  groups: ['sg-app'],
  hasPublicAddress: false,
};
export const PUBLIC_TASKS: Interfaces = {
  ...TASKS,
  subnets: ['public-a', 'public-b'],
  hasPublicAddress: true,
};

const of = (sides: readonly NetworkSide[], result: Check['result']): string[] =>
  [...new Set(checksOf(sides).flatMap((check) => (check.result === result ? check.id : [])))].sort();

/** The ids of the checks that fail, and of those that nobody could establish. */
export const failing = (sides: readonly NetworkSide[]): string[] => of(sides, 'fail');
export const open = (sides: readonly NetworkSide[]): string[] => of(sides, 'unknown');

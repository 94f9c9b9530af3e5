import { hasSymbol, isUnknown, knownPart } from '#lib/symbolic.ts';
import type { Kind, NameStatus, ResourceKey } from '#model/fact.ts';
import type { Tree } from '../../readers/tree.ts';
import { nameOfArn } from '../aws-names.ts';
import { logicalName } from '../cloudformation/logical-names.ts';
import { statusOf } from '../name-status.ts';
import type { ResourceInstance } from './resource-instance.ts';
import type { TypeMapping } from './types/mapping.ts';
import { isThing, typeOf } from './types/types.ts';
import { Handle, isOpen, textOf, type Value } from './values.ts';

export interface Named {
  key: ResourceKey;
  status: NameStatus;
  /** The argument that says the name. */
  argument?: string;
}

/** Names that AWS keeps in lower case, whatever was written. */
const LOWER = /^AWS::(?:RDS|ElastiCache)::/;
/** What AWS makes by itself in every account. */
export const BUILT_IN = /^alias\/aws\/|^\/aws\/service\/|^AWSServiceRoleFor/;
/** AWS's own policies are called like this, and nothing else in a name tells them apart. */
const LIKE_MANAGED = /^[A-Z]/;
/** Kinds whose names may hold spaces. */
const SPACES = /^AWS::(?:EC2|EFS|Budgets|CloudWatch|ApiGateway|ApiGatewayV2|Cognito)::|^Cloudflare::/;
/** Kinds of records, which are told apart by their type too. */
const RECORDS: ReadonlySet<Kind> = new Set<Kind>(['AWS::Route53::RecordSet', 'Cloudflare::DNS::Record']);
/** The only argument of a data source that may be the provider's own id. */
const ID = /^(?:vpc|subnet|sg|rtb|fs|i|igw|nat|Z|E)[-A-Z0-9][\w-]{5,30}$/;

/** What the resources of one deployment are called: by their physical names as far as the files say them. */
export class Names {
  readonly #folder: string;
  readonly #tree: Tree;
  readonly #all: readonly ResourceInstance[];
  readonly #byAddress: ReadonlyMap<string, ResourceInstance>;
  readonly #known = new Map<ResourceInstance, Named | undefined>();
  /** The alias of each key, put together when the first is asked for. */
  #aliases: Map<ResourceInstance, ResourceInstance> | undefined;

  constructor(all: readonly ResourceInstance[], folder: string, tree: Tree) {
    this.#all = all;
    this.#folder = folder;
    this.#tree = tree;
    this.#byAddress = new Map(all.map((resource) => [resource.address, resource]));
  }

  /** Undefined for what is nothing of the estate by itself, and for a data source that names nothing. */
  of(resource: ResourceInstance): Named | undefined {
    if (this.#known.has(resource)) return this.#known.get(resource);
    this.#known.set(resource, undefined);
    const named = this.#worth(resource);
    this.#known.set(resource, named);
    return named;
  }

  #worth(resource: ResourceInstance): Named | undefined {
    const { type, address, block } = resource;
    const mapping = typeOf(type);
    const isData = block.mode === 'data';
    if (!mapping && (isData || !isThing(type))) return undefined;
    const kind: Kind = mapping?.kind ?? `Terraform::${type}`;
    const physical =
      mapping && (this.#physical(resource, mapping) ?? (isData ? ofData(resource) : undefined));
    const scope = mapping && this.#scope(resource, mapping);
    const scoped = scope === undefined ? {} : { scope };
    if (physical) {
      if (BUILT_IN.test(physical.name) || (isData && /template|logical/.test(physical.status)))
        return undefined;
      if (isData && kind === 'AWS::IAM::ManagedPolicy' && LIKE_MANAGED.test(physical.name)) return undefined;
      const { name, status, argument } = physical;
      return { key: { kind, name, ...scoped }, status, ...(argument !== undefined && { argument }) };
    }
    if (isData) return undefined;
    const name = logicalName(kind, address, this.#folder, this.#tree);
    return { key: { kind, name, ...scoped }, status: 'logical' };
  }

  #physical(
    resource: ResourceInstance,
    mapping: TypeMapping,
  ): { name: string; status: NameStatus; argument?: string } | undefined {
    if (mapping.named === 'alias-of-key') return this.#aliasOf(resource);
    if (mapping.named === 'listener') return this.#listener(resource);
    for (const argument of mapping.name ?? []) {
      const [value] = resource.values(argument);
      if (value === undefined) continue;
      const text = this.#text(value, resource, mapping);
      const named = text === undefined ? undefined : checked(text, mapping.kind);
      if (!named) return undefined;
      const isLiteral = resource.expression(argument)?.type === 'literal' && text === textOf(value);
      const whole = isLiteral ? named.name : withEmptyParts(named.name);
      if (whole !== named.name) return { name: whole, status: 'template', argument };
      const status = named.status === 'literal' && !isLiteral ? 'resolved' : named.status;
      return { name: named.name, status, argument };
    }
    const prefix = mapping.prefix === undefined ? undefined : resource.argument(mapping.prefix);
    const text = prefix === undefined || prefix === null ? undefined : textOf(prefix);
    const named = text === undefined ? undefined : checked(`${text}⟨…⟩`, mapping.kind);
    return named && mapping.prefix !== undefined ? { ...named, argument: mapping.prefix } : undefined;
  }

  #text(value: Value, resource: ResourceInstance, { kind, named }: TypeMapping): string | undefined {
    const text = textOf(value)?.trim();
    if (text === undefined) return undefined;
    if (named === 'record') return this.#recordName(text, resource);
    if (named === 'of-script') return this.#ofScript(text, resource);
    if (named === 'phase') return this.#phase(text, resource);
    if (named === 'url') return text.replace(/^https:\/\//, '');
    if (!text.startsWith('arn:')) return text;
    const arn = nameOfArn(text);
    return arn?.kind === kind ? arn.name : undefined;
  }

  /** Both providers put the zone's name to a record's where it is not there yet; an empty name and `@` are the zone's own. */
  #recordName(text: string, resource: ResourceInstance): string | undefined {
    const zone = this.zoneOf(resource)?.replace(/\.$/, '');
    const name = text.replace(/\.$/, '');
    if (name === '' || name === '@') return zone;
    if (zone !== undefined) return name === zone || name.endsWith(`.${zone}`) ? name : `${name}.${zone}`;
    // The zone is not known: only a name of three parts is surely whole
    const isWhole = text.endsWith('.') || hasSymbol(text) || name.split('.').length > 2;
    return isWhole ? name : `${name}.⟨zone⟩`;
  }

  /** What belongs to a script of Workers is called by both: `edge/API_KEY`. */
  #ofScript(text: string, resource: ResourceInstance): string | undefined {
    const value = resource.argument('script_name') ?? resource.argument('script');
    const script = value === undefined || value === null ? undefined : this.resourceIn(value);
    const name = script
      ? this.of(script)?.key.name
      : value === undefined || value === null
        ? undefined
        : textOf(value);
    return name === undefined ? undefined : `${name}/${text}`;
  }

  /** A ruleset is the one of its phase, in its zone or in the account. */
  #phase(text: string, resource: ResourceInstance): string | undefined {
    const zone = resource.argument('zone_id');
    if (zone === undefined || zone === null) return text;
    return `${this.zoneOf(resource) ?? '⟨zone⟩'} ${text}`;
  }

  /** The name of the zone that holds a record, where the files say it. */
  zoneOf(resource: ResourceInstance): string | undefined {
    for (const argument of ['zone_id', 'zone_name', 'zone']) {
      const value = resource.argument(argument);
      if (value === undefined || value === null) continue;
      const zone = this.resourceIn(value);
      const name = zone
        ? (zone.argument('name') ?? zone.argument('zone'))
        : argument === 'zone_id'
          ? undefined
          : value;
      const text = name === undefined ? undefined : textOf(name);
      if (text !== undefined && !hasSymbol(text) && text.includes('.')) return text;
    }
    return undefined;
  }

  /** A listener is told by its load balancer and its port, which are one at a time. */
  #listener(resource: ResourceInstance): { name: string; status: NameStatus } | undefined {
    const value = resource.argument('load_balancer_arn');
    const balancer = value === undefined || value === null ? undefined : this.resourceIn(value);
    const named = balancer && this.of(balancer);
    const port = resource.argument('port');
    const text = port === undefined || port === null ? undefined : textOf(port);
    if (!named || named.status === 'logical' || text === undefined || !/^\d{1,5}$/.test(text))
      return undefined;
    const status = named.status === 'template' ? 'template' : 'resolved';
    return { name: `${named.key.name}:${text}`, status };
  }

  #aliasOf(key: ResourceInstance): { name: string; status: NameStatus } | undefined {
    if (!this.#aliases) {
      this.#aliases = new Map();
      for (const alias of this.#all) {
        const target = alias.type === 'aws_kms_alias' ? alias.argument('target_key_id') : undefined;
        const of = target === undefined || target === null ? undefined : this.resourceIn(target);
        if (of && !this.#aliases.has(of)) this.#aliases.set(of, alias);
      }
    }
    const alias = this.#aliases.get(key);
    const named = alias && this.of(alias);
    return named && named.status !== 'logical' ? { name: named.key.name, status: named.status } : undefined;
  }

  #scope(resource: ResourceInstance, mapping: TypeMapping): string | undefined {
    if (RECORDS.has(mapping.kind)) {
      const type = resource.argument('type');
      return typeof type === 'string' ? type : undefined;
    }
    const [value] = mapping.scope ? resource.values(mapping.scope[0]) : [];
    if (value === undefined) return undefined;
    const target = this.resourceIn(value);
    if (target) return this.of(target)?.key.name;
    const text = textOf(value);
    if (text === undefined || isUnknown(text)) return undefined;
    return text.startsWith('arn:') ? text.slice(text.lastIndexOf('/') + 1) : text;
  }

  /** The resource that a value leads to: the value itself, or the one unknown of its text. */
  resourceIn(value: Value): ResourceInstance | undefined {
    if (value instanceof Handle) return value.resource;
    const text = isOpen(value) ? textOf(value) : undefined;
    const symbols = text?.match(/⟨[^⟨⟩]*⟩/g) ?? [];
    const [only] = symbols;
    if (only === undefined || symbols.length > 1) return undefined;
    const address = only.slice(1, -1);
    return this.#byAddress.get(address) ?? this.#byAddress.get(address.replace(/\.\w+$/, ''));
  }
}

/** A default that is empty stands for what somebody gives: `-logs` of `"${var.stack}-logs"` is no name. */
const withEmptyParts = (name: string): string => name.replace(/^(?=-)/, '⟨…⟩').replace(/(?<=[-_])$/, '⟨…⟩');

/** A text as a name, with how it is known; undefined where nothing of it is, or where it can be none. */
function checked(given: string, kind: Kind): { name: string; status: NameStatus } | undefined {
  const name = LOWER.test(kind)
    ? given.replace(/⟨[^⟩]*⟩|[^⟨]+/g, (part) => (part.startsWith('⟨') ? part : part.toLowerCase()))
    : given;
  const plain = knownPart(name);
  const status = statusOf(SPACES.test(kind) ? plain.replaceAll(/ (?=\S)/g, '_') : plain);
  if (!hasSymbol(name)) return status && { name, status };
  const isEnough = !isUnknown(name) && plain.replace(/[^A-Za-z0-9]/g, '').length > 1;
  return isEnough && status ? { name, status: 'template' } : undefined;
}

function ofData(
  resource: ResourceInstance,
): { name: string; status: NameStatus; argument: string } | undefined {
  for (const argument of ['id', 'zone_id', 'vpc_id', 'file_system_id']) {
    const value = resource.argument(argument);
    if (typeof value !== 'string' || !ID.test(value)) continue;
    const isLiteral = resource.expression(argument)?.type === 'literal';
    return { name: value, status: isLiteral ? 'literal' : 'resolved', argument };
  }
  return undefined;
}

import type { Evidence, Source } from './evidence.ts';
import type { Refusal } from './lookup.ts';

/** The field's own name of a kind of resource: a CloudFormation type name, or one in that style (docs/kinds.md). */
export type Kind = `${string}::${string}` | 'Host';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** How a declared name is known; see docs/kinds.md. */
export const NAME_STATUSES = ['literal', 'resolved', 'template', 'logical'] as const;
export type NameStatus = (typeof NAME_STATUSES)[number];

/**
 * `declared` and `observed` make resources. `reference` (a `data` block, an example in prose) and `retired`
 * (a file renamed out of use) are kept for rules and shown as such, but declare nothing.
 */
export type FactSort = 'declared' | 'observed' | 'reference' | 'retired';

/** What a call does with the resource it names: only `creates`, `requires` and `uses` declare it. */
export const VERBS = ['creates', 'requires', 'uses', 'deletes'] as const;
export type Verb = (typeof VERBS)[number];

/** How the name of a call was found, most certain first. */
export const CERTAINTIES = ['rehearsed', 'static', 'key-name'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** What makes two facts speak of the same thing. `scope` is part of the identity where the kind says so. */
export interface ResourceKey {
  kind: Kind;
  name: string;
  /** An ECS service's cluster, a compose service's project, a record's type… */
  scope?: string;
}

/** What a template of CloudFormation calls a resource, and the stacks that are known to deploy it. */
export interface StackResource {
  /** The logical id. */
  id: string;
  stacks: readonly string[];
  /** The CDK ends it with eight hexadecimal digits, which stand in no file. */
  isHashed?: boolean;
}

/** What Terraform calls a resource, in a configuration or in a state. */
export interface TerraformResource {
  /** As `terraform state list` prints it: `module.network.aws_subnet.public["a"]`. */
  address: string;
  /** Of a configuration: it stands for as many as the run will say, of any key. */
  isForAll?: true;
  /** Of a configuration: the folder of the root module. */
  root?: string;
  /** Of a configuration: the number of ways to apply the module for which the declaration stands alike. */
  ways?: number;
}

export interface RelationFact {
  /** The field's verb: `runs-in`, `deploys`, `pushes-to`, `uses-image`, `assumes`, `routes-to`, `logs-to`, `contains`… */
  type: string;
  to: ResourceKey;
  /** What the holder calls it: the logical id of what a stack contains. */
  as?: string;
}

/** Something that one source says about one resource. Never mutated once made. */
export interface Fact extends ResourceKey {
  source: Source;
  sort: FactSort;
  nameStatus: NameStatus;
  evidence: Evidence;
  account?: string;
  region?: string;
  /** Canonical names (`dev`, `staging`, `prod`…); empty when the source does not say. */
  environments: string[];
  /** A system that the source names outright (constat.yaml); else found in reconciliation. */
  system?: string;
  verb?: Verb;
  certainty?: Certainty;
  /** The workflow or script through which the resource is named, when the evidence is elsewhere. */
  through?: string;
  properties?: Record<string, Json>;
  relations?: RelationFact[];
  stackResource?: StackResource;
  terraform?: TerraformResource;
  /** Of a declaration: the condition under which it is made at all, where nobody knows whether it holds. */
  condition?: string;
  /** Of a declaration: what is deployed together with it into an account that only the run knows. */
  unknownAccount?: string;
  /** Of an observed resource, and of one that a state declares: its Amazon Resource Name or other world-wide id. */
  arn?: string;
  /** Other names by which files speak of it: a `Name` tag, an alias, an id. Of one that a state declares: its id. */
  otherNames?: string[];
  /** Of an observed resource: reads of its details that gave no answer. Its properties are not all known. */
  refusals?: Refusal[];
  /** Made by the provider in every account: a default VPC, a key of a service. Nobody would declare it. */
  builtIn?: boolean;
}

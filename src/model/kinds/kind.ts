import type { Json, Kind } from '../fact.ts';
import type { Text } from '../text.ts';

/** What the repository says about where to look: the regions and accounts that its facts name. */
export interface Whereabouts {
  name: string;
  scope?: string;
  region?: string;
  account?: string;
}

/** A read-only command that establishes whether resources of a kind exist, and what it shows when they do. */
export interface Verification {
  /** Exact, quoted for a POSIX shell, every value filled in. */
  command: string;
  expected: Text;
}

/**
 * One kind of resource, the same for the declared and the observed side: what it is called, what makes two
 * names the same, and how anyone can check that it exists.
 */
export interface KindDefinition {
  kind: Kind;
  provider:
    | 'aws'
    | 'cloudflare'
    | 'github'
    | 'docker'
    | 'host'
    | 'azure'
    | 'kubernetes'
    | 'external'
    | 'google';
  /** What a person calls it, singular, lower case: “service ECS”, “ECS service”. */
  title: Text;
  /** Domain of the inventory: `compute`, `images`, `network`, `edge`, `data`, `messaging`, `identity`, `observability`, `delivery`, `ai`, `external`. */
  domain: string;
  /** `global` services have no region of their own. */
  global?: boolean;
  /** The physical name out of what sources write (an ARN, a URL, a path); identity when absent. */
  normalise?(name: string): string;
  /** Whether {@link Whereabouts.scope} is part of the identity (an ECS service's cluster). */
  scoped?: boolean;
  /**
   * The properties that make a drift when both sides state them and they differ, each with what makes two spellings of
   * a value the same. Defaults of the provider and what it computes are not among them.
   */
  compared?: Readonly<Record<string, (value: Json) => Json>>;
  /**
   * Where it leads, by the type of the relation, under the name that a drift is shown by: what leads elsewhere than its
   * declaration says has drifted too.
   */
  directed?: Readonly<Record<string, string>>;
  /** The command that would establish which of these names exist; all share region and scope. */
  verify?(names: string[], where: Omit<Whereabouts, 'name'>): Verification;
}

export const defineKind = (definition: KindDefinition): KindDefinition => definition;

/** An expression of a program, as far as names can be read from it. Nothing is ever run. */
export type Expression =
  | { is: 'text'; text: string }
  /** A template literal, an f-string, a concatenation. */
  | { is: 'parts'; parts: readonly Expression[] }
  | { is: 'value'; value: number | boolean }
  /** A name with its members: `props.stage`, `this.cluster`, `lambda.Runtime.NODEJS_22_X`. */
  | { is: 'name'; path: string }
  | ObjectExpression
  | Made
  /** `left ?? right`, `left || right`, `left or right`. */
  | { is: 'either'; left: Expression; right: Expression }
  | { is: 'unknown' };

export interface ObjectExpression {
  is: 'object';
  entries: ReadonlyMap<string, { value: Expression; offset: number }>;
  /** It holds what another object holds: a key that is not here may be there. */
  open: boolean;
  /** What it holds without naming it, in its order: `...common`, a key that is worked out. */
  spreads?: readonly { value: Expression; offset: number }[];
}

/** `new Bucket(this, 'Id', {…})`, `Bucket(self, "Id", …)`, `Bucket.fromBucketName(this, 'Id', 'name')`. */
export interface Made {
  is: 'made';
  callee: string;
  args: readonly Expression[];
  /** The object that comes last, or Python's keyword arguments, in camel case. */
  options?: ObjectExpression;
  offset: number;
}

export interface Construction {
  made: Made;
  /** The class in whose body it stands. */
  owner?: string;
  /** Whether it stands under a condition. */
  conditional: boolean;
}

/** A class, or a function of the file that is called with properties as a class is made with them. */
export interface ClassOfSource {
  name: string;
  /** Empty for a function. */
  base: string;
  /** The constructor's second parameter. */
  id?: string;
  /** The constructor's third parameter, or a function's last one. */
  props?: string;
  /** The keyword parameters of Python's constructor, and the names that are keys of `props`. */
  keywords: ReadonlySet<string>;
}

/** One file of a program. */
export interface Source {
  path: string;
  /** What a name stands for: `ecs` for `aws-ecs`, `Bucket` for `aws-s3.Bucket`; modules of the CDK alone. */
  imports: ReadonlyMap<string, string>;
  classes: ReadonlyMap<string, ClassOfSource>;
  /** By class and name (`ApiStack:this.cluster`, `:region`); undefined where it is assigned more than once. */
  assigned: ReadonlyMap<string, Expression | undefined>;
  constructions: readonly Construction[];
}

/** Gathers a {@link Source} while a tree of syntax is walked. */
export class SourceBuilder implements Source {
  readonly path: string;
  readonly imports = new Map<string, string>();
  readonly classes = new Map<string, ClassOfSource>();
  readonly assigned = new Map<string, Expression | undefined>();
  readonly constructions: Construction[] = [];

  constructor(path: string) {
    this.path = path;
  }

  assign(owner: string | undefined, name: string, value: Expression | undefined): void {
    const key = `${owner ?? ''}:${name}`;
    this.assigned.set(key, this.assigned.has(key) ? undefined : value);
  }

  /** `aws-cdk-lib/aws-ecs`, `@aws-cdk/aws-ecs`, `aws_cdk.aws_ecs`; undefined for what is no module of the CDK. */
  static moduleOf(specifier: string): string | undefined {
    const plain = specifier.replaceAll('_', '-').replace('.', '/');
    const scoped = /^(?:aws-cdk-lib|@aws-cdk|aws-cdk)(?:\/(?:core|aws-[a-z0-9-]{1,60}))?$/.exec(plain);
    if (!scoped) return undefined;
    return plain.split('/')[1]?.replace(/-(?:alpha|beta)$/, '') ?? 'core';
  }

  importName(module: string, name: string, alias: string): void {
    const plain = name.replaceAll('_', '-');
    this.imports.set(alias, module === 'core' && plain.startsWith('aws-') ? plain : `${module}.${name}`);
  }
}

export const UNKNOWN: Expression = { is: 'unknown' };
export const MOST_CONSTRUCTIONS = 3_000;
export const DEEPEST = 40;

import { environmentOf, environmentsOf, sortEnvironments } from '#lib/environments.ts';
import { hasSymbol, isUnknown, knownPart } from '#lib/symbolic.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Fact, Json, NameStatus, RelationFact, ResourceKey } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Tree } from '../../readers/tree.ts';
import { logicalName } from '../cloudformation/logical-names.ts';
import { typeOf } from '../cloudformation/types.ts';
import { statusOf } from '../name-status.ts';
import { standingOf } from '../standing.ts';
import { constructProperties } from './construct-properties.ts';
import { type ConstructType, constructType } from './constructs.ts';
import type { Program } from './program.ts';
import { resolve, type Scope, textOf } from './scope.ts';
import type { Construction, Expression, Made, Source } from './source.ts';

const ENVIRONMENT_KEY = /^(?:env|envName|environment|environmentName|stage|stageName|deployEnv)$/;

/** Where a character of a file stands. */
export type Place = (path: string, offset: number) => FileEvidence;

interface Named {
  key: ResourceKey;
  status: NameStatus;
  offset: number;
}

/** What one program of the CDK declares. Reads names; runs nothing. */
export class ConstructFacts {
  readonly #program: Program;
  readonly #tree: Tree;
  readonly #place: Place;

  constructor(program: Program, tree: Tree, place: Place) {
    this.#program = program;
    this.#tree = tree;
    this.#place = place;
  }

  *all(): Generator<Fact> {
    for (const source of this.#program.sources)
      for (const construction of source.constructions) yield* this.#of(source, construction);
  }

  *#of(source: Source, construction: Construction): Generator<Fact> {
    const { made, owner } = construction;
    if (this.#program.is('Stack', made.callee, source)) yield* this.#stack(source, construction);
    const type = this.#typeOf(made.callee, source);
    if (!type) {
      const named = this.#imported(source, construction);
      if (named) yield named;
      return;
    }
    const scopes = this.#program.scopesIn(source, owner);
    const found = new Map<string, { named: Named; scopes: Scope[] }>();
    for (const scope of scopes) {
      const named = this.#named(made, type, scope);
      if (!named) continue;
      const id = JSON.stringify(named.key);
      const one = found.get(id);
      if (one) one.scopes.push(scope);
      else found.set(id, { named, scopes: [scope] });
    }
    for (const one of found.values())
      yield this.#fact(source, construction, type, one.named, one.scopes, scopes.length);
  }

  #typeOf(callee: string, source: Source): ConstructType | undefined {
    const qualified = this.#program.qualified(callee, source);
    return qualified === undefined ? undefined : constructType(qualified);
  }

  /** What the CDK calls a construct that stands in a stack itself, of which the name is known wherever it is made. */
  #inStack(made: Made, scopes: readonly Scope[]): Pick<Fact, 'stackResource'> {
    const [parent] = made.args;
    const ids = new Set<string>();
    const stacks = new Set<string>();
    for (const scope of scopes) {
      const id = made.args[1] && textOf(made.args[1], scope);
      const stack =
        scope.instance && this.#program.is('Stack', scope.owner, scope.source)
          ? this.#program.stackName(scope.instance)
          : undefined;
      if (id === undefined || stack === undefined || hasSymbol(id) || hasSymbol(stack)) return {};
      ids.add(id.replace(/[^A-Za-z0-9]/g, ''));
      stacks.add(stack);
    }
    const [id, ...more] = ids;
    // what stands in another construct has its path in front, part of which may be left out
    if (id === undefined || more.length > 0 || parent?.is !== 'name' || !/^(?:this|self)$/.test(parent.path))
      return {};
    return { stackResource: { id, stacks: [...stacks], isHashed: true } };
  }

  *#stack(source: Source, construction: Construction): Generator<Fact> {
    const { made, owner } = construction;
    for (const scope of this.#program.scopesIn(source, owner)) {
      const name = this.#program.stackName({ made, scope });
      const instance = this.#program.whereabouts(made, scope);
      if (name === undefined || isUnknown(name) || statusOf(knownPart(name)) !== 'literal') continue;
      const written = made.options?.entries.get('stackName') ?? { value: made.args[1], offset: made.offset };
      const environments = this.#environments([{ ...scope, instance: { made, scope } }], knownPart(name), 1);
      yield {
        kind: 'AWS::CloudFormation::Stack',
        name,
        source: 'repo',
        sort: this.#sort(source),
        environments,
        nameStatus: hasSymbol(name)
          ? 'template'
          : written.value?.is === 'text' && written.value.text === name
            ? 'literal'
            : 'resolved',
        evidence: this.#place(source.path, written.offset),
        verb: 'creates',
        certainty: 'static',
        ...instance,
        ...(construction.conditional && { condition: 'if' }),
      };
    }
  }

  #sort(source: Source): Fact['sort'] {
    return standingOf(source.path, { rendered: true }).sort;
  }

  /** The name of what a construct makes, as one place that makes its class gives it. */
  #named(made: Made, { type, name }: ConstructType, scope: Scope): Named | undefined {
    const row = typeOf(type);
    if (!row) return undefined;
    const written = name === undefined ? undefined : made.options?.entries.get(name);
    const text = written && textOf(written.value, scope)?.trim();
    const cluster = row.scope === 'Cluster' ? this.#target(made, 'cluster', scope) : undefined;
    const inside = cluster && { scope: cluster.key.name };
    if (written && text !== undefined && text !== '') {
      const known = knownPart(text);
      const status = statusOf(row.spaces ? known.replaceAll(/ (?=\S)/g, '_') : known);
      const shown = row.lower && !hasSymbol(text) ? text.toLowerCase() : text;
      const key = { kind: row.kind, name: shown, ...inside };
      const enough = known.replace(/[^A-Za-z0-9]/g, '').length > 1;
      if (status === 'literal' && (!hasSymbol(text) || enough)) {
        const how = hasSymbol(text) ? 'template' : written.value.is === 'text' ? 'literal' : 'resolved';
        return { key, status: how, offset: written.offset };
      }
    }
    const id = made.args[1] && textOf(made.args[1], scope);
    if (id === undefined || (hasSymbol(id) && !/[A-Za-z0-9]{2}/.test(knownPart(id)))) return undefined;
    const path = this.#program.isClass(scope) ? `${scope.owner}/${id}` : id;
    const shown = logicalName(row.kind, path, scope.source.path, this.#tree);
    return { key: { kind: row.kind, name: shown, ...inside }, status: 'logical', offset: made.offset };
  }

  /** The construct that a key of another's properties is. */
  #target(made: Made, key: string, scope: Scope): Named | undefined {
    const value = made.options?.entries.get(key)?.value;
    return value && this.#construct(value, scope, true);
  }

  #construct(value: Expression, scope: Scope, within = false): Named | undefined {
    const at = resolve(value, scope);
    if (at.expression.is !== 'made') return undefined;
    const type = this.#typeOf(at.expression.callee, at.scope.source);
    // a service inside a service is nothing that runs
    if (!type || (within && typeOf(type.type)?.scope !== undefined)) return undefined;
    return this.#named(at.expression, type, at.scope);
  }

  #fact(
    source: Source,
    { made, conditional }: Construction,
    type: ConstructType,
    { key, status, offset }: Named,
    scopes: readonly Scope[],
    all: number,
  ): Fact {
    const only = (field: 'region' | 'account') => {
      const values = new Set(scopes.map(({ instance }) => instance?.[field]));
      return values.size === 1 ? [...values][0] : undefined;
    };
    const [first] = scopes;
    const region = kindOf(key.kind).global ? undefined : only('region');
    const account = only('account');
    const isSame = scopes.length === all && all > 1;
    const name = status === 'logical' ? '' : knownPart(key.name);
    const relations = first ? this.#relations(made, first, key) : [];
    const properties: Record<string, Json> =
      first && scopes.length === 1 ? constructProperties(made, type, first) : {};
    return {
      ...key,
      source: 'repo',
      sort: this.#sort(source),
      environments: this.#environments(isSame ? [] : scopes, name, all),
      nameStatus: status,
      evidence: this.#place(source.path, offset),
      verb: 'creates',
      certainty: 'static',
      ...(region !== undefined && { region }),
      ...(account !== undefined && { account }),
      ...(conditional && { condition: 'if' }),
      ...(status === 'logical' && this.#inStack(made, scopes)),
      properties,
      ...(relations.length > 0 && { relations }),
    };
  }

  #relations(made: Made, scope: Scope, own: ResourceKey): RelationFact[] {
    const relations: RelationFact[] = [];
    for (const [key, { value }] of made.options?.entries ?? []) {
      const target = value.is === 'name' || value.is === 'made' ? this.#construct(value, scope) : undefined;
      if (!target || JSON.stringify(target.key) === JSON.stringify(own)) continue;
      const type = /role$/i.test(key)
        ? 'assumes'
        : /^(?:cluster|vpc)$/.test(key)
          ? 'runs-in'
          : /logGroup$/i.test(key)
            ? 'logs-to'
            : 'uses';
      relations.push({ type, to: target.key });
    }
    return relations;
  }

  /**
   * The environments that places tell: by the stack's id, or by a property that is called after it. Where one place alone
   * makes the class, only what it writes out counts: a default may be given otherwise with each deployment.
   */
  #environments(scopes: readonly Scope[], name: string, all: number): string[] {
    const told = scopes.flatMap(({ instance }) => {
      if (!instance) return [];
      const { made, scope } = instance;
      const written = (value: Expression | undefined) =>
        value && (value.is === 'text' || all > 1) ? knownPart(textOf(value, scope) ?? '') : '';
      const properties = [...(made.options?.entries ?? [])].flatMap(([key, { value }]) =>
        ENVIRONMENT_KEY.test(key) ? (environmentOf(written(value)) ?? []) : [],
      );
      return properties.length > 0 ? properties : environmentsOf(written(made.args[1]));
    });
    // the words of a source file's path say what its code is about, not where it is deployed
    return told.length > 0 ? sortEnvironments(told) : environmentsOf(name);
  }

  /** `Bucket.fromBucketName(this, 'Id', 'name')`: something that stands elsewhere. */
  #imported(source: Source, { made, owner }: Construction): Fact | undefined {
    const [, callee = '', what = ''] =
      /^(.+)\.(?:from|from_)([A-Za-z_]{0,40}?)_?[nN]ame(?:V2|_v2)?$/.exec(made.callee) ?? [];
    const type = what === '' ? undefined : this.#typeOf(callee, source);
    const row = type && typeOf(type.type);
    const [scope] = this.#program.scopesIn(source, owner);
    const last = made.args[2];
    if (!row || !scope || !last) return undefined;
    const name = textOf(last, scope);
    const known = name === undefined ? '' : knownPart(name);
    if (name === undefined || statusOf(known) !== 'literal' || !/[A-Za-z0-9]{2}/.test(known))
      return undefined;
    return {
      kind: row.kind,
      name,
      source: 'repo',
      sort: this.#sort(source),
      environments: this.#environments([], known, 0),
      nameStatus: hasSymbol(name) ? 'template' : last.is === 'text' ? 'literal' : 'resolved',
      evidence: this.#place(source.path, made.offset),
      verb: 'requires',
      certainty: 'static',
    };
  }
}

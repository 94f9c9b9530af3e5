import { maskSecrets } from '#lib/mask.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Fact, Kind, RelationFact } from '#model/fact.ts';
import type { Reading } from '../../collector.ts';
import { type AwsName, nameOfArn } from '../aws-names.ts';
import type { JsonValue } from '../json-source.ts';
import { statusOf } from '../name-status.ts';
import type { Standing } from '../standing.ts';

export interface DefinitionContext extends Standing {
  reading: Reading;
}

/** The key and value alone as excerpt: a line of JSON may hold all of a container, its variables' values included. */
export function placeOf({ offset = 0, end = 0 }: JsonValue, { reading }: DefinitionContext): FileEvidence {
  const excerpt = maskSecrets(reading.text.slice(offset, Math.min(end, offset + 200)));
  return {
    source: 'repo',
    file: reading.path,
    line: reading.lineOf(offset),
    ...(excerpt !== '' && { excerpt }),
  };
}

/** Makes facts about other resources that a definition names, with the relation that leads to each. */
export class Named {
  readonly facts: Fact[] = [];
  readonly relations: RelationFact[] = [];
  readonly #context: DefinitionContext;
  readonly #environments: string[];

  constructor(context: DefinitionContext, environments: string[]) {
    this.#context = context;
    this.#environments = environments;
  }

  /** A name or an ARN; `kind` is what a bare name means here, nothing where only an ARN does. */
  add(value: JsonValue, kind: Kind | undefined, relation: string, verb: Fact['verb'] = 'requires'): void {
    const text = value.text?.trim() ?? '';
    const named: AwsName | undefined = text.startsWith('arn:')
      ? nameOfArn(text)
      : kind && { kind, name: text };
    if (named) this.put(named, value, relation, verb);
  }

  put(named: AwsName, value: JsonValue, relation: string, verb: Fact['verb'] = 'requires'): void {
    const nameStatus = statusOf(named.name);
    if (!nameStatus || !value.exists) return;
    this.facts.push({
      ...named,
      source: 'repo',
      sort: this.#context.sort,
      nameStatus,
      evidence: placeOf(value, this.#context),
      environments: this.#environments,
      ...(verb && { verb }),
      certainty: 'static',
    });
    const { kind, name, scope } = named;
    this.relations.push({ type: relation, to: { kind, name, ...(scope !== undefined && { scope }) } });
  }
}

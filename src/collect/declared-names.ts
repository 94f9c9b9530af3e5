import { LEAST_KNOWN, type NamePattern, patternOf } from '#lib/name-pattern.ts';
import type { Fact, Kind } from '#model/fact.ts';
import { identity } from '#model/kinds/kinds.ts';

/** The names that files give things, by kind. */
export class DeclaredNames {
  readonly #names: ReadonlySet<string>;
  readonly #open = new Map<Kind, NamePattern[]>();

  constructor(facts: readonly Fact[]) {
    for (const { kind, name, nameStatus, sort } of facts) {
      const pattern = sort === 'declared' && nameStatus === 'template' ? patternOf(name) : undefined;
      if (pattern && pattern.known.length >= LEAST_KNOWN)
        this.#open.set(kind, [...(this.#open.get(kind) ?? []), pattern]);
    }
    this.#names = new Set(
      facts.flatMap((fact) => (fact.sort === 'declared' ? `${fact.kind}\n${identity(fact).name}` : [])),
    );
  }

  has(kind: Kind, name: string): boolean {
    return this.#names.has(`${kind}\n${identity({ kind, name }).name}`);
  }

  /** Whether a name fits one of which a part is only known when it runs. */
  fits(kind: Kind, name: string): boolean {
    return this.#open.get(kind)?.some((pattern) => pattern.partsOf(name) !== undefined) === true;
  }
}

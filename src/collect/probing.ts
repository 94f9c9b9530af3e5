import type { Coverage, Operation } from '#model/coverage.ts';
import type { ProbeAnswers } from '#model/probe.ts';
import type { ProbeRequest } from './readers/probe/probe.ts';

/** Real requests that were asked for, and what was asked. The requests themselves are loaded for those who ask. */
export class Probing {
  readonly #answers: ProbeAnswers[] = [];
  readonly #clock: () => Date;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  async ask(url: string, request: ProbeRequest): Promise<ProbeAnswers> {
    const { probe } = await import('./readers/probe/probe.ts');
    const answers = await probe(url, request, { clock: this.#clock });
    this.#answers.push(answers);
    return answers;
  }

  /** One row for each URL. A request that this machine could not send is one that failed. */
  coverage(): Coverage[] {
    return this.#answers.map(({ url, operations, spent }): Coverage => {
      const failed = operations.some((one: Operation) => one.failed > 0) || spent !== undefined;
      return {
        source: 'probe',
        scope: url,
        state: failed ? 'partial' : 'complete',
        ...(failed && {
          reason: {
            fr: 'toutes les requêtes n’ont pas pu être faites',
            en: 'not every request could be made',
          },
        }),
        operations,
      };
    });
  }
}

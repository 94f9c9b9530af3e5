import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import type { Json } from '#model/fact.ts';
import { stated } from '../stated.ts';

export type Mapping = EventSourceMappingConfiguration;

/** What a function reads, and whether it does: a mapping can be switched off. Undefined where it reads nothing. */
export const sourcesOf = (mappings: readonly Mapping[]): Json | undefined =>
  mappings.length === 0
    ? undefined
    : mappings.map(({ EventSourceArn, State, BatchSize }) =>
        stated({ source: EventSourceArn, state: State, batchSize: BatchSize }),
      );

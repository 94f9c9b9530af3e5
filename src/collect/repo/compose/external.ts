import type { Fact } from '#model/fact.ts';
import { interpolate } from '../interpolation.ts';
import { statusOf } from '../name-status.ts';
import { mapping, scalar } from '../untyped.ts';
import type { ComposeContext } from './service-facts.ts';

const SECTIONS = [
  ['networks', 'Docker::Network'],
  ['volumes', 'Docker::Volume'],
] as const;

/** The networks and volumes that must be there before the services start: `external: true`. */
export function externalFacts({ text, sort, environments }: ComposeContext): Fact[] {
  return SECTIONS.flatMap(([section, kind]) =>
    [...mapping(text.top.get(section))].flatMap(([key, value]): Fact[] => {
      const keys = mapping(value);
      const external = keys.get('external');
      if (external !== true && mapping(external).size === 0) return [];
      const written = scalar(keys.get('name')) ?? scalar(mapping(external).get('name')) ?? key;
      const { text: name, status } = interpolate(written, text.lookup);
      const known = statusOf(name);
      if (!known) return [];
      return [
        {
          kind,
          name,
          source: 'repo',
          sort,
          nameStatus: known === 'literal' ? status : known,
          evidence: text.at([section, key]),
          environments,
          verb: 'requires',
          certainty: 'static',
        },
      ];
    }),
  );
}

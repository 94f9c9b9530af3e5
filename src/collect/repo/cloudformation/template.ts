import type { YamlPlaces } from '#lib/yaml-source.ts';
import { list, mapping, scalar } from '../untyped.ts';
import type { Located } from './located.ts';
import { withoutServerless } from './sam.ts';

export type Properties = Readonly<Record<string, unknown>>;

/** A parameter as the template declares it. */
export interface Parameter {
  type: string;
  default?: string;
  allowed: readonly string[];
  /** Its value is masked by AWS, and is never read here. */
  secret: boolean;
  line: number;
}

/** A resource as the template declares it; types of SAM are those that SAM makes of them. */
export interface TemplateResource {
  id: string;
  type: string;
  properties: Properties;
  condition?: string;
  line: number;
}

/** A relation that is no property of either end: an event of SAM, a subscription, a mapping of a source to a function. */
export interface Edge {
  /** Logical ids. */
  from: string;
  type: string;
  to: string;
}

/** A template of CloudFormation, read and not evaluated. */
export interface Template {
  path: string;
  parameters: ReadonlyMap<string, Parameter>;
  mappings: ReadonlyMap<string, unknown>;
  conditions: ReadonlyMap<string, unknown>;
  resources: ReadonlyMap<string, TemplateResource>;
  /** What SAM's events tie together. */
  edges: readonly Edge[];
  /** The line of a key of one of the template's own objects, else `otherwise`. */
  lineOf(holder: unknown, key: string | number, otherwise: number): number;
  /** Whether a text was written with variables of its own format, resolved before it came here. */
  isComputed?(holder: unknown, key: string): boolean;
}

const MOST_RESOURCES = 2_000;

const lineIn = (places: YamlPlaces, holder: unknown, key: string | number): number | undefined =>
  typeof holder === 'object' && holder !== null ? places.get(holder)?.get(key) : undefined;

/**
 * The parts of a template that declare something. CloudFormation allows 500 resources; a file of more than 2000 is cut
 * there. AWS CloudFormation User Guide, “Template anatomy”.
 */
export function templateOf(path: string, { value, places }: Located): Template {
  const top = mapping(value);
  const lineOf = (holder: unknown, key: string | number, otherwise: number) =>
    lineIn(places, holder, key) ?? otherwise;
  const written = top.get('Resources');
  const plain = [...mapping(written)]
    .slice(0, MOST_RESOURCES)
    .flatMap(([id, resource]): TemplateResource[] => {
      const fields = mapping(resource);
      const type = fields.get('Type');
      const condition = fields.get('Condition');
      if (typeof type !== 'string') return [];
      return [
        {
          id,
          type,
          properties: propertiesOf(fields.get('Properties')),
          ...(typeof condition === 'string' && { condition }),
          line: lineOf(written, id, 1),
        },
      ];
    });
  const { resources, edges } = withoutServerless(plain, mapping(top.get('Globals')), places);
  return {
    path,
    parameters: parametersOf(top.get('Parameters'), lineOf),
    mappings: mapping(top.get('Mappings')),
    conditions: mapping(top.get('Conditions')),
    resources: new Map(resources.map((resource) => [resource.id, resource])),
    edges,
    lineOf,
  };
}

/** The object itself, so that its places stay known. */
const propertiesOf = (value: unknown): Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : {};

function parametersOf(written: unknown, lineOf: Template['lineOf']): Map<string, Parameter> {
  return new Map(
    [...mapping(written)].map(([name, declared]): [string, Parameter] => {
      const fields = mapping(declared);
      const given = fields.get('Default');
      const text = Array.isArray(given) ? given.map(scalar).join(',') : scalar(given);
      const secret = scalar(fields.get('NoEcho')) === 'true';
      return [
        name,
        {
          type: scalar(fields.get('Type')) ?? 'String',
          ...(text !== undefined && !secret && { default: text }),
          allowed: list(fields.get('AllowedValues')).flatMap((value) => scalar(value) ?? []),
          secret,
          line: lineOf(declared, 'Default', lineOf(written, name, 1)),
        },
      ];
    }),
  );
}

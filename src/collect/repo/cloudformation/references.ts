const MOST_VISITED = 20_000;
const MOST_DEPTH = 60;
const VARIABLE = /\$\{(?!!)\s{0,8}([\w:]{1,255})(?:\.([\w.:]{1,255}))?\s{0,8}\}/g;

/** A place of a value that refers to something else of the template. */
export interface Reference {
  /** The logical id, or the name of a parameter. */
  id: string;
  attribute?: string;
  /** The nearest key around it that is no function's name. */
  key: string;
  /** All keys around it, outermost first, functions left out. */
  trail: readonly string[];
}

const isFunction = (key: string): boolean => key === 'Ref' || key === 'Condition' || key.startsWith('Fn::');

/** The one function that an object calls, in its long form. */
export function calledIn(value: unknown): { name: string; argument: unknown } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  const [name] = keys;
  if (keys.length !== 1 || name === undefined || !isFunction(name)) return undefined;
  return { name, argument: (value as Record<string, unknown>)[name] };
}

/** The logical id and the attribute that `Fn::GetAtt` names, in either of its forms. */
export function attributeOf(argument: unknown): { id: string; attribute: string } | undefined {
  const [id, ...rest] = Array.isArray(argument)
    ? argument
    : typeof argument === 'string'
      ? argument.split('.')
      : [];
  return typeof id === 'string' ? { id, attribute: rest.map(String).join('.') } : undefined;
}

/** Everything that `Ref`, `Fn::GetAtt` and `Fn::Sub` refer to in a value, in the order of the text. Bounded. */
export function referencesIn(value: unknown): Reference[] {
  const found: Reference[] = [];
  let visited = 0;
  const visit = (node: unknown, trail: readonly string[]): void => {
    visited += 1;
    if (visited > MOST_VISITED || trail.length > MOST_DEPTH) return;
    const add = (id: string, attribute?: string) =>
      found.push({
        id,
        ...(attribute !== undefined && attribute !== '' && { attribute }),
        key: trail.at(-1) ?? '',
        trail,
      });
    if (Array.isArray(node)) for (const item of node) visit(item, trail);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const call = calledIn(node);
    if (!call) {
      for (const [key, inner] of Object.entries(node)) visit(inner, [...trail, key]);
      return;
    }
    const { name, argument } = call;
    if (name === 'Ref' && typeof argument === 'string') add(argument);
    const attribute = name === 'Fn::GetAtt' ? attributeOf(argument) : undefined;
    if (attribute) add(attribute.id, attribute.attribute);
    if (name === 'Fn::Sub') {
      const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
      const names = new Set(typeof own === 'object' && own !== null ? Object.keys(own) : []);
      if (typeof text === 'string')
        for (const [, id = '', inner] of text.matchAll(VARIABLE)) if (!names.has(id)) add(id, inner);
      visit(own, trail);
    } else if (name !== 'Ref' && name !== 'Condition' && name !== 'Fn::GetAtt') visit(argument, trail);
  };
  visit(value, []);
  return found;
}

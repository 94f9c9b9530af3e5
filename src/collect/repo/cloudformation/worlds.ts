import { environmentOf } from '#lib/environments.ts';
import type { World } from './evaluation.ts';
import type { Parameter, Template } from './template.ts';

const MOST_WORLDS = 12;

/** Whether all that a parameter may be are environments: somebody chooses one of them with each deployment. */
const isEnvironment = ({ allowed, secret }: Parameter): boolean =>
  !secret && allowed.length > 0 && allowed.every((value) => environmentOf(value) !== undefined);

/**
 * The ways in which a template is deployed: those that other files of the tree tell (`known`), and one for each value of
 * a parameter that may only be an environment. Without either, the defaults are what a deployment uses.
 */
export function worldsOf(template: Template, known: readonly World[]): World[] {
  const choices = [...template.parameters].filter(([, parameter]) => isEnvironment(parameter));
  const labelled = known.map((world): World => labelledBy(template, choices, world));
  const [first] = choices;
  if (!first) return labelled.length > 0 ? labelled.slice(0, MOST_WORLDS) : [plain];
  const told = new Set(labelled.map(({ parameters }) => parameters.get(first[0]) ?? first[1].default));
  const chosen = first[1].allowed
    .filter((value) => !told.has(value))
    .map((value): World => {
      const parameters = new Map(
        choices.flatMap(([name, { allowed }]) => {
          const same = allowed.find((one) => environmentOf(one) === environmentOf(value));
          return same === undefined ? [] : [[name, same] as const];
        }),
      );
      const isDefault = known.length === 0 && first[1].default === value;
      return {
        parameters,
        environments: [environmentOf(value) ?? value],
        ...(!isDefault && { choice: `${first[0]}=${value}` }),
      };
    });
  return [...labelled, ...chosen].slice(0, MOST_WORLDS);
}

const plain: World = { parameters: new Map(), environments: [] };

/** A deployment whose own name tells no environment is for the one that its parameter names. */
function labelledBy(template: Template, choices: readonly [string, Parameter][], world: World): World {
  if (world.environments.length > 0) return world;
  const named = [...template.parameters].filter(([name]) =>
    /^(?:env|environment|stage)(?:name|type)?$/i.test(name),
  );
  const found = [...choices, ...named].flatMap(([name, parameter]) => {
    const value = world.parameters.get(name) ?? parameter.default;
    return value === undefined ? [] : (environmentOf(value) ?? []);
  });
  return { ...world, environments: [...new Set(found)] };
}

import type { Json } from '#model/fact.ts';
import { ROOT } from '../repository.ts';
import { isObject } from '../workflow-document.ts';
import { defineAction } from './action.ts';

/** Writes a task definition with the image of one container replaced; the file is then handed to the deployment. */
export const amazonEcsRenderTaskDefinition = defineAction({
  names: ['aws-actions/amazon-ecs-render-task-definition'],
  async run(given, session) {
    const container = given('container-name');
    const image = given('image');
    const text = await session.readFile(given('task-definition'), ROOT);
    const definition = rendered(text, container, image);
    const number = (session.turns.get('task-definition') ?? 0) + 1;
    session.turns.set('task-definition', number);
    const file = `/tmp/task-definition-${number}.json`;
    session.files.writeFileSync(file, JSON.stringify(definition));
    return { outputs: { 'task-definition': file } };
  },
});

function rendered(text: string | undefined, container: string, image: string): Json {
  let json: Json = null;
  try {
    json = JSON.parse(text ?? '') as Json;
  } catch {
    // A file that an earlier step was to write: what is known of it is this container.
  }
  const definition = isObject(json) ? json : {};
  const containers = Array.isArray(definition.containerDefinitions)
    ? definition.containerDefinitions.filter(isObject)
    : [];
  const replaced = containers.map((one) => (one.name === container ? { ...one, image } : one));
  const has = containers.some((one) => one.name === container);
  return { ...definition, containerDefinitions: has ? replaced : [...replaced, { name: container, image }] };
}

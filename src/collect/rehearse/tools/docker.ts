import { isUnknown } from '#lib/symbolic.ts';
import type { Verb } from '#model/fact.ts';
import { COMPOSE_GLOBAL, COMPOSE_VALUED, GLOBAL, MANAGEMENT, VALUED } from './docker-options.ts';
import { imageNamed, pushedImage } from './image-names.ts';
import { addOption, isOn, listed, names, noOptions, parseOptions, valuesOf } from './options.ts';
import { defineTool, type Named, type ParsedCall } from './tool.ts';

const NONE = names('');
/** After these the words are an image and what runs in it. */
const RUNS = new Set(['run', 'create', 'exec', 'compose run', 'compose exec']);

/** The tail of `docker compose` or `docker-compose`: options of its own, a command, the command's options. */
export function parseCompose(tool: string, prefix: string, args: readonly string[]): ParsedCall {
  const global = parseOptions(args, { valued: COMPOSE_GLOBAL, mostWords: 1 });
  const [command = '', ...rest] = global.words;
  const operation = [prefix, command].filter(Boolean).join(' ');
  const own = parseOptions(rest, {
    valued: COMPOSE_VALUED[command] ?? NONE,
    ...(RUNS.has(`compose ${command}`) && { mostWords: 1 }),
  });
  const options = noOptions();
  for (const part of [global.options, own.options])
    for (const [key, value] of Object.entries(part))
      for (const one of Array.isArray(value) ? value : [value]) addOption(options, key, one);
  return { tool, operation, options, words: own.words };
}

function parse(argv: string[]): ParsedCall {
  const global = parseOptions(argv.slice(1), { valued: GLOBAL, mostWords: 1 });
  const [first = '', ...rest] = global.words;
  if (first === 'compose') return parseCompose('docker', 'compose', rest);
  const [second = ''] = rest;
  const isManaged = MANAGEMENT.has(first) && /^[\w-]+$/.test(second);
  // `docker image push` is `docker push`
  const isAlias = isManaged && (first === 'image' || first === 'container') && second in VALUED;
  const operation = isAlias
    ? second
    : isManaged
      ? `${first} ${second}`
      : first === 'builder'
        ? 'builder'
        : first;
  const own = parseOptions(isManaged ? rest.slice(1) : rest, {
    valued: VALUED[operation] ?? VALUED[operation.replace(/^.* /, '')] ?? NONE,
    ...(RUNS.has(operation) && { mostWords: 1 }),
  });
  const options = Object.assign(noOptions(), global.options, own.options);
  if (operation !== 'buildx imagetools') return { tool: 'docker', operation, options, words: own.words };
  const [third = '', ...words] = own.words;
  return { tool: 'docker', operation: `${operation} ${third}`.trim(), options, words };
}

/** Whether a build sends its image to the registry. */
const pushes = (call: ParsedCall): boolean =>
  isOn(call, 'push') ||
  valuesOf(call, 'output', 'o', 'outputs').some((output) => /type=registry|push=true/.test(output));

const SILENT =
  /^(?:push|pull|login|logout|tag|build|run|rm|rmi|stop|start|restart|kill|load|save|cp|buildx|builder|compose (?:up|down|pull|push|build|stop|start|restart|rm|kill|create|exec|run)|(?:network|volume) (?:create|rm|prune)|(?:system|image|container) prune|manifest|stack|service|swarm|context)/;

export function dockerVerb({ operation, options }: ParsedCall): Verb {
  if (/(?:^| )(?:rm|rmi|down|prune|kill|remove)$/.test(operation)) return 'deletes';
  if (
    /(?:^| )push$|^run$|^create$|^(?:network|volume|service|secret|config) create$|^(?:stack deploy|compose up|manifest push|buildx imagetools create)$/.test(
      operation,
    )
  )
    return 'creates';
  if (/^(?:build|buildx build|buildx bake|bake)$/.test(operation))
    return options.push === undefined ? 'uses' : 'creates';
  return /^(?:restart|start|stop|exec|service update|compose (?:restart|start|stop|exec|run|build|create))$/.test(
    operation,
  )
    ? 'requires'
    : 'uses';
}

/** A container that stays: detached, named, not removed when it ends. */
function runNamed(call: ParsedCall): Named[] {
  const [image = ''] = call.words;
  // A workflow's `container:` or `services:`: the job needs the image each time it runs.
  if (valuesOf(call, 'service').length > 0) return imageNamed(image, 'uses');
  const restarts = valuesOf(call, 'restart').some((policy) => policy !== 'no');
  const stays = !isOn(call, 'rm') && (isOn(call, 'd', 'detach') || restarts || call.operation === 'create');
  if (!stays) return [];
  const images = imageNamed(image, 'requires');
  const uses = images.find((one) => one.kind === 'Docker::Image');
  const containers = valuesOf(call, 'name').map(
    (name): Named => ({
      kind: 'Docker::Container',
      name,
      verb: 'creates',
      properties: { ...(restarts && { restart: valuesOf(call, 'restart').at(-1) ?? '' }) },
      ...(uses && { relations: [{ type: 'uses-image', to: { kind: uses.kind, name: uses.name } }] }),
    }),
  );
  return [...containers, ...images];
}

const of = (kind: Named['kind'], found: readonly string[], verb?: Verb): Named[] =>
  found.filter((name) => !isUnknown(name)).map((name) => ({ kind, name, ...(verb && { verb }) }));

/** An image of a private registry that a build is given to start from: `--build-arg BASE=….dkr.ecr.…/base:1`. */
const basesOf = (call: ParsedCall): Named[] =>
  valuesOf(call, 'build-arg').flatMap((argument) => {
    const value = argument.replace(/^\w+=/, '');
    return /\.dkr\.ecr\.[^/]+\/./.test(value) ? imageNamed(value, 'uses') : [];
  });

function dockerNamed(call: ParsedCall): Named[] {
  const { operation, words } = call;
  const given = listed([...valuesOf(call, 'image', 'images')]);
  switch (operation) {
    case 'push':
    case 'manifest push':
      return [...words.slice(0, 1), ...given].flatMap(pushedImage);
    case 'build':
    case 'buildx build':
    case 'bake':
    case 'buildx bake':
      return [
        ...basesOf(call),
        ...(pushes(call)
          ? listed([...valuesOf(call, 't', 'tag', 'tags'), ...given]).flatMap(pushedImage)
          : []),
      ];
    case 'buildx imagetools create':
      return [
        ...valuesOf(call, 't', 'tag').flatMap(pushedImage),
        ...words.flatMap((word) => imageNamed(word, 'uses')),
      ];
    case 'pull':
      return [...words, ...given].flatMap((word) => imageNamed(word, 'uses'));
    case 'run':
    case 'create':
      return runNamed(call);
    case 'service create':
      return imageNamed(words[0] ?? '', 'requires');
    case 'service update':
      return valuesOf(call, 'image').flatMap((image) => imageNamed(image, 'requires'));
    case 'start':
    case 'restart':
    case 'exec':
    case 'logs':
    case 'stop':
      return of('Docker::Container', operation === 'exec' ? words.slice(0, 1) : words);
    case 'network create':
      return of('Docker::Network', words.slice(0, 1));
    case 'volume create':
      return of('Docker::Volume', words.slice(0, 1));
    default:
      return [];
  }
}

/** Docker and the tools that take its command line. Docker documentation, “docker CLI reference”. */
export const docker = defineTool({
  names: ['docker', 'podman', 'nerdctl'],
  parse,
  answer: ({ operation, words }, { symbols }) =>
    SILENT.test(operation) ? '' : symbols.of(`docker ${operation} ${words.join(' ')}`.trim()),
  verb: dockerVerb,
  named: dockerNamed,
});

import { parse as parseToml } from 'smol-toml';
import { isUnknown } from '#lib/symbolic.ts';
import type { Kind } from '#model/fact.ts';
import { commandTool } from './command-tool.ts';
import { imageNamed } from './image-names.ts';
import { lastValue, names, valuesOf } from './options.ts';
import type { Named } from './tool.ts';

const of = (kind: Kind, found: readonly (string | undefined)[]): Named[] =>
  found
    .filter((name): name is string => name !== undefined && !isUnknown(name) && /^[\w⟨]/.test(name))
    .map((name) => ({ kind, name }));

/** flyctl: the app is an option, else the `app` of `fly.toml`. Fly.io documentation. */
export const flyctl = commandTool({
  names: ['flyctl', 'fly'],
  grammar: {
    valued:
      names(`a app c config i image r region org o t access-token build-arg build-secret build-target dockerfile e env strategy label
      image-label name vm-size vm-memory vm-cpus primary-region wait-timeout s stage size count f file C command u user`),
  },
  depth: (words) =>
    /^(?:secrets|apps|machine|machines|m|scale|ips|certs|volumes|volume|postgres|pg|ssh|auth|config|image|tokens|releases|redis)$/.test(
      words[0] ?? '',
    )
      ? 2
      : 1,
  creates: /^(?:deploy|launch|apps create|.* (?:set|create|import))$/,
  requires: /^(?:.* (?:restart|update|unset|console)|scale \w+)$/,
  deletes: /(?:^| )destroy$/,
  prints: /(?:^| )(?:status|list|show|info|logs|token|whoami)$/,
  named: (call) => [
    ...of(
      'Fly::App',
      /^apps (?:create|destroy)$/.test(call.operation)
        ? call.words.slice(0, 1)
        : [lastValue(call, 'a', 'app') ?? lastValue(call, 'app-in-file')],
    ),
    ...valuesOf(call, 'i', 'image').flatMap((image) => imageNamed(image, 'requires')),
  ],
  async record(call, context) {
    const given = { ...call.options, ...(call.words.length > 0 && { words: call.words }) };
    if (
      lastValue(call, 'a', 'app') !== undefined ||
      !/^(?:deploy|secrets|scale|status|machine)/.test(call.operation)
    )
      return given;
    const text = await context.readFile(lastValue(call, 'c', 'config') ?? 'fly.toml');
    try {
      const { app } = parseToml((text ?? '').slice(0, 200_000));
      return typeof app === 'string' ? { ...given, 'app-in-file': app } : given;
    } catch {
      return given;
    }
  },
});

/** Vercel CLI; the project is only sometimes said. */
export const vercel = commandTool({
  names: ['vercel', 'vc', 'now'],
  grammar: {
    valued: names(
      't token S scope T team A local-config b build-env e env m meta cwd regions name n project environment git-branch target Q global-config archive output',
    ),
  },
  depth: (words) =>
    /^(?:env|alias|domains|dns|project|projects|secrets|git|teams|certs)$/.test(words[0] ?? '')
      ? 2
      : /^[a-z]+$/.test(words[0] ?? '')
        ? 1
        : 0,
  creates: /^(?:|deploy|env add|alias set|project add|link)$/,
  requires: /^(?:pull|promote|rollback|redeploy|build)$/,
  deletes: /(?:^| )(?:rm|remove)$/,
  prints: /^(?:|deploy|ls|list|inspect|whoami|logs|env ls)$/,
  named: (call) => of('Vercel::Project', valuesOf(call, 'project')),
});

/** Netlify CLI. */
export const netlify = commandTool({
  names: ['netlify', 'ntl'],
  grammar: {
    valued: names(
      's site a auth d dir f functions m message alias b branch p timeout context filter cwd n name',
    ),
  },
  depth: (words) =>
    /[a-z]+:[a-z]+/.test(words[0] ?? '') ? 1 : /^(?:env|sites|functions)$/.test(words[0] ?? '') ? 2 : 1,
  creates: /^(?:deploy|sites:create|env:set|env set)$/,
  requires: /^(?:link|build)$/,
  prints: /^(?:deploy|status|sites:list|api|env:(?:get|list))$/,
  named: (call) => of('Netlify::Site', valuesOf(call, 's', 'site')),
});

/** Heroku CLI. */
export const heroku = commandTool({
  names: ['heroku'],
  grammar: {
    valued: names(
      'a app r remote t team arg context-path type size x region s space version dyno d n num p process-type c confirm',
    ),
  },
  depth: (words) => (words[0] === 'create' ? 1 : 1),
  creates:
    /^(?:container:(?:push|release)|create|apps:create|releases|config:set|addons:create|pipelines:promote)$/,
  requires:
    /^(?:run|run:detached|ps:(?:scale|restart)|restart|maintenance:\w+|pg:\w+|git:remote|stack:set|buildpacks:\w+)$/,
  deletes: /destroy$/,
  prints: /^(?:apps|config|config:get|releases|ps|logs|auth:token|info)$/,
  named: (call) =>
    of('Heroku::App', [
      ...valuesOf(call, 'a', 'app'),
      ...(/^(?:apps:)?create$/.test(call.operation) ? call.words.slice(0, 1) : []),
    ]),
});

/** Railway CLI. */
export const railway = commandTool({
  names: ['railway'],
  grammar: { valued: names('s service e environment p project') },
  depth: 1,
  creates: /^(?:up|add|redeploy)$/,
  requires: /^(?:run|link|variables)$/,
  prints: /^(?:status|logs|list|domain)$/,
  named: (call) =>
    of(
      'Railway::Service',
      valuesOf(call, 's', 'service').filter((name) => !/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(name)),
    ),
});

/** Pulumi: a stack is a state, what it holds stands in a program. */
export const pulumi = commandTool({
  names: ['pulumi'],
  grammar: {
    valued: names(
      's stack C cwd c config config-file m message target t p parallel secrets-provider b branch plan',
    ),
  },
  depth: (words) =>
    /^(?:stack|config|org|policy|plugin|state)$/.test(words[0] ?? '') && words.length > 1 ? 2 : 1,
  creates: /^(?:up|update|stack init)$/,
  requires: /^(?:config set|refresh|stack select|import)$/,
  deletes: /^(?:destroy|stack rm)$/,
  prints: /^(?:stack output|stack ls|config get|preview|whoami|version)$/,
});

/** ansible-playbook(1): its hosts stand in an inventory. */
export const ansiblePlaybook = commandTool({
  names: ['ansible-playbook', 'ansible'],
  grammar: {
    valued: names(
      'i inventory l limit e extra-vars t tags skip-tags u user private-key key-file vault-password-file vault-id c connection f forks start-at-task b become-user become-method m module-name a args T timeout ssh-common-args ssh-extra-args',
    ),
  },
  depth: 0,
  requires: /^/,
});

import { isUnknown } from '#lib/symbolic.ts';
import type { Json } from '#model/fact.ts';
import { commandTool } from './command-tool.ts';
import { imageNamed } from './image-names.ts';
import { kubernetesKind, objectNamed, readManifests } from './kubernetes-objects.ts';
import { isOn, lastValue, names, valuesOf } from './options.ts';
import type { AnswerContext, Named, ParsedCall } from './tool.ts';

const TWO = /^(?:set|rollout|config|create|top|auth|cluster-info|certificate|apply|plugin|debug)$/;
const SECOND =
  /^(?:image|env|resources|serviceaccount|selector|subject|status|restart|undo|history|pause|resume|secret|configmap|namespace|ns|deployment|job|cronjob|service|ingress|clusterrolebinding|rolebinding|role|clusterrole|quota|token|use-context|set-context|set-cluster|set-credentials|current-context|get-contexts|view|set|unset|pods|pod|nodes|node|can-i|view-last-applied|sa)$/;

function depth(words: readonly string[]): number {
  const [first = '', second = '', third = ''] = words;
  if (!TWO.test(first) || !SECOND.test(second)) return 1;
  return first === 'create' &&
    /^(?:secret|service)$/.test(second) &&
    /^(?:generic|tls|docker-registry|clusterip|nodeport|loadbalancer|externalname)$/.test(third)
    ? 3
    : 2;
}

/** `deployment/web`, or `deployment web worker`. */
function objects(call: ParsedCall, words: readonly string[]): Named[] {
  const namespace = lastValue(call, 'n', 'namespace');
  const slashed = words.flatMap((word) => {
    const [type = '', name = '', more] = word.split('/');
    const kind = kubernetesKind(type);
    return kind && name && more === undefined && !/[=:]/.test(name)
      ? [objectNamed(kind, name, namespace)]
      : [];
  });
  if (slashed.length > 0) return slashed;
  const [type = '', ...rest] = words;
  const kind = type.includes(',') ? undefined : kubernetesKind(type);
  return kind
    ? rest.filter((name) => !/[=/]/.test(name)).map((name) => objectNamed(kind, name, namespace))
    : [];
}

function named(call: ParsedCall): Named[] {
  const { operation, words } = call;
  if (isOn(call, 'dry-run') && lastValue(call, 'dry-run') !== 'none') return [];
  const images = valuesOf(call, 'images').flatMap((image) => imageNamed(image, 'requires'));
  const inManifests = valuesOf(call, 'objects').map((text) => {
    const parts = text.split('/');
    return objectNamed(
      parts[0] ?? '',
      parts.at(-1) ?? '',
      parts.length > 2 ? parts[1] : lastValue(call, 'n', 'namespace'),
    );
  });
  const created = /^create (?:(\S+)(?: \S+)?)$/.exec(operation)?.[1];
  const kind = created === undefined ? undefined : kubernetesKind(created);
  const own = kind
    ? words.slice(0, 1).map((name) => objectNamed(kind, name, lastValue(call, 'n', 'namespace')))
    : /^(?:set (?:image|env|resources)|rollout \w+|scale|autoscale|patch|delete|get|describe|annotate|label|wait|logs|exec|expose|port-forward|edit|replace)$/.test(
          operation,
        )
      ? objects(call, operation === 'exec' || operation === 'logs' ? words.slice(0, 1) : words)
      : [];
  const set =
    operation === 'set image'
      ? words
          .filter((word) => /^[\w*.-]+=/.test(word))
          .flatMap((word) => imageNamed(word.slice(word.indexOf('=') + 1), 'requires'))
      : [];
  const given = valuesOf(call, 'image').flatMap((image) =>
    /^create|^set/.test(operation) ? imageNamed(image, 'requires') : [],
  );
  return [...own, ...inManifests, ...images, ...set, ...given].filter(({ name }) => !isUnknown(name));
}

/** The objects and images of the manifests that the call is given, where they are files or come by a pipe. */
async function recordManifests(call: ParsedCall, context: AnswerContext): Promise<Record<string, Json>> {
  const texts = await Promise.all(
    valuesOf(call, 'f', 'filename').map((file) => (file === '-' ? context.stdin : context.readFile(file))),
  );
  const read = texts.map((text) => readManifests(text ?? ''));
  const found = [...new Set(read.flatMap((one) => one.objects))];
  const images = [...new Set(read.flatMap((one) => one.images))];
  return {
    ...call.options,
    ...(found.length > 0 && { objects: found }),
    ...(images.length > 0 && { images }),
    ...(call.words.length > 0 && { words: call.words }),
  };
}

/** kubectl and the tools that take its command line. Kubernetes documentation, “kubectl reference”. */
export const kubectl = commandTool({
  names: ['kubectl', 'oc'],
  grammar: {
    valued:
      names(`n namespace context cluster kubeconfig s server token user as as-group request-timeout f filename k kustomize l selector
      o output field-selector type p patch patch-file from-literal from-file from-env-file image port target-port replicas timeout for c
      container tail since since-time template sort-by docker-server docker-username docker-password docker-email to-revision field-manager
      subresource e env cert key v min max cpu-percent limits requests name annotations labels schedule restart overrides cascade
      grace-period current-replicas revision resource verb clusterrole role serviceaccount group address target container-name duration`),
  },
  depth,
  creates: /^(?:apply|create|run|expose|replace)/,
  requires:
    /^(?:set|rollout (?:restart|undo|pause|resume)|scale|autoscale|patch|annotate|label|exec|cp|edit|taint|cordon|drain)/,
  deletes: /^delete/,
  prints:
    /^(?:get|describe|logs|version|config (?:current-context|view|get-contexts)|cluster-info|top|exec|create token)/,
  named,
  record: recordManifests,
});

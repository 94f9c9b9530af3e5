import { isUnknown } from '#lib/symbolic.ts';
import type { Kind } from '#model/fact.ts';
import { imageNamed, pushedImage } from './image-names.ts';
import { lastValue, names, parseOptions, valuesOf } from './options.ts';
import { defineTool, type Named, type ParsedCall } from './tool.ts';

const SWITCHES = names(
  'y yes no-wait only-show-errors verbose debug h help overwrite-existing admin a force system-assigned allow-preview',
);

/** Groups whose `--name` is a resource; ARM's resource types. */
const NAMED: readonly (readonly [RegExp, Kind])[] = [
  [/^webapp\b/, 'Azure::Web::Site'],
  [/^functionapp\b/, 'Azure::Web::Site'],
  [/^staticwebapp\b/, 'Azure::Web::StaticSite'],
  [
    /^containerapp (?:up|update|create|show|delete|revision|ingress|registry|secret)/,
    'Azure::App::ContainerApp',
  ],
  [/^containerapp job/, 'Azure::App::Job'],
  [/^aks\b/, 'Azure::ContainerService::ManagedCluster'],
  [/^acr (?:login|build|show|create|import|update|delete)/, 'Azure::ContainerRegistry::Registry'],
  [/^container (?:create|restart|delete|show|start|stop)/, 'Azure::ContainerInstance::ContainerGroup'],
  [/^group (?:create|show|delete|exists)/, 'Azure::Resources::ResourceGroup'],
  [/^storage account\b/, 'Azure::Storage::StorageAccount'],
  [/^keyvault (?:create|show|update|delete)/, 'Azure::KeyVault::Vault'],
];

const named = (call: ParsedCall): Named[] => {
  const { operation } = call;
  const kind = NAMED.find(([pattern]) => pattern.test(operation))?.[1];
  const group = lastValue(call, 'g', 'resource-group');
  const properties = group && !isUnknown(group) ? { resourceGroup: group } : {};
  const own = (
    /^acr (?:build|import)$/.test(operation)
      ? valuesOf(call, 'r', 'registry')
      : valuesOf(call, 'n', 'name', 'r', 'registry')
  )
    .filter((name) => kind && !isUnknown(name) && /^[\w⟨]/.test(name))
    .map((name): Named => ({ kind: kind as Kind, name, properties }));
  const groups: Named[] =
    group && !isUnknown(group)
      ? [{ kind: 'Azure::Resources::ResourceGroup', name: group, verb: 'requires' }]
      : [];
  const registry = lastValue(call, 'r', 'registry');
  const built =
    operation === 'acr build' && registry
      ? valuesOf(call, 't', 'image').flatMap((image) =>
          pushedImage(`${registry.replace(/\.azurecr\.io$/, '')}.azurecr.io/${image}`),
        )
      : valuesOf(call, 'i', 'image', 'docker-custom-image-name', 'container-image-name').flatMap((image) =>
          imageNamed(image, 'requires'),
        );
  return [...own, ...groups, ...(operation === 'login' ? [] : built)];
};

/** The Azure CLI: its commands are words, everything else an option with a value. Azure CLI reference. */
export const az = defineTool({
  names: ['az'],
  parse(argv) {
    const { options, words } = parseOptions(argv.slice(1), {
      valued: names(
        'n name g resource-group o output query subscription s l location image i r registry t file f src-path src u p sku',
      ),
      switches: SWITCHES,
      unknownTakesValue: true,
    });
    return { tool: 'az', operation: words.join(' '), options, words: [] };
  },
  answer: ({ operation }, { symbols }) =>
    /(?:show|list|list-keys|get-access-token|exists|version|create|query)$/.test(operation)
      ? symbols.of(`az ${operation}`.slice(0, 90))
      : '',
  verb({ operation }) {
    if (/(?:^| )(?:delete|purge|remove)$/.test(operation)) return 'deletes';
    if (/(?:^| )(?:create|up|build|import)$/.test(operation)) return 'creates';
    return /(?:^| )(?:show|list|exists|login|version|list-keys|get-access-token)$/.test(operation)
      ? 'uses'
      : 'requires';
  },
  named,
});

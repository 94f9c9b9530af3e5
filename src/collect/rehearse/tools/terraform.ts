import { isUnknown } from '#lib/symbolic.ts';
import { commandTool } from './command-tool.ts';
import { names, valuesOf } from './options.ts';
import type { Named } from './tool.ts';

/** `-backend-config="bucket=x"`: the state of an S3 backend, told from Google's by its other keys. */
function backend(values: readonly string[]): Named[] {
  const settings = new Map(
    values.flatMap((value) => {
      const [, key = '', given = ''] = /^(\w+)=["']?(.*?)["']?$/s.exec(value) ?? [];
      return key ? [[key, given] as const] : [];
    }),
  );
  if (!['key', 'region', 'dynamodb_table', 'use_lockfile', 'encrypt'].some((key) => settings.has(key)))
    return [];
  const region = settings.get('region');
  const of = (kind: Named['kind'], key: string): Named[] => {
    const name = settings.get(key);
    return name && !isUnknown(name)
      ? [{ kind, name, verb: 'requires', ...(region && !isUnknown(region) && { region }) }]
      : [];
  };
  return [...of('AWS::S3::Bucket', 'bucket'), ...of('AWS::DynamoDB::Table', 'dynamodb_table')];
}

/** Terraform, OpenTofu and Terragrunt, whose flags have one dash. Terraform documentation, “CLI”. */
export const terraform = commandTool({
  names: ['terraform', 'tofu', 'terragrunt'],
  grammar: {
    valued: names(
      'var var-file backend-config target replace out state lock-timeout parallelism chdir plugin-dir from-module generate-config-out',
    ),
    singleDash: true,
  },
  depth: (words) => (/^(?:workspace|state|providers|run-all)$/.test(words[0] ?? '') ? 2 : 1),
  creates: /^(?:apply|run-all apply)$/,
  requires: /^(?:import|state|workspace|refresh|taint)/,
  deletes: /^(?:destroy|run-all destroy)$/,
  prints: /^(?:output|show|version|workspace (?:show|list)|state (?:list|show)|console|graph)/,
  named: (call) => (call.operation === 'init' ? backend(valuesOf(call, 'backend-config')) : []),
});

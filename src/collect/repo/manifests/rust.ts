import { readToml, type TomlSource } from '../toml-source.ts';
import { mapping, scalar } from '../untyped.ts';
import { type Format, type PackageLine, version } from './package-line.ts';

export const cargo: Format = {
  ecosystem: 'rust',
  reads: (base) => base === 'cargo.toml',
  read(text) {
    const toml = readToml(text);
    if ('error' in toml) return toml;
    const targets = [...mapping(toml.top.get('target'))].flatMap(([name, target]) =>
      sections(toml, `target.${name}.`, mapping(target)),
    );
    const workspace = sections(toml, 'workspace.', mapping(toml.top.get('workspace')));
    return { packages: [...sections(toml, '', toml.top), ...targets, ...workspace] };
  },
};

function sections(toml: TomlSource, prefix: string, parent: ReadonlyMap<string, unknown>): PackageLine[] {
  return (['dependencies', 'dev-dependencies', 'build-dependencies'] as const).flatMap((section) =>
    [...mapping(parent.get(section))].map(([name, wanted]) => ({
      name: scalar(mapping(wanted).get('package')) ?? name,
      ...version(scalar(wanted) ?? scalar(mapping(wanted).get('version'))),
      line: toml.lineOf(`${prefix}${section}`, name),
      development: section === 'dev-dependencies',
    })),
  );
}

import { readToml, type TomlSource } from '../toml-source.ts';
import { mapping, scalar, texts } from '../untyped.ts';
import { type Format, type PackageLine, version } from './package-line.ts';

const REQUIREMENT = /^([A-Za-z0-9][\w.-]{0,127})\s*(?:\[[^\]]{0,200}\])?\s*((?:[=<>!~]=?|===)[^;#]{0,80})?/;
const DEVELOPMENT =
  /(?:^|[^a-z])(?:dev|develop|development|tests?|testing|lint|docs?|ci|typing|types|mypy|format)(?:[^a-z]|$)/i;

/** A requirement of PEP 508 without its extras and markers. */
function requirement(text: string): { name: string; version?: string } | undefined {
  const match = REQUIREMENT.exec(text.trim());
  return match?.[1] ? { name: match[1], ...version(match[2]?.trim()) } : undefined;
}

/** How registries compare names: PEP 503. */
export const normalised = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

const REQUIREMENTS = /^requirements(?:[._-][\w.-]*)?\.(?:txt|in)$|[._-]requirements\.(?:txt|in)$/;
const IN_FOLDER = /(?:^|\/)requirements\/[^/]*\.(?:txt|in)$/;

/** `requirements.txt` and its variants. */
export const requirements: Format = {
  ecosystem: 'python',
  reads: (base, path) => REQUIREMENTS.test(base) || IN_FOLDER.test(path),
  read(_, lines, path) {
    const development = DEVELOPMENT.test(path.slice(path.lastIndexOf('/') + 1));
    const packages = lines.flatMap((written, index): PackageLine[] => {
      const text = written.slice(0, 1_000).split(/\s(?:--|#)/, 1)[0] ?? '';
      const isAddress = /^\s*[a-z+]{2,12}(?:\+|:\/\/)/.test(text);
      const found = /^\s*[A-Za-z0-9]/.test(text) && !isAddress ? requirement(text) : undefined;
      return found ? [{ ...found, line: index + 1, development }] : [];
    });
    return { packages };
  },
};

/** `pyproject.toml` in the forms of PEP 621, PEP 735, Poetry, PDM and uv. */
export const pyproject: Format = {
  ecosystem: 'python',
  reads: (base) => base === 'pyproject.toml',
  read(text) {
    const toml = readToml(text);
    if ('error' in toml) return toml;
    const project = mapping(toml.top.get('project'));
    const tool = mapping(toml.top.get('tool'));
    const poetry = mapping(tool.get('poetry'));
    return {
      packages: [
        ...listed(toml, 'project.dependencies', project.get('dependencies'), false),
        ...groups(toml, 'project.optional-dependencies', project.get('optional-dependencies')),
        ...groups(toml, 'dependency-groups', toml.top.get('dependency-groups')),
        ...groups(toml, 'tool.pdm.dev-dependencies', mapping(tool.get('pdm')).get('dev-dependencies'), true),
        ...listed(toml, 'tool.uv.dev-dependencies', mapping(tool.get('uv')).get('dev-dependencies'), true),
        ...table(toml, 'tool.poetry.dependencies', poetry.get('dependencies'), false),
        ...table(toml, 'tool.poetry.dev-dependencies', poetry.get('dev-dependencies'), true),
        ...[...mapping(poetry.get('group'))].flatMap(([name, group]) =>
          table(
            toml,
            `tool.poetry.group.${name}.dependencies`,
            mapping(group).get('dependencies'),
            DEVELOPMENT.test(name),
          ),
        ),
      ],
    };
  },
};

/** `Pipfile`. */
export const pipfile: Format = {
  ecosystem: 'python',
  reads: (base) => base === 'pipfile',
  read(text) {
    const toml = readToml(text);
    if ('error' in toml) return toml;
    return {
      packages: [
        ...table(toml, 'packages', toml.top.get('packages'), false),
        ...table(toml, 'dev-packages', toml.top.get('dev-packages'), true),
      ],
    };
  },
};

function listed(toml: TomlSource, path: string, value: unknown, development: boolean): PackageLine[] {
  return texts(value).flatMap((text) => {
    const found = requirement(text);
    return found ? [{ ...found, line: toml.lineOf(path, found.name), development }] : [];
  });
}

function groups(toml: TomlSource, path: string, value: unknown, development?: boolean): PackageLine[] {
  return [...mapping(value)].flatMap(([name, list]) =>
    listed(toml, `${path}.${name}`, list, development ?? DEVELOPMENT.test(name)),
  );
}

/** A table of packages by name, as Poetry and Pipenv keep them. */
function table(toml: TomlSource, path: string, value: unknown, development: boolean): PackageLine[] {
  return [...mapping(value)].flatMap(([name, wanted]) =>
    name === 'python'
      ? []
      : [
          {
            name,
            ...version(scalar(wanted) ?? scalar(mapping(wanted).get('version'))),
            line: toml.lineOf(path, name),
            development,
          },
        ],
  );
}

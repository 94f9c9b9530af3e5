import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'rolldown/utils';

export const root = path.join(import.meta.dirname, '../..');

/** A hand-written source of the project, with what it imports. */
export interface Source {
  /** From the root of the project, with slashes. */
  file: string;
  text: string;
  imports: Import[];
  /** Exported names; `default` for a default export. */
  exports: string[];
  reexports: string[];
}

export interface Import {
  /** As written. */
  name: string;
  /** For a module of the project: its path from the root. */
  file?: string;
  typeOnly: boolean;
}

const isTest = (file: string) => /\.test\.tsx?$/.test(file);

/** The TypeScript sources below these folders; `tests` are left out unless asked for. */
export function sources(folders: readonly string[], tests = false): Source[] {
  return globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx}`),
    { cwd: root },
  )
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter(
      (file) =>
        (tests || !isTest(file)) &&
        !file.includes('.generated.') &&
        !/\/(?:estates|everything-repo)\//.test(file),
    )
    .sort()
    .map(read);
}

function read(file: string): Source {
  const text = readFileSync(path.join(root, file), 'utf8');
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const entries = module.staticExports.flatMap((one) => one.entries);
  const asked = [
    ...module.staticImports.map((one) => ({
      name: one.moduleRequest.value,
      typeOnly: one.entries.length > 0 && one.entries.every((entry) => entry.isType),
    })),
    ...entries.flatMap((entry) =>
      entry.moduleRequest ? [{ name: entry.moduleRequest.value, typeOnly: entry.isType }] : [],
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
      name: text.slice(start, end).replace(/^['"`]|['"`]$/g, ''),
      typeOnly: false,
    })),
  ];
  return {
    file,
    text,
    imports: asked.map((one) => ({ ...one, ...inProject(file, one.name) })),
    exports: entries.map((entry) =>
      entry.exportName.kind === 'Default' ? 'default' : (entry.exportName.name ?? '*'),
    ),
    reexports: entries.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
  };
}

const aliases = Object.entries(
  (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { imports: Record<string, string> })
    .imports,
);

/** What a name of a module leads to, where it is one of the project's. */
function inProject(from: string, name: string): { file?: string } {
  if (name.startsWith('.')) return { file: path.posix.join(path.posix.dirname(from), name) };
  for (const [alias, target] of aliases) {
    if (alias === name) return { file: path.posix.normalize(target) };
    const prefix = alias.slice(0, -1);
    if (alias.endsWith('*') && name.startsWith(prefix))
      return { file: path.posix.normalize(target.replace('*', name.slice(prefix.length))) };
  }
  return {};
}

import { environmentOf, sortEnvironments } from '#lib/environments.ts';
import type { FactSort } from '#model/fact.ts';
import { isRetired, withoutRetiredMark } from './retired.ts';

const TEST_FOLDER =
  /^(?:tests?|__tests__|spec|specs|e2e|fixtures?|__fixtures__|testdata|test[-_]data|integration[-_]tests?)$/;
/** Where a developer's own machine or editor is set up. */
const WORKSTATION_FOLDER = /^\.?(?:devcontainers?|gitpod|codespaces)$|^\.(?:cursor|vscode|idea)$/;
const EXAMPLE = /(?:^|[._-])(?:example|exemple|sample|template|tmpl|tpl|dist|defaults?|schema)(?:[._-]|$)/;

/** Of a file that nobody edits by hand, a template is what each deployment is made from. */
const COPIED = /(?:^|[._-])(?:example|exemple|sample|dist|defaults?|schema)(?:[._-]|$)/;

/** What a file's path alone says of everything it declares. */
export interface Standing {
  /** A file to be copied refers to what it names; a retired one is kept as such. */
  sort: Extract<FactSort, 'declared' | 'reference' | 'retired'>;
  /** Canonical names, from whole folders (`deploy/staging/`) and the parts of the file's name (`compose.prod.yml`). */
  environments: string[];
}

/** Whether a file's name says that it is to be copied and filled in (`.env.example`, `compose.sample.yml`). */
export const isExample = (path: string, marks: RegExp = EXAMPLE): boolean =>
  marks.test(path.slice(path.lastIndexOf('/') + 1).toLowerCase());

/**
 * Whether what a file says still stands, and for which environments. What a deployment renders (`rendered`) stands as a
 * template too; other templates are to be copied.
 */
export function standingOf(path: string, { rendered = false }: { rendered?: boolean } = {}): Standing {
  const folders = withoutRetiredMark(path).split('/');
  const base = folders.pop() ?? '';
  const named = [...folders, ...base.split(/[._-]/)].map((part) => {
    const word = part.toLowerCase();
    if (TEST_FOLDER.test(word)) return 'test';
    return WORKSTATION_FOLDER.test(word) ? 'dev' : environmentOf(word);
  });
  return {
    sort: isRetired(path)
      ? 'retired'
      : isExample(path, rendered ? COPIED : EXAMPLE)
        ? 'reference'
        : 'declared',
    environments: sortEnvironments(named.filter((name) => name !== undefined)),
  };
}

import type { Estate } from '#model/estate.ts';
import { isForDevelopment } from '../../derived/development.ts';
import { isScript } from './cross-references.ts';
import { layoutOf } from './projects.ts';

const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));
const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

/** The folder where documents belong: one at the root of that name, else a numbered layer that is mainly documents. */
export function documentsHome(estate: Estate): string | undefined {
  const { files } = estate;
  const tops = new Map<string, { pages: number; all: number }>();
  for (const file of files) {
    const [top = '', ...rest] = file.split('/');
    if (rest.length === 0) continue;
    const count = tops.get(top) ?? { pages: 0, all: 0 };
    count.all += 1;
    if (/\.mdx?$/i.test(file)) count.pages += 1;
    tops.set(top, count);
  }
  const named = ['docs', 'doc', 'documentation', 'Docs', 'DOCS'].find(
    (top) => (tops.get(top)?.pages ?? 0) > 0,
  );
  if (named !== undefined) return named;
  return layoutOf(estate).layers.find((layer) => {
    const { pages, all } = tops.get(layer) ?? { pages: 0, all: 1 };
    return pages >= 3 && pages / all >= 0.8;
  });
}

/** A page that reports or tells how to act; one beside code that explains the code is where it belongs. */
const CODE = /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|rb|php|cs|sh|ps1|tf)$/i;
const RUNBOOK = /runbook|playbook|proc[eé]dure|post-?mortem/i;
const KEPT_APART =
  /(?:^|\/)(?:docs?|documentation|wiki|reports?|rapports?|audits?|runbooks?|playbooks?|postmortems?|notes|\.[^/]+|archives?|archived|node_modules|vendor|templates?|examples?|content|pages|posts|backlog|issues|tickets|marketing|blog|public|fixtures|tests?)\//i;

/** Reports and runbooks by the folder in which they stand, where that is not a place of documents. */
export function misplacedDocuments(estate: Estate, home: string): Map<string, string[]> {
  const { layers } = layoutOf(estate);
  const isCodeLayer = layersOfCode(estate, layers);
  // a folder of pages alone is a place of documents too, whatever it is called
  const withCode = new Set([...estate.files].filter((file) => CODE.test(file)).map(folderOf));
  const misplaced = estate.artifacts.documents.filter(({ file, report }) => {
    // the page of a folder explains what is in it, be it a tool for audits
    if (/^readme\b/i.test(nameOf(file))) return false;
    if (file.startsWith(`${home}/`) || (!report && !RUNBOOK.test(nameOf(file)))) return false;
    const [top = ''] = file.split('/');
    // where layers keep documents and code apart, a report in the layer of code is misplaced whatever its folder
    if (layers.length > 0) return isCodeLayer(top) || !file.includes('/');
    return !KEPT_APART.test(file) && (!file.includes('/') || withCode.has(folderOf(file)));
  });
  const byFolder = Map.groupBy(misplaced, ({ file }) => folderOf(file));
  return new Map([...byFolder].map(([folder, list]) => [folder, list.map(({ file }) => file).sort()]));
}

function layersOfCode({ files }: Estate, layers: readonly string[]): (top: string) => boolean {
  const code = layers.filter((layer) => {
    let [pages, all] = [0, 0];
    for (const file of files)
      if (file.startsWith(`${layer}/`)) {
        all += 1;
        if (/\.mdx?$/i.test(file)) pages += 1;
      }
    return all > 0 && pages / all < 0.5;
  });
  return (top) => code.includes(top);
}

/** What starts a container or installs a program is looked for at the root by whoever runs it. */
const AT_HOME =
  /^(?:docker-|container-)?entrypoint|^(?:install|setup|bootstrap|configure|gradlew|mvnw|start|run|dev|serve|init|wait-for\w*|manage|conftest|noxfile|tasks|fabfile|setup|build|test|lint|format|clean|check)\.\w+$|\.config\.|\.(?:test|spec)\.|^\./i;
const SCRIPT_FOLDER = /^(?:scripts?|bin|tools?|ops|devops|ci)$/i;
const FEW = 3;

/** A folder at whose root scripts stand, and the folder of scripts that it has beside them. */
export interface RootScripts {
  /** Empty for the root of the repository. */
  folder: string;
  scripts: string[];
  scriptsFolder?: string;
}

/** Projects with operation scripts at their root, although a folder of scripts is there or they are three or more. */
export function scriptsAtRoot(estate: Estate): RootScripts[] {
  const { files } = estate;
  const layout = layoutOf(estate);
  const roots = new Map<string, string[]>([['', []]]);
  const layered = layout.layers.length > 0;
  for (const project of layout.projects.filter((one) => !isForDevelopment(one)))
    for (const folder of layered ? layout.layers.map((layer) => `${layer}/${project}`) : [project])
      roots.set(folder, []);
  const folders = new Map<string, string>();
  for (const file of files) {
    const folder = folderOf(file);
    if (isScript(file) && !AT_HOME.test(nameOf(file))) roots.get(folder)?.push(file);
    const parent = folderOf(folder);
    // a `bin` of programs (an application of the CDK) is no place for scripts
    const isKept = SCRIPT_FOLDER.test(nameOf(folder)) && /\.(?:sh|bash|zsh|ps1|py)$/.test(file);
    if (folder !== '' && isKept && roots.has(parent) && !folders.has(parent)) folders.set(parent, folder);
  }
  return [...roots]
    .map(([folder, scripts]) => {
      const scriptsFolder = folders.get(folder);
      return { folder, scripts: scripts.sort(), ...(scriptsFolder !== undefined && { scriptsFolder }) };
    })
    .filter(
      ({ folder, scripts, scriptsFolder }) =>
        // a folder that holds scripts and nothing else is itself their folder
        scripts.length >= (scriptsFolder ? 1 : FEW) &&
        (scriptsFolder !== undefined || !isOnlyScripts(files, folder)),
    );
}

function isOnlyScripts(files: ReadonlySet<string>, folder: string): boolean {
  const own = [...files].filter((file) => file.startsWith(folder === '' ? '' : `${folder}/`));
  return own.filter((file) => !isScript(file) && !/\.(?:md|txt|json|ya?ml|toml)$/i.test(file)).length === 0;
}

/** The top folders that hold what is run or written: hidden ones, and those that a tool makes, are left out. */
export const topFolders = (files: ReadonlySet<string>): string[] =>
  [
    ...new Set(
      [...files].filter((file) => file.includes('/')).map((file) => file.slice(0, file.indexOf('/'))),
    ),
  ]
    .filter((top) => !/^[._]|^(?:node_modules|vendor|dist|build|public|static|assets|tmp)$/i.test(top))
    .sort();

/** Scripts that a mapping leaves out of folders of which it names others. */
export function leftOutOf(estate: Estate, named: readonly string[]): string[] {
  const scripts = named.filter(isScript);
  const counts = Map.groupBy(scripts, folderOf);
  const known = new Set(named);
  return [...estate.files]
    .filter((file) => isScript(file) && (counts.get(folderOf(file))?.length ?? 0) >= 2 && !known.has(file))
    .sort();
}

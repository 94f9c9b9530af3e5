import type { Estate } from '#model/estate.ts';

/** What makes a folder a project of its own. */
const MARKER =
  /^(?:package\.json|pyproject\.toml|requirements\.txt|go\.mod|cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|composer\.json|gemfile|wrangler\.(?:toml|jsonc?)|(?:docker-)?compose[\w.-]*\.ya?ml|dockerfile)$/i;
/** `02.Directives`, `04_Execution`: a layer or a part, in an order. */
const NUMBERED = /^\d{1,3}[._ -]+\w/;
/** Folders that serve every project: what stands in them belongs to none. */
const SHARED =
  /^[._]|^(?:scripts?|tools?|tooling|bin|ci|packages?|libs?|library|common|shared|core|infra|infrastructure|deploy|deployment|ops|devops|docker|build|hack|config|configs|templates?|docs?|documentation|examples?|samples?|demos?|tests?|e2e|utils?|vendor|third_party|terraform|ansible|k8s|kubernetes|helm|charts?)$/i;
/** Names of folders that say nothing of a subject: the same one in two layers makes no project. */
const PLAIN =
  /^(?:src|app|assets|public|data|images?|img|static|dist|output|archives?|templates?|config|tests?|scripts?|docs?|tmp)$/i;

/** The projects of a repository, as its folders and manifests make them. */
export interface Layout {
  /** Names of the projects: a folder, or in numbered layers the name that several layers share. */
  projects: readonly string[];
  /** The layers, where top folders are numbered and hold the same projects: `02.Directives`, `04.Execution`. */
  layers: readonly string[];
  /** The project of a path; undefined for what belongs to the whole or is shared. */
  projectOf(path: string): string | undefined;
}

const known = new WeakMap<ReadonlySet<string>, Layout>();

/** How the repository is divided; worked out once per estate. */
export function layoutOf({ files }: Pick<Estate, 'files'>): Layout {
  const found = known.get(files) ?? layered(files) ?? byManifest(files);
  known.set(files, found);
  return found;
}

/** Numbered layers that share the names of their folders: the project is the name, whatever the layer. */
function layered(files: ReadonlySet<string>): Layout | undefined {
  const layersByName = new Map<string, Set<string>>();
  const layers = new Set<string>();
  for (const file of files) {
    const [layer = '', name = '', ...rest] = file.split('/');
    if (!NUMBERED.test(layer) || name === '') continue;
    layers.add(layer);
    if (rest.length > 0 && !PLAIN.test(name) && !SHARED.test(name))
      layersByName.set(name, (layersByName.get(name) ?? new Set()).add(layer));
  }
  const projects = [...layersByName].filter(([, of]) => of.size > 1).map(([name]) => name);
  if (layers.size < 2 || projects.length === 0) return undefined;
  const names = new Set(layersByName.keys());
  return {
    projects: [...names].sort(),
    layers: [...layers].sort(),
    projectOf(path) {
      const [layer = '', name = '', ...rest] = path.split('/');
      return layers.has(layer) && rest.length > 0 && names.has(name) ? name : undefined;
    },
  };
}

/** The outermost folders with a manifest; pages in `docs/NAME/` are those of the project of that name. */
function byManifest(files: ReadonlySet<string>): Layout {
  const marked = new Set<string>();
  for (const file of files) {
    const cut = file.lastIndexOf('/');
    if (cut > 0 && MARKER.test(file.slice(cut + 1))) marked.add(file.slice(0, cut));
  }
  const outermost = (path: string): string | undefined => {
    for (let cut = path.indexOf('/'); cut > 0; cut = path.indexOf('/', cut + 1)) {
      const folder = path.slice(0, cut);
      if (marked.has(folder)) return folder;
    }
    return undefined;
  };
  const isShared = (folder: string) => {
    const parts = folder.split('/');
    // `packages/api` is a project; `packages` and `tools/lint` are for all
    return parts.some(
      (part, index) => SHARED.test(part) && (index === parts.length - 1 || !/^packages?$/i.test(part)),
    );
  };
  const projects = [
    ...new Set(
      [...marked].map((folder) => outermost(`${folder}/x`) ?? folder).filter((one) => !isShared(one)),
    ),
  ].sort();
  const byName = new Map(projects.map((one) => [one.slice(one.lastIndexOf('/') + 1), one]));
  const all = new Set(projects);
  return {
    projects,
    layers: [],
    projectOf(path) {
      const [, page] = /^(?:docs?|documentation)\/([^/]+)\/./.exec(path) ?? [];
      if (page !== undefined && byName.has(page)) return byName.get(page);
      const own = outermost(path);
      return own !== undefined && all.has(own) ? own : undefined;
    },
  };
}

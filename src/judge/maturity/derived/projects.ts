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

/** Layers that share the names of their folders: the project is the name, whatever the layer. */
function layered(files: ReadonlySet<string>): Layout | undefined {
  const namesByLayer = new Map<string, Set<string>>();
  for (const file of files) {
    const [layer = '', name = '', ...rest] = file.split('/');
    if (rest.length === 0 || PLAIN.test(name) || SHARED.test(name)) continue;
    namesByLayer.set(layer, (namesByLayer.get(layer) ?? new Set()).add(name));
  }
  const layers = [...namesByLayer.keys()].filter((layer) => isLayer(layer, namesByLayer)).sort();
  const count = new Map<string, number>();
  for (const layer of layers)
    for (const name of namesByLayer.get(layer) ?? []) count.set(name, (count.get(name) ?? 0) + 1);
  if (layers.length < 2 || ![...count.values()].some((times) => times > 1)) return undefined;
  return {
    projects: [...count.keys()].sort(),
    layers,
    projectOf(path) {
      const [layer = '', name = '', ...rest] = path.split('/');
      return rest.length > 0 && layers.includes(layer) && count.has(name) ? name : undefined;
    },
  };
}

/** Numbered, or with two or more of the same names as another top folder: no chance has made these alike. */
function isLayer(layer: string, namesByLayer: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  if (NUMBERED.test(layer)) return true;
  if (PLAIN.test(layer) || SHARED.test(layer)) return false;
  const own = namesByLayer.get(layer) ?? new Set<string>();
  return [...namesByLayer].some(
    ([other, names]) =>
      other !== layer &&
      !PLAIN.test(other) &&
      !SHARED.test(other) &&
      [...own].filter((name) => names.has(name)).length > 1,
  );
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

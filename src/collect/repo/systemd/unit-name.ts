import { withoutRetiredMark } from '../retired.ts';

/** What the path of a unit file says of the unit. */
export interface UnitPath {
  /** `api.service`; of a quadlet the unit that Podman makes of it. */
  name: string;
  type: string;
  isDropIn: boolean;
  /** Of a quadlet: what its ending says it is. */
  quadlet?: Quadlet;
  /** The name is not the unit's: it is chosen where the file is installed. */
  isNameless?: true;
}

export type Quadlet = 'container' | 'network' | 'volume' | 'pod' | 'kube' | 'image' | 'build';

const TYPES = 'service|timer|socket|target|path|mount|automount|slice|swap';
const QUADLETS = 'container|network|volume|pod|kube|image|build';
/** Endings of what is filled in before it is installed. */
const FILLED_IN = /\.(?:j2|jinja2?|template|tmpl|tpl|in|erb|ejs|mustache|hbs|example|exemple|sample|dist)$/i;
const FILE = new RegExp(`^(.+)\\.(${TYPES}|${QUADLETS})$`);
const DROP_IN = new RegExp(`(?:^|/)([^/]+)\\.(${TYPES}|${QUADLETS})\\.d/[^/]+\\.conf$`);
/** Paths that may be one, in lower case. */
const MAY_BE = new RegExp(`\\.(?:${TYPES}|${QUADLETS})(?:\\.[a-z0-9]{1,10})*$`);
const MAY_BE_DROP_IN = new RegExp(`\\.(?:${TYPES}|${QUADLETS})\\.d/[^/]+\\.conf`, 'i');
/** Programs and prose that are called after one (`user.service.ts`): there are thousands of them. */
const CODE =
  /\.(?:[cm]?[jt]sx?|py|go|java|rb|rs|php|cs|kt|swift|dart|scala|vue|svelte|md|mdx|rst|html?|s?css|json|ya?ml|xml|map|snap|png|svg|tf|sh|lock)$/;
/** What a packager calls the unit of whatever is installed. */
const NAMELESS = /^(?:systemd|template|app|unit|service|example|%[a-z]|\{\{.*\}\})@?$/i;

/** Cheap: whether a path may be a unit file, a drop-in or a quadlet. */
export const mayBeUnit = (path: string, plain: string): boolean =>
  (MAY_BE.test(plain) && !CODE.test(plain)) || MAY_BE_DROP_IN.test(path);

/** The name of the unit that podman-systemd.unit(5) says a quadlet becomes. */
const generated = (stem: string, quadlet: Quadlet): string =>
  quadlet === 'container' || quadlet === 'kube' ? `${stem}.service` : `${stem}-${quadlet}.service`;

/** The unit that a path names; undefined where it names none, or is a link that only says that one is enabled. */
export function unitOfPath(path: string): UnitPath | undefined {
  const plain = withoutFilledIn(withoutRetiredMark(path));
  if (/\.(?:wants|requires|upholds)\//.test(plain)) return undefined;
  const dropIn = DROP_IN.exec(plain);
  const match = dropIn ?? FILE.exec(plain.slice(plain.lastIndexOf('/') + 1));
  const [, stem, ending] = match ?? [];
  if (stem === undefined || ending === undefined || stem.startsWith('.')) return undefined;
  const isDropIn = dropIn !== null;
  const nameless = NAMELESS.test(stem) && { isNameless: true as const };
  if (!new RegExp(`^(?:${QUADLETS})$`).test(ending))
    return { name: `${stem}.${ending}`, type: ending, isDropIn, ...nameless };
  const quadlet = ending as Quadlet;
  return { name: generated(stem, quadlet), type: 'service', isDropIn, quadlet, ...nameless };
}

/** `api.service.debian`, `api.service.prod`: one of several, for the machines that the ending names. */
const VARIANT = new RegExp(
  `(\\.(?:${TYPES}))\\.(?!(?:md|txt|html?|json|ya?ml|xml|rb|py|go|rs|php|java|[cm]?[jt]sx?)$)[a-z0-9_-]{1,16}$`,
  'i',
);

function withoutFilledIn(path: string): string {
  const once = path.replace(FILLED_IN, '');
  return once.replace(FILLED_IN, '').replace(VARIANT, '$1');
}

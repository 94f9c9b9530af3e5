import type { Coverage, Operation, Unread } from '#model/coverage.ts';
import type { Text } from '#model/text.ts';
import type { Tree } from './readers/tree.ts';

interface Read {
  name: string;
  operations: readonly { id: string; source: 'repo' | 'docs'; files: number; failed: number }[];
  workflows: number;
  scripts: number;
  unread: readonly Unread[];
  /** The sources that were asked beside the repository, with what they answered. */
  asked: readonly Coverage[];
  notReadYet: readonly { format: string; title: Text; files: readonly string[] }[];
}

const DOCUMENT = /\.(md|mdx|rst|adoc|txt)$/i;
const operation = (name: string, calls: number, failed = 0): Operation => ({
  name,
  calls,
  denied: 0,
  throttled: 0,
  failed,
});

/** Sources that an audit of a repository does not ask: they are named so that nobody takes them for read. */
const NOT_ASKED: readonly { source: Coverage['source']; scope: string }[] = [
  { source: 'aws', scope: 'AWS' },
  { source: 'cloudflare', scope: 'Cloudflare' },
  { source: 'github', scope: 'GitHub' },
  { source: 'host', scope: 'SSH' },
];

const notAskedOf = (source: Coverage['source'], scope: string): Coverage => ({
  source,
  scope,
  state: 'skipped',
  reason: { fr: 'aucun accès demandé', en: 'no access was asked for' },
  operations: [],
});

/** What of one repository was read, what was left out and why, and which sources nobody asked for. */
export function coverageOf(tree: Tree, read: Read): Coverage[] {
  const scope = tree.commit === undefined ? read.name : `${read.name}@${tree.commit.slice(0, 12)}`;
  const unread = [...read.unread].sort((a, b) =>
    a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : a.file < b.file ? -1 : 1,
  );
  const of = (source: 'repo' | 'docs'): Coverage => {
    const left = unread.filter((one) => DOCUMENT.test(one.file) === (source === 'docs'));
    const operations = read.operations
      .filter((one) => one.source === source && one.files > 0)
      .map((one) => operation(one.id, one.files, one.failed));
    if (source === 'repo') {
      if (read.workflows) operations.unshift(operation('workflows', read.workflows));
      if (read.scripts) operations.push(operation('scripts', read.scripts));
    }
    const failed = left.filter((one) => one.asked).length;
    return {
      source,
      scope,
      state: failed ? 'partial' : 'complete',
      ...(failed && {
        reason: {
          fr: `${failed} ${failed > 1 ? 'fichiers n’ont pas pu être lus' : 'fichier n’a pas pu être lu'} en entier`,
          en: `${failed} ${failed > 1 ? 'files' : 'file'} could not be read in full`,
        },
      }),
      operations,
      ...(left.length && { unread: left }),
    };
  };
  const later = read.notReadYet.map(
    ({ format, title, files }): Coverage => ({
      source: 'repo',
      scope: format,
      state: 'skipped',
      reason: {
        fr: `${title.fr}\u00a0: format reconnu, pas encore lu (${files.length} ${files.length > 1 ? 'fichiers' : 'fichier'})`,
        en: `${title.en}: recognised, not read yet (${files.length} ${files.length > 1 ? 'files' : 'file'})`,
      },
      operations: [operation(format, 0)],
      unread: files.map((file) => ({
        file,
        why: { fr: `${title.fr}, pas encore lu`, en: `${title.en}, not read yet` },
        asked: false,
      })),
    }),
  );
  const asked = new Set(read.asked.map(({ source }) => source));
  const notAsked = NOT_ASKED.filter(({ source }) => !asked.has(source)).map((one) =>
    notAskedOf(one.source, one.scope),
  );
  return tree.root === ''
    ? [...read.asked, notAskedOf('repo', 'Git')]
    : [of('repo'), of('docs'), ...read.asked, ...later, ...notAsked];
}

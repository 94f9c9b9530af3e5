import { createTwoFilesPatch } from 'diff';
import { maskSecrets } from '#lib/mask.ts';
import type { Estate } from '#model/estate.ts';
import type { Finding } from '#model/finding.ts';
import type { Patch } from '#model/patch.ts';
import { remedies } from './all.ts';
import { languageOf } from './language.ts';
import type { FileEdit, PatchDraft, PatchRemedy } from './patch.ts';

/** Lines around a change, as git shows them. */
const CONTEXT = 3;
/** Paths that a diff can name without quoting. git documentation, “git-diff”, on unusual characters. */
const PLAIN_PATH = /^(?![./]*$)[\w./@+ -]+$/;

/**
 * The changes of the repository's files that close findings: each a diff that `git apply` takes at the root.
 * @param read the text of a file where its bytes are exactly that text in UTF-8; undefined where there is none
 */
export function patchesOf(
  findings: readonly Finding[],
  estate: Estate,
  read: (file: string) => string | undefined,
  from: readonly PatchRemedy[] = remedies,
): Patch[] {
  const language = languageOf(estate.artifacts.documents);
  const open = findings.filter(({ muted }) => !muted);
  const ids = new Set<string>();
  return from.flatMap((remedy) => {
    const own = open.filter(({ rule }) => remedy.for.includes(rule));
    const drafts = own.length > 0 ? remedy.draft(own, { estate, language, read }) : [];
    return drafts.flatMap((draft) => {
      const patch = patchOf(draft, estate.files, read);
      if (!patch) return [];
      const id = unique(patch.id, ids);
      ids.add(id);
      return [{ ...patch, id }];
    });
  });
}

function patchOf(
  { edits, findings, ...draft }: PatchDraft,
  files: ReadonlySet<string>,
  read: (file: string) => string | undefined,
): Patch | undefined {
  const diffs = edits.map((edit) => diffOf(edit, files, read));
  if (diffs.length === 0 || diffs.some((diff) => diff === undefined)) return undefined;
  const diff = diffs.join('');
  // what it shows is copied into reports, and a masked line would not apply
  if (maskSecrets(diff) !== diff) return undefined;
  return {
    ...draft,
    findings: findings.map(({ gap }) => gap).sort(),
    files: edits.map(({ file }) => file),
    diff,
  };
}

function diffOf(
  { file, make }: FileEdit,
  files: ReadonlySet<string>,
  read: (file: string) => string | undefined,
): string | undefined {
  if (!PLAIN_PATH.test(file)) return undefined;
  const isThere = files.has(file);
  const before = isThere ? read(file) : undefined;
  if (isThere && before === undefined) return undefined;
  const after = make(before);
  if (after === undefined || after === before) return undefined;
  const diff = createTwoFilesPatch(
    before === undefined ? '/dev/null' : `a/${file}`,
    `b/${file}`,
    before ?? '',
    after,
    undefined,
    undefined,
    { context: CONTEXT },
  );
  // without git's own header: with it, paths would be those from the root of the whole repository
  return diff.slice(diff.indexOf('--- '));
}

function unique(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  for (let number = 2; ; number += 1) if (!taken.has(`${id}-${number}`)) return `${id}-${number}`;
}

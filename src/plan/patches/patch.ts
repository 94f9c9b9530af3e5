import type { Estate } from '#model/estate.ts';
import type { Finding } from '#model/finding.ts';
import type { Language, Text } from '#model/text.ts';

/** A change of one file: its whole text before (undefined where there is none) gives the text after. */
export interface FileEdit {
  /** From the root of the repository. */
  file: string;
  /** Undefined where the text is not what the change was made for: then there is no patch. */
  make(before: string | undefined): string | undefined;
}

/** What a patch changes, before the files are read. */
export interface PatchDraft {
  /** Kebab-case; made unique where two are alike. */
  id: string;
  title: Text;
  note?: Text;
  /** The findings that it closes. */
  findings: readonly Finding[];
  edits: readonly FileEdit[];
}

/** What patches are made from. */
export interface PatchInput {
  estate: Estate;
  /** The language in which the repository's own documents are written: that of pages that a patch adds. */
  language: Language;
  /** The text of a file of the repository, where it can be changed in place. */
  read(file: string): string | undefined;
}

/** How gaps in files are closed by a change of these files. */
export interface PatchRemedy {
  /** The ids of the rules and gaps that it closes; its file bears the first. */
  for: readonly [string, ...string[]];
  /** @param findings those of these ids, at least one; muted ones are left out */
  draft(findings: readonly Finding[], input: PatchInput): PatchDraft[];
}

export const definePatch = (remedy: PatchRemedy): PatchRemedy => remedy;

/** A new file; no patch where there is one already. */
export const newFile = (file: string, text: string): FileEdit => ({
  file,
  make: (before) => (before === undefined ? text : undefined),
});

/** The first of some names that no file of the estate has; undefined where all are taken. */
export const freeName = ({ files }: Estate, ...names: string[]): string | undefined =>
  names.find((name) => !files.has(name));

/** The folder that a repository keeps a sort of files in: the first of these that has any, else the last. */
export function folderFor({ files }: Estate, ...folders: [string, ...string[]]): string {
  const used = folders.find((folder) => [...files].some((file) => file.startsWith(`${folder}/`)));
  return used ?? folders.at(-1) ?? folders[0];
}

/** The part of an id that a path gives. */
export const slug = (file: string): string =>
  file
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);

/** Lines of a text replaced or added to, by their number from 1; undefined where one of them is not as expected. */
export function withLines(
  text: string,
  edits: ReadonlyMap<number, (line: string) => string[] | undefined>,
): string | undefined {
  const lines = text.split('\n');
  const made = lines.map((line, index) => {
    const edit = edits.get(index + 1);
    return edit ? edit(line) : [line];
  });
  return made.some((one) => one === undefined) || [...edits.keys()].some((line) => line > lines.length)
    ? undefined
    : made.flatMap((one) => one ?? []).join('\n');
}

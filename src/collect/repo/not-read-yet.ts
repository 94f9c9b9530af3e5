import type { Text } from '#model/text.ts';
import type { Tree } from '../readers/tree.ts';
import { firstLook } from './first-look.ts';
import { FORMATS, type Format, formatNamed, mayBeSniffed } from './formats.ts';

export interface NotReadYet {
  /** The format's id, in kebab-case. */
  format: string;
  title: Text;
  files: string[];
}

/** Files of infrastructure formats that are recognised and that no collector reads yet, by format, so that none is passed over in silence. */
export function notReadYet(tree: Tree): NotReadYet[] {
  const found = new Map<Format, string[]>();
  for (const { path } of tree.files) {
    const lower = path.toLowerCase();
    const base = lower.slice(lower.lastIndexOf('/') + 1);
    const format =
      formatNamed(lower, base) ?? (mayBeSniffed(lower) ? firstLook(tree, path)?.format : undefined);
    if (!format) continue;
    const files = found.get(format);
    if (files) files.push(path);
    else found.set(format, [path]);
  }
  return FORMATS.flatMap((format) => {
    const files = found.get(format);
    return files ? [{ format: format.id, title: format.title, files }] : [];
  });
}

import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file whole or not at all. A link in its place is replaced, never followed: an audited repository may hold
 * one that leads elsewhere.
 * @param text whole, or in pieces that are written as they come
 */
export function replaceFile(file: string, text: string | Iterable<string>): void {
  const temporary = `${file}.tmp`;
  rmSync(temporary, { force: true });
  const descriptor = openSync(temporary, 'wx');
  try {
    for (const piece of typeof text === 'string' ? [text] : text) writeFileSync(descriptor, piece);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, file);
}

import { join } from 'node:path';
import { regularFile, repositoryOf } from './git-files.ts';

const LARGEST_CONFIG = 256 * 1024;
const SECTION = /^\s*\[\s*remote\s+"origin"\s*\]/;
const GITHUB =
  /^\s*url\s*=\s*(?:https?:\/\/(?:[^@/\s]{1,300}@)?|ssh:\/\/(?:git@)?|git@|git:\/\/)github\.com[:/]([\w.-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?\/?\s*$/;

/**
 * The name on GitHub (`owner/name`) of the repository that a folder belongs to, as its clone's `origin` says it;
 * undefined where it says none. Only read: what else a configuration asks of git is not done. git-config(1).
 */
export function originOf(root: string): string | undefined {
  const repository = repositoryOf(root);
  if (!repository) return undefined;
  const text = regularFile(join(repository.shared, 'config'), LARGEST_CONFIG)?.toString('utf8') ?? '';
  let inside = false;
  for (const line of text.split('\n')) {
    if (/^\s*\[/.test(line)) inside = SECTION.test(line);
    const found = inside ? GITHUB.exec(line) : null;
    if (found) return `${found[1]}/${found[2]}`;
  }
  return undefined;
}

import { excerpt } from '#lib/excerpt.ts';
import type { Artifacts } from '#model/artifacts.ts';
import { type Evidence, isFileEvidence } from '#model/evidence.ts';
import type { Tree } from './readers/tree.ts';

/** Longest file whose lines are looked up for an excerpt, in characters. */
const LARGEST = 1 << 20;
const MOST_LINES = 6;
/** Also where nobody could read it. */
const STATE = /\.tfstate(?:\.|$)/i;

/**
 * Gives evidence that names a place its text, as it stands there. Lines of dotenv files and of Terraform's states, and
 * those on which a secret was found or a variable of a Worker is called after one, are never shown.
 */
export function excerptsOf(tree: Tree, artifacts: Artifacts): (evidence: Evidence) => Evidence {
  const hidden = new Set(
    [...artifacts.environmentFiles, ...artifacts.terraformStates].map((one) => one.file),
  );
  const secret = new Set(
    [...artifacts.secrets, ...secretVariables(artifacts)].map((one) => `${one.file}:${one.line}`),
  );
  const pages = new Map<string, readonly string[] | undefined>();
  const linesOf = (file: string) => {
    if (!pages.has(file)) {
      const text = tree.read(file);
      pages.set(file, text === undefined || text.length > LARGEST ? undefined : text.split('\n'));
    }
    return pages.get(file);
  };
  return (evidence) => {
    // What was imported stands outside the tree
    if (!isFileEvidence(evidence) || evidence.source === 'import') return evidence;
    if (hidden.has(evidence.file) || STATE.test(evidence.file)) return evidence;
    if (secret.has(`${evidence.file}:${evidence.line}`)) {
      const { excerpt: _, ...place } = evidence;
      return place;
    }
    if (evidence.excerpt !== undefined) return evidence;
    const last = Math.min(evidence.endLine ?? evidence.line, evidence.line + MOST_LINES - 1);
    const lines = linesOf(evidence.file)
      ?.slice(evidence.line - 1, last)
      .map(excerpt);
    const text = lines?.length === 1 ? lines[0]?.trim() : lines?.join('\n').trimEnd();
    return text ? { ...evidence, excerpt: text } : evidence;
  };
}

/** Where Wrangler's configurations give a variable a value that is a secret. */
const secretVariables = ({ wranglerConfigs }: Artifacts): { file: string; line: number }[] =>
  wranglerConfigs.flatMap(({ file, environments }) =>
    environments.flatMap(({ variables }) =>
      variables.flatMap(({ isSecret, line }) => (isSecret ? [{ file, line }] : [])),
    ),
  );

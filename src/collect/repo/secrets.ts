import type { SecretLintCoreConfig, SecretLintCoreResultMessage } from '@secretlint/types';
import { maskValue } from '#lib/mask.ts';
import type { SecretSighting } from '#model/artifacts.ts';
import type { Tree } from '../readers/tree.ts';
import { firstLook } from './first-look.ts';
import { isExample, isPlausibleToken, passwordIn } from './secret-plausible.ts';
import { planSearch } from './secret-search.ts';
import type { Suspect } from './secret-suspects.ts';

/** These rules open the file on the disk by themselves, or let the audited file switch the others off. */
const NOT_RUN = new Set(['@secretlint/secretlint-rule-gcp', '@secretlint/secretlint-rule-filter-comments']);
/**
 * An account's number is no secret, and neither is the id of a role or a user, nor that of a temporary key (`ASIA…`,
 * in every presigned URL), which ends within hours; a key in test mode opens nothing real.
 */
const NO_SECRET = /^(?:A(?:G|I|R|N|S)[A-Z]{2}[A-Z0-9]{16}|[rs]k_test_)/;
const BETWEEN = '\n§\n';
const LARGEST_BATCH = 256 * 1024;
const NEAR = 10;

interface Piece extends Suspect {
  path: string;
}

/**
 * Secrets in a tree's files, by the rules of a maintained detector, sorted by file and line. The detector is shown
 * the pieces of text that have a secret's mark, not files, and works in memory. A value leaves this function only
 * masked. Example keys, placeholders and passwords of a development machine are left out.
 */
export async function findSecrets(tree: Tree): Promise<SecretSighting[]> {
  const named: Piece[] = [];
  const others: Piece[] = [];
  for (const path of planSearch(tree).paths) {
    const pieces = path.endsWith('.npmrc') ? named : others;
    for (const suspect of firstLook(tree, path)?.suspects ?? []) pieces.push({ ...suspect, path });
  }
  const found = [...(await detect(named, '.npmrc')), ...(await detect(others, 'text.txt'))];
  found.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  return withoutRepetition(found);
}

/** Loaded only when something is suspect: most trees hold nothing to show it. */
async function loadDetector(): Promise<
  (content: string, filePath: string) => Promise<SecretLintCoreResultMessage[]>
> {
  const { lintSource } = await import('@secretlint/core');
  const { rules } = await import('@secretlint/secretlint-rule-preset-recommend');
  const config: SecretLintCoreConfig = {
    rules: rules
      .filter(({ meta }) => !NOT_RUN.has(meta.id))
      .map((rule) => ({
        id: rule.meta.id,
        rule,
        options: rule.meta.id.endsWith('-aws') ? { enableIDScanRule: true } : {},
      })),
  };
  return async (content, filePath) => {
    const source = { content, contentType: 'text' as const, filePath, ext: '' };
    return (await lintSource({ source, options: { config } })).messages;
  };
}

async function detect(pieces: readonly Piece[], filePath: string): Promise<SecretSighting[]> {
  if (pieces.length === 0) return [];
  const found: SecretSighting[] = [];
  const lint = await loadDetector();
  for (let first = 0; first < pieces.length; ) {
    const batch: Piece[] = [];
    for (let size = 0; first < pieces.length && size < LARGEST_BATCH; first += 1) {
      const piece = pieces[first] as Piece;
      batch.push(piece);
      size += piece.text.length;
    }
    const messages = await lint(batch.map(({ text }) => text).join(BETWEEN), filePath);
    for (const message of messages) {
      const sighting = sightingOf(message, batch);
      if (sighting) found.push(sighting);
    }
  }
  return found;
}

function sightingOf(
  message: SecretLintCoreResultMessage,
  batch: readonly Piece[],
): SecretSighting | undefined {
  const value = Object.values(message.data ?? {}).find((one) => typeof one === 'string') ?? '';
  const masked = maskOf(message, value);
  if (masked === undefined) return undefined;
  let start = 0;
  for (const { path, line, text } of batch) {
    const end = start + text.length;
    if (message.range[0] <= end) {
      const before = text.slice(0, Math.max(0, message.range[0] - start));
      return {
        file: path,
        line: line + before.split('\n').length - 1,
        detector: message.ruleId.replace('@secretlint/secretlint-rule-', ''),
        title: (/^found ([^:]{1,80}):/.exec(message.message)?.[1] ?? message.messageId).trim(),
        masked,
        ...(isExample(path) && { example: true }),
      };
    }
    start = end + BETWEEN.length;
  }
  return undefined;
}

/** The mask of a value that can be a real secret; undefined for one that cannot. */
function maskOf({ ruleId, messageId }: SecretLintCoreResultMessage, value: string): string | undefined {
  if (messageId === 'AWSAccountID' || value === '' || NO_SECRET.test(value)) return undefined;
  if (ruleId.endsWith('-privatekey'))
    return `${/-----BEGIN ([A-Z ]{1,30})-----/.exec(value)?.[1] ?? 'PRIVATE KEY'} …`;
  if (value.includes('://') && !value.includes('hooks.slack.com')) {
    const password = passwordIn(value);
    return password === undefined ? undefined : maskValue(password);
  }
  return isPlausibleToken(value) ? maskValue(value) : undefined;
}

/** One sighting for each value of a file; the id of a key beside its secret adds nothing. */
function withoutRepetition(sightings: readonly SecretSighting[]): SecretSighting[] {
  const seen = new Set<string>();
  const keys = sightings.filter(({ title }) => /secret access key/i.test(title));
  return sightings.filter(({ file, line, detector, title, masked }) => {
    const key = `${file}\n${detector}\n${masked}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const isId = /access key id/i.test(title);
    return !(isId && keys.some((one) => one.file === file && Math.abs(one.line - line) <= NEAR));
  });
}

import { matcher } from '#lib/globs.ts';
import type { Config } from '#model/config.ts';
import { isFileEvidence } from '#model/evidence.ts';
import { code, type Text } from '#model/text.ts';
import type { DraftFinding } from './draft.ts';

type Known = NonNullable<Config['knownGaps']>[number];

/**
 * The findings that another audit has numbered, by fingerprint, with the id that they keep. An id is of one finding: where
 * several fit, the first takes it, and where none does nothing is said to be known.
 */
export function knownGapsOf(
  drafts: readonly DraftFinding[],
  given: readonly Known[],
): { known: Map<string, Known>; warnings: Text[] } {
  const known = new Map<string, Known>();
  const warnings: Text[] = [];
  for (const one of given) {
    const fits = drafts.filter((draft) => matches(one, draft) && !known.has(draft.fingerprint));
    const [first] = fits;
    const [gap, rule] = [code(one.gap), code(one.rule)];
    if (!first) {
      warnings.push({
        fr: `l’écart connu ${gap} (${rule}) ne correspond à aucun écart de cet audit`,
        en: `the known gap ${gap} (${rule}) matches no finding of this audit`,
      });
      continue;
    }
    if (fits.length > 1)
      warnings.push({
        fr: `l’écart connu ${gap} correspond à ${fits.length} écarts de ${rule}\u00a0: le premier prend son numéro, \`path\` dit lequel`,
        en: `the known gap ${gap} matches ${fits.length} findings of ${rule}: the first takes its number, \`path\` says which`,
      });
    known.set(first.fingerprint, one);
  }
  return { known, warnings };
}

function matches({ rule, path }: Known, draft: DraftFinding): boolean {
  if (rule !== draft.rule) return false;
  if (path === undefined) return true;
  const fits = matcher([path]);
  return draft.evidence.some((evidence) => isFileEvidence(evidence) && fits(evidence.file));
}

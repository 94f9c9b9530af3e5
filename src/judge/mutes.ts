import { matcher } from '#lib/globs.ts';
import type { Config } from '#model/config.ts';
import { isFileEvidence } from '#model/evidence.ts';
import type { Finding } from '#model/finding.ts';
import { code, type Text } from '#model/text.ts';

type Mute = NonNullable<Config['mutes']>[number];

function matches(mute: Mute, finding: Finding): boolean {
  if (mute.gap === undefined && mute.rule === undefined) return false;
  if (mute.gap !== undefined && mute.gap !== finding.gap) return false;
  if (mute.rule !== undefined && mute.rule !== finding.rule) return false;
  if (mute.path === undefined) return true;
  const fits = matcher([mute.path]);
  return finding.evidence.some((evidence) => isFileEvidence(evidence) && fits(evidence.file));
}

/**
 * Marks the findings that `constat.yaml` accepts for a while. A mute whose day has passed no longer mutes, and one
 * that matches nothing is worth a warning: it hides nothing today and may hide something new tomorrow.
 * @param today the day of the audit, YYYY-MM-DD
 */
export function applyMutes(
  findings: readonly Finding[],
  mutes: readonly Mute[],
  today: string,
): { findings: Finding[]; warnings: Text[] } {
  const warnings: Text[] = [];
  const active: Mute[] = [];
  for (const mute of mutes) {
    const subject = code(mute.gap ?? mute.rule ?? '?');
    if (mute.until !== undefined && mute.until < today)
      warnings.push({
        fr: `la mise en sourdine de ${subject} (${visibleOwner(mute)}) a pris fin le ${mute.until}`,
        en: `the mute of ${subject} (${visibleOwner(mute)}) ended on ${mute.until}`,
      });
    else if (!findings.some((finding) => matches(mute, finding)))
      warnings.push({
        fr: `la mise en sourdine de ${subject} (${visibleOwner(mute)}) ne correspond à aucun écart`,
        en: `the mute of ${subject} (${visibleOwner(mute)}) matches no finding`,
      });
    else active.push(mute);
  }
  return {
    warnings,
    findings: findings.map((finding) => {
      const mute = active.find((one) => matches(one, finding));
      if (!mute) return finding;
      const { owner, reason, until } = mute;
      return { ...finding, muted: { owner, reason, ...(until !== undefined && { until }) } };
    }),
  };
}

const visibleOwner = (mute: Mute) => code(mute.owner);

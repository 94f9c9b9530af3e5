import type { Text } from '#model/text.ts';
import { counted, fill, joined, sentence } from './text.ts';
import type { View } from './view.ts';
import { coverWords, headlineWords as words } from './words/page.ts';

/**
 * The one fact that opens the report: the gravest finding when it is critical or high, else what the statuses say.
 * Never a score.
 */
export function headline(view: View): Text {
  const { statuses } = view;
  const gravest = view.findings.find(({ severity }) => severity === 'critical' || severity === 'high');
  if (gravest) return sentence(gravest.title);
  const total = view.report.resources.length;
  if (total === 0) return words.nothing;
  if (!view.observed)
    return fill(words.declaredOnly, { resources: counted(total, words.declared, words.declaredMany) });
  if (statuses.missing > 0) return counted(statuses.missing, words.missing, words.missingMany);
  if (statuses.drifted > 0) return counted(statuses.drifted, words.drifted, words.driftedMany);
  if (statuses.unverified > 0) return counted(statuses.unverified, words.unverified, words.unverifiedMany);
  if (statuses.undocumented > 0)
    return counted(statuses.undocumented, words.undocumented, words.undocumentedMany);
  return words.agree;
}

function gapSentence(view: View): Text {
  const { findings } = view;
  if (findings.length === 0) return coverWords.noGap;
  const gaps = counted(findings.length, coverWords.gap, coverWords.gaps);
  if (findings.length === 1) return gaps;
  const of = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  if (of('critical') > 0) return fill(coverWords.ofWhichCritical, { gaps, n: of('critical') });
  return of('high') > 0 ? fill(coverWords.ofWhichHigh, { gaps, n: of('high') }) : gaps;
}

/** Two sentences that say how much was read and what came of it. */
export function lede(view: View): Text {
  const { report, statuses } = view;
  const resources = counted(report.resources.length, coverWords.resource, coverWords.resources);
  const gaps = gapSentence(view);
  if (view.observed) {
    const agree = counted(statuses.verified, coverWords.agreeOne, coverWords.agreeMany);
    return fill(coverWords.lede, { resources, agree, gaps });
  }
  const systems = counted(report.systems.length, coverWords.system, coverWords.systems);
  const where = report.systems.length ? fill(coverWords.ledeWhere, { systems }) : joined([], '');
  const withStates = report.coverage.some(({ source }) => source === 'import');
  return fill(withStates ? coverWords.ledeStates : coverWords.ledeUnseen, { resources, where, gaps });
}

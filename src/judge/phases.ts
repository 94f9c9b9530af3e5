import type { Config } from '#model/config.ts';
import { type Finding, PRIORITIES, type Priority } from '#model/finding.ts';
import type { DomainResult, PhaseResult } from '#model/maturity.ts';
import { code, codes, type Text } from '#model/text.ts';

type Given = NonNullable<Config['phases']>[number];

/** Without phases in `constat.yaml`: one for each priority. */
const BY_PRIORITY: readonly Given[] = PRIORITIES.map((priority: Priority, index) => ({
  title: `Phase ${index + 1}`,
  priorities: [priority],
}));

/**
 * Findings with the phase in which they are to be mended, and the phases with their gaps. The first phase that fits takes a
 * finding: one with several conditions fits where all of them do, one without any takes what is left. What is muted is not
 * to be mended, and has none.
 */
export function phased(
  findings: readonly Finding[],
  given: Config['phases'],
  domains: readonly DomainResult[],
): { findings: Finding[]; phases: PhaseResult[]; warnings: Text[] } {
  const phases = given ?? BY_PRIORITY;
  const domainsOf = new Map<string, string[]>();
  for (const { domain, gaps } of domains)
    for (const gap of gaps) domainsOf.set(gap, [...(domainsOf.get(gap) ?? []), domain]);
  const fits = (
    { priorities, domains: ids, gaps, rules }: Given,
    { priority, gap, rule }: Finding,
  ): boolean =>
    (priorities?.includes(priority) ?? true) &&
    (ids === undefined || (domainsOf.get(gap) ?? []).some((domain) => ids.includes(domain))) &&
    (gaps?.includes(gap) ?? true) &&
    (rules?.includes(rule) ?? true);

  const left: string[] = [];
  const taken = new Map<Given, string[]>(phases.map((phase) => [phase, []]));
  const placed = findings.map((finding) => {
    if (finding.muted) return finding;
    const phase = phases.find((one) => fits(one, finding));
    if (!phase) {
      left.push(finding.gap);
      return finding;
    }
    taken.get(phase)?.push(finding.gap);
    return { ...finding, phase: phase.title };
  });
  return {
    findings: placed,
    phases: [...taken].map(([{ title }, gaps]) => ({ title, gaps })),
    warnings: [...unasked(given ?? [], domains), ...(left.length > 0 ? [unplaced(left)] : [])],
  };
}

/** Domains that phases name and that the audit did not ask. */
function unasked(phases: readonly Given[], asked: readonly DomainResult[]): Text[] {
  const known = new Set(asked.map(({ domain }) => domain));
  return phases.flatMap(({ title, domains = [] }) => {
    const unknown = domains.filter((domain) => !known.has(domain));
    if (unknown.length === 0) return [];
    const names = codes(unknown);
    return [
      {
        fr: `la phase ${code(title)} nomme ${names.fr}, que cet audit n’a pas demandé`,
        en: `the phase ${code(title)} names ${names.en}, which this audit did not ask`,
      },
    ];
  });
}

function unplaced(gaps: readonly string[]): Text {
  const names = codes(gaps);
  return {
    fr: `aucune phase ne prend ${names.fr}\u00a0: une dernière phase sans condition prend le reste`,
    en: `no phase takes ${names.en}: a last phase without conditions takes the rest`,
  };
}

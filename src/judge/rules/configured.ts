import { InputError } from '#lib/input-error.ts';
import type { Config } from '#model/config.ts';
import type { Severity } from '#model/finding.ts';
import { type AnyRule, gaps, type Rule } from '#model/rule.ts';
import { rules } from './all.generated.ts';

/**
 * The rules of this audit: all of them, without those that `constat.yaml` turns off, with the severities it gives.
 * @throws InputError when it names a rule that does not exist.
 */
export function configuredRules(config: Config): readonly AnyRule[] {
  const settings = new Map(Object.entries(config.rules ?? {}));
  const known = new Set(rules.map((rule) => rule.id));
  for (const id of settings.keys())
    if (!known.has(id))
      throw new InputError(`constat.yaml: rules.${id}: no such rule; see \`constat rules\``);
  return rules.flatMap((rule): AnyRule[] => {
    const setting = settings.get(rule.id);
    if (setting === 'off') return [];
    return [setting ? withSeverity(rule, setting.severity) : rule];
  });
}

/** The rules of an audit that reads no repository: those on paths, and on what stands on them. */
export const pathRules = (config: Config): readonly AnyRule[] =>
  configuredRules(config).filter(({ subject }) => subject === 'path' || subject === 'resource');

/** The user's word wins, also over a gap that departs from its rule's severity. */
function withSeverity(rule: AnyRule, severity: Severity): AnyRule {
  const { evaluate, priority: _priority, ...rest } = rule as Rule;
  const given: Rule = {
    ...rest,
    severity,
    evaluate(subject, estate) {
      const verdict = evaluate(subject, estate);
      if (verdict.is !== 'gap') return verdict;
      return gaps(verdict.gaps.map(({ severity: _severity, priority: _own, ...gap }) => gap));
    },
  };
  return given as AnyRule;
}

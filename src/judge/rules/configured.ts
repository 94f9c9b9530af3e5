import { InputError } from '#lib/input-error.ts';
import type { Config } from '#model/config.ts';
import type { AnyRule } from '#model/rule.ts';
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
    return [setting ? { ...rule, severity: setting.severity } : rule];
  });
}

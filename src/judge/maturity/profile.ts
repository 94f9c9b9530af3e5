import type { Config } from '#model/config.ts';
import type { Profile } from '#model/maturity.ts';
import type { GivenTarget } from '#model/target.ts';
import { rules } from '../rules/all.generated.ts';
import { domains } from './domains.ts';
import { builtInTarget, checkAnswers, givenTarget } from './target.ts';
import type { Target } from './view.ts';

/**
 * What an audit with a profile asks: what the team's file says, else everything that Constat asks.
 * @throws InputError where the file, or an answer of `constat.yaml`, names what does not exist
 */
export function targetOf(profile: Profile, given: GivenTarget | undefined, config: Config): Target {
  const target = given
    ? givenTarget(profile, given, { domains, rules: new Set(rules.map(({ id }) => id)) })
    : builtInTarget(profile, domains);
  checkAnswers(config.answers, target, domains);
  return target;
}

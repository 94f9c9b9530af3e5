import { Say, useSpeech } from '../speech.tsx';
import { same, wordOf } from '../text.ts';
import { systemTitle, type View } from '../view.ts';
import { SEVERITY_ORDER } from '../vocabulary.ts';
import { severityWords } from '../words/labels.ts';
import { findingWords as words } from '../words/sections.ts';
import { Expand } from './expand.tsx';
import { Mark } from './mark.tsx';
import { OptionList } from './option-list.tsx';

/** What narrows the list of findings; only shown where a script can act on it. */
export function FindingFilters({ view }: { view: View }) {
  const { label } = useSpeech();
  const { findings } = view;
  const systems = [...new Set(findings.flatMap((finding) => finding.systems))].sort();
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  return (
    <search class="js-only" {...label(words.searchIn, 'aria-label')}>
      <form class="filters" id="finding-filters">
        <input type="search" name="query" {...label(words.search, 'aria-label', 'placeholder')} />
        {systems.length > 1 && (
          <OptionList
            label={words.system}
            all={words.allSystems}
            name="system"
            choices={systems.map((id) => ({ value: id, text: same(systemTitle(view, id)) }))}
          />
        )}
        <OptionList
          label={words.rule}
          all={words.allRules}
          name="rule"
          choices={rules.map((id) => ({ value: id, text: same(id) }))}
        />
        <span class="break" />
        <fieldset class="severities" {...label(words.severity, 'aria-label')}>
          {SEVERITY_ORDER.map((severity) => ({
            severity,
            n: findings.filter((finding) => finding.severity === severity).length,
          }))
            .filter(({ n }) => n > 0)
            .map(({ severity, n }) => (
              <button
                key={severity}
                class="btn"
                type="button"
                aria-pressed="false"
                data-severity-filter={severity}
              >
                <Mark glyph={severity} text={wordOf(severityWords, severity)} />
                {n}
              </button>
            ))}
        </fieldset>
        <Expand selector=".finding" />
        <output aria-live="polite" />
        <Say text={words.nothing} class="nothing" />
      </form>
    </search>
  );
}

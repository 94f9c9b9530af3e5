import { code } from '#model/text.ts';
import { knownSaid } from '../maturity.ts';
import { patchesOf } from '../patches.ts';
import { Say } from '../speech.tsx';
import { fill, joined, wordOf } from '../text.ts';
import { systemTitle, type View } from '../view.ts';
import { type Finding, isDeclared } from '../vocabulary.ts';
import { confidenceWords, severityWords, statusWords } from '../words/labels.ts';
import { maturityWords } from '../words/maturity.ts';
import { patchWords } from '../words/patches.ts';
import { planWords } from '../words/plan.ts';
import { findingWords as words } from '../words/sections.ts';
import { EvidenceSide } from './evidence-side.tsx';
import { Glyph, Mark } from './mark.tsx';
import { Name } from './name.tsx';
import { Plain } from './plain.tsx';

const MOST_RESOURCES = 6;

/** Both sides, declared on the left. A finding that only one side establishes shows that one alone. */
function Sides({ finding }: { finding: Finding }) {
  const declared = finding.evidence.filter(isDeclared);
  const observed = finding.evidence.filter((evidence) => !isDeclared(evidence));
  if (observed.length === 0 || declared.length === 0)
    return (
      <div class="sides one">
        <EvidenceSide
          title={observed.length ? words.observed : words.established}
          glyph={observed.length ? 'eye' : 'document'}
          evidence={finding.evidence}
        />
      </div>
    );
  return (
    <div class="sides">
      <EvidenceSide title={words.declared} glyph="document" evidence={declared} />
      <div class="vs">
        <Glyph name="differs" />
        <Say text={words.differs} class="sr" />
      </div>
      <EvidenceSide title={words.observed} glyph="eye" evidence={observed} />
    </div>
  );
}

function Links({ view, finding }: { view: View; finding: Finding }) {
  const resources = finding.resources.flatMap((id) => view.resources.get(id) ?? []);
  const steps = view.report.plan.steps.filter(({ id }) => finding.steps.includes(id));
  const known = knownSaid(finding);
  const patches = patchesOf(view.report.patches, finding);
  return (
    <div class="links">
      <span>
        <Say text={words.rule} class="mute" /> <code>{finding.rule}</code>
      </span>
      {finding.phase !== undefined && (
        <span>
          <Say text={maturityWords.phase} class="mute" /> <Plain text={finding.phase} />
        </span>
      )}
      {known && <Say text={known} class="mute" />}
      {finding.confidence !== 'high' && (
        <span>
          <Say text={words.confidence} class="mute" />{' '}
          <Say text={wordOf(confidenceWords, finding.confidence)} />
        </span>
      )}
      {steps.length > 0 && (
        <span>
          <Say text={planWords.step} class="mute" />{' '}
          {steps.map(({ id }, index) => [
            index > 0 && ', ',
            <a key={id} class="ref-id" href={`#${id}`}>
              {id}
            </a>,
          ])}
        </span>
      )}
      {patches.length > 0 && (
        <span>
          <Say text={patchWords.patch} class="mute" />{' '}
          {patches.map(({ id }, index) => [
            index > 0 && ', ',
            <a key={id} class="ref-id" href={`#patch-${id}`}>
              {id}
            </a>,
          ])}
        </span>
      )}
      {resources.length > 0 && (
        <span>
          <Say text={words.concerns} class="mute" />{' '}
          {resources.slice(0, MOST_RESOURCES).map((resource) => (
            <span key={resource.id} class={`mk ${resource.status}`}>
              <Glyph name={resource.status} />
              <Say text={wordOf(statusWords, resource.status)} class="sr" />
              <Name text={resource.name} most={80} />
            </span>
          ))}
          {resources.length > MOST_RESOURCES && ` +${resources.length - MOST_RESOURCES}`}
        </span>
      )}
    </div>
  );
}

function Muted({ muted }: { muted: NonNullable<Finding['muted']> }) {
  const by = fill(words.mutedBy, { owner: code(muted.owner), reason: code(muted.reason) });
  const until = muted.until ? [fill(words.mutedUntil, { until: muted.until })] : [];
  return (
    <p class="small mute">
      <Say text={joined([by, ...until], ' ')} />
    </p>
  );
}

/** A finding: its title on one line; inside, what it says, its two sides, its remedy. */
export function FindingItem({ view, finding, open }: { view: View; finding: Finding; open: boolean }) {
  const place = [...finding.systems.map((id) => systemTitle(view, id)), ...finding.environments];
  return (
    <details
      class="finding item"
      id={finding.gap}
      data-severity={finding.severity}
      data-systems={finding.systems.join(' ')}
      data-rule={finding.rule}
      data-muted={finding.muted ? true : undefined}
      open={open}
    >
      <summary>
        <Mark glyph={finding.severity} text={wordOf(severityWords, finding.severity)} />
        <span class="grow">
          <Say text={finding.title} />
        </span>
        <span class="meta-r">
          <Plain text={place.slice(0, 3).join(', ')} />
        </span>
        <span class="prio">{finding.priority}</span>
        <span class="gap">{finding.gap}</span>
      </summary>
      <div class="in">
        <p>
          <Say text={finding.message} />
        </p>
        {finding.muted && <Muted muted={finding.muted} />}
        <Sides finding={finding} />
        <p class="remedy">
          <Say text={words.remedy} class="lab" />
          <Say text={finding.remedy} class="what" />
        </p>
        <Links view={view} finding={finding} />
      </div>
    </details>
  );
}

import { Say } from '../speech.tsx';
import { counted } from '../text.ts';
import { grouped, systemTitle, type View } from '../view.ts';
import { type Finding, PRIORITY_ORDER } from '../vocabulary.ts';
import { pageWords } from '../words/page.ts';
import { actionWords as words } from '../words/sections.ts';
import { Glyph } from './mark.tsx';
import { Plain } from './plain.tsx';

const MOST_TITLES = 8;
const EVERYWHERE = '';

/** A remedy with a box to tick, and the findings that it closes. */
function Action({ findings }: { findings: readonly Finding[] }) {
  const left = findings.length - MOST_TITLES;
  return (
    <li>
      <span class="box" aria-hidden="true" />
      <div>
        {findings[0] && <Say text={findings[0].remedy} />}
        <ul>
          {findings.slice(0, MOST_TITLES).map((finding) => (
            <li key={finding.gap}>
              <span class={`mk ${finding.severity}`}>
                <Glyph name={finding.severity} />
              </span>{' '}
              <a class="ref-id" href={`#${finding.gap}`}>
                {finding.gap}
              </a>{' '}
              <Say text={finding.title} />
            </li>
          ))}
          {left > 0 && (
            <li>
              <Say text={counted(left, pageWords.other, pageWords.others)} />
            </li>
          )}
        </ul>
      </div>
    </li>
  );
}

/** The remedies of one system, by priority; findings that share a rule and a remedy are one action. */
function SystemActions(props: { view: View; system: string; findings: readonly Finding[]; open: boolean }) {
  const actions = [
    ...grouped(props.findings, ({ priority, rule, remedy }) =>
      JSON.stringify([priority, rule, remedy.en]),
    ).values(),
  ];
  return (
    <details class="item checklist" open={props.open}>
      <summary>
        <span class="grow">
          {props.system === EVERYWHERE ? (
            <Say text={words.shared} />
          ) : (
            <Plain text={systemTitle(props.view, props.system)} />
          )}
        </span>
        <span class="ct">
          <Say text={counted(actions.length, words.action, words.actions)} />
        </span>
      </summary>
      <div class="in">
        {PRIORITY_ORDER.map((priority) => ({
          priority,
          list: actions.filter((action) => action[0]?.priority === priority),
        }))
          .filter(({ list }) => list.length > 0)
          .map(({ priority, list }) => (
            <div key={priority} class="by-priority">
              <span class="prio">{priority}</span>
              <ul class="actions">
                {list.map((findings, index) => (
                  <Action key={index} findings={findings} />
                ))}
              </ul>
            </div>
          ))}
      </div>
    </details>
  );
}

/** What is to be done, by system; a finding about several systems stands with those of all systems. */
export function Checklist({ view }: { view: View }) {
  const bySystem = grouped(view.findings, ({ systems }) =>
    systems.length === 1 ? (systems[0] ?? '') : EVERYWHERE,
  );
  const order = [...view.report.systems.map(({ id }) => id), ...bySystem.keys()].filter(
    (id, index, all) => id !== EVERYWHERE && all.indexOf(id) === index && bySystem.has(id),
  );
  if (bySystem.has(EVERYWHERE)) order.push(EVERYWHERE);
  return (
    <>
      <h3 class="sub">
        <Say text={words.checklist} />
      </h3>
      {order.map((system, index) => (
        <SystemActions
          key={system}
          view={view}
          system={system}
          findings={bySystem.get(system) ?? []}
          open={index === 0}
        />
      ))}
    </>
  );
}

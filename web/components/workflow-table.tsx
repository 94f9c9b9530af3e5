import type { Text } from '#model/text.ts';
import { deploys, environmentsOf, publishedBy } from '../deployments.ts';
import { Say } from '../speech.tsx';
import { wordOf } from '../text.ts';
import type { View } from '../view.ts';
import type { Run, Workflow } from '../vocabulary.ts';
import { authWords, checkWords } from '../words/labels.ts';
import { deploymentWords as words } from '../words/sections.ts';
import { Mark } from './mark.tsx';
import { Name } from './name.tsx';
import { Plain } from './plain.tsx';
import { Predictions } from './prediction.tsx';
import { Scroll } from './scroll.tsx';

/** The mark of an authentication: what is short-lived is sound, what lasts is not, the rest is neither. */
const AUTH_MARKS: Record<Run['auth'], { glyph: string; tone: string }> = {
  oidc: { glyph: 'pass', tone: 'pass' },
  'static-keys': { glyph: 'fail', tone: 'fail' },
  'github-token': { glyph: 'partial', tone: 'unverified' },
  none: { glyph: 'partial', tone: 'unverified' },
  unknown: { glyph: 'unknown', tone: 'unknown' },
};

const AUTH_ORDER: readonly Run['auth'][] = ['static-keys', 'oidc', 'github-token', 'unknown', 'none'];

/** How the runs of a workflow authenticate. `none` is only said when no run does otherwise. */
export function authentications(workflow: Workflow): Run['auth'][] {
  const found = new Set(workflow.runs.map(({ auth }) => auth));
  const told = AUTH_ORDER.filter((auth) => found.has(auth));
  return told.length > 1 ? told.filter((auth) => auth !== 'none') : told;
}

const MOST_NAMES = 6;
const Names = ({ list }: { list: readonly string[] }) =>
  list.length === 0 ? (
    <span class="mute">—</span>
  ) : (
    <>
      {list.slice(0, MOST_NAMES).map((name) => (
        <div key={name}>
          <Name text={name} />
        </div>
      ))}
      {list.length > MOST_NAMES && <span class="mute">+{list.length - MOST_NAMES}</span>}
    </>
  );

function Row({ view, workflow, predicted }: { view: View; workflow: Workflow; predicted: boolean }) {
  const deploying = deploys(workflow, view.report);
  const environments = environmentsOf(workflow, view.report);
  return (
    <tr>
      <th scope="row">
        <Name text={workflow.file.split('/').at(-1) ?? workflow.file} />
      </th>
      <td class="lo">
        <Plain text={workflow.triggers.join(', ')} />
      </td>
      <td>
        {authentications(workflow).map((auth) => (
          <div key={auth}>
            <Mark {...AUTH_MARKS[auth]} text={wordOf(authWords, auth)} />
          </div>
        ))}
      </td>
      <td class="lo">
        <Names list={publishedBy(workflow, view.report)} />
      </td>
      <td>
        <Mark
          glyph={deploying ? 'pass' : 'partial'}
          tone={deploying ? 'pass' : 'unverified'}
          text={deploying ? checkWords.yes : checkWords.no}
        />
      </td>
      <td class="lo">
        {environments.length ? <Plain text={environments.join(', ')} /> : <span class="mute">—</span>}
      </td>
      <td class="lo num">{workflow.runs.length}</td>
      {predicted && (
        <td>
          <Predictions workflow={workflow} />
        </td>
      )}
    </tr>
  );
}

/** The workflows side by side: how each authenticates, where it publishes, whether it deploys. */
export function WorkflowTable({ view }: { view: View }) {
  const { workflows } = view.report;
  const predicted = workflows.some(({ runs }) =>
    runs.some(({ calls }) => calls.some(({ prediction }) => prediction && prediction !== 'unknown')),
  );
  const heads: { text: Text; class?: string }[] = [
    { text: words.workflow },
    { text: words.trigger, class: 'lo' },
    { text: words.authentication },
    { text: words.pushes, class: 'lo' },
    { text: words.deploys },
    { text: words.environments, class: 'lo' },
    { text: words.runs, class: 'lo num' },
    ...(predicted ? [{ text: words.prediction }] : []),
  ];
  return (
    <Scroll label={words.comparison}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head.text.en} scope="col" class={head.class}>
                <Say text={head.text} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {workflows.map((workflow) => (
            <Row key={workflow.file} view={view} workflow={workflow} predicted={predicted} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

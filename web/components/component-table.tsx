import { MOST_COMPONENTS, shownComponents } from '../component-rows.ts';
import { Say } from '../speech.tsx';
import { fill, joined, same, wordOf } from '../text.ts';
import { systemTitle, type View } from '../view.ts';
import type { Component } from '../vocabulary.ts';
import { statusWords } from '../words/labels.ts';
import { systemsWords as words } from '../words/sections.ts';
import { Mark } from './mark.tsx';
import { componentTitle } from './matrix.tsx';
import { Name } from './name.tsx';
import { Plain } from './plain.tsx';
import { Scroll } from './scroll.tsx';
import { Where } from './where.tsx';

function Row({ view, component }: { view: View; component: Component }) {
  const resource = component.resource === undefined ? undefined : view.resources.get(component.resource);
  const evidence = resource?.declared[0] ?? resource?.observed[0];
  return (
    <tr>
      <th scope="row">
        <Say text={componentTitle(component.component)} />
      </th>
      <td>
        {resource ? <Name text={resource.name} /> : <span class="mute">—</span>}
        {evidence && (
          <span class="k2 mute">
            <Where evidence={evidence} short />
          </span>
        )}
      </td>
      <td>
        <Mark glyph={component.status} text={wordOf(statusWords, component.status)} />
      </td>
      <td class="lo">
        <Say text={component.note} />
      </td>
    </tr>
  );
}

/** One system in one environment: a row per component, with the resource that fills it. */
export function ComponentTable(props: {
  view: View;
  system: string;
  environment: string;
  components: Component[];
  open: boolean;
}) {
  const { view, components } = props;
  const title = joined([same(systemTitle(view, props.system)), same(props.environment)], ' ');
  const good = components.filter(({ status, resource }) =>
    view.observed ? status === 'verified' : resource !== undefined,
  ).length;
  const count = fill(view.observed ? words.agreed : words.named, { n: good, total: components.length });
  return (
    <details open={props.open}>
      <summary>
        <span class="grow">
          <Plain text={systemTitle(view, props.system)} />{' '}
          <span class="env">
            <Plain text={props.environment} />
          </span>
        </span>
        <span class="ct">
          <Say text={count} />
        </span>
      </summary>
      <Scroll label={title}>
        <table>
          <thead>
            <tr>
              {[words.component, words.resource, words.status].map((word) => (
                <th key={word.en} scope="col">
                  <Say text={word} />
                </th>
              ))}
              <th scope="col" class="lo">
                <Say text={words.note} />
              </th>
            </tr>
          </thead>
          <tbody>
            {shownComponents(components).map((component, index) => (
              <Row key={index} view={view} component={component} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {components.length > MOST_COMPONENTS && (
        <p class="small">
          <Say text={fill(words.left, { n: components.length - MOST_COMPONENTS })} />
        </p>
      )}
    </details>
  );
}

import { COMPONENT_NAMES } from '#model/component.ts';
import { Say } from '../speech.tsx';
import { capital, fill, joined, same, wordOf } from '../text.ts';
import { grouped, systemTitle, type View } from '../view.ts';
import type { Component } from '../vocabulary.ts';
import { blueprintWords, shortStatusWords } from '../words/labels.ts';
import { pageWords } from '../words/page.ts';
import { systemsWords as words } from '../words/sections.ts';
import { Mark } from './mark.tsx';
import { Plain } from './plain.tsx';
import { Scroll } from './scroll.tsx';

/** What a component is called: the vocabulary's word, else the blueprint's own id. */
export const componentTitle = (id: string) => capital(wordOf(COMPONENT_NAMES, id.replaceAll('-', ' ')));

/** The environments of some components, in the order in which they come. */
export const environmentsOf = (components: readonly Component[]): string[] => [
  ...new Set(components.map(({ environment }) => environment)),
];

/** What is known of each component of one system in each environment, all on one table. */
export function Matrix(props: { view: View; system: string; blueprint: string; components: Component[] }) {
  const environments = environmentsOf(props.components);
  const rows = grouped(props.components, ({ component }) => component);
  const title = systemTitle(props.view, props.system);
  const blueprint = wordOf(blueprintWords, props.blueprint);
  const caption = joined([same(title), blueprint], ', ');
  return (
    <Scroll class="matrix" label={fill(pageWords.table, { title: caption })}>
      <table>
        <caption>
          <Plain text={title} />
          <Say text={blueprint} class="mute" />
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Say text={words.component} />
            </th>
            {environments.map((environment) => (
              <th key={environment} scope="col">
                <Plain text={environment} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows].map(([component, cells]) => (
            <tr key={component}>
              <th scope="row">
                <Say text={componentTitle(component)} />
              </th>
              {environments.map((environment) => {
                const cell = cells.find((one) => one.environment === environment);
                return (
                  <td key={environment}>
                    {cell && <Mark glyph={cell.status} text={wordOf(shortStatusWords, cell.status)} />}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

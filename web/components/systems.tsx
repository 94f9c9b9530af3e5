import { Say } from '../speech.tsx';
import { grouped, systemTitle, type View } from '../view.ts';
import type { Component } from '../vocabulary.ts';
import { sectionWords } from '../words/page.ts';
import { systemsWords as words } from '../words/sections.ts';
import { ComponentTable } from './component-table.tsx';
import { Expand } from './expand.tsx';
import { environmentsOf, Matrix } from './matrix.tsx';
import { Name } from './name.tsx';
import { Plain } from './plain.tsx';
import { Section } from './section.tsx';

function Deployers({ view, system }: { view: View; system: string }) {
  const workflows = view.systems.get(system)?.workflows ?? [];
  if (workflows.length === 0) return <Say text={words.noWorkflow} class="mute" />;
  return (
    <span class="mute">
      <Say text={words.deployedBy} />{' '}
      {workflows
        .slice(0, 6)
        .map((file, index) => [index > 0 && ', ', <Name key={file} text={file.split('/').at(-1) ?? file} />])}
    </span>
  );
}

/** Each system and environment against the blueprint that it follows. */
export function Systems({ view, number }: { view: View; number: number }) {
  const { components } = view.report;
  const systems = grouped(components, ({ system }) => system);
  return (
    <Section id="systems" number={number} title={sectionWords.systems} say={words.say}>
      <div class="matrices">
        {[...grouped(components, ({ system, blueprint }) => `${system}\0${blueprint}`)].map(([key, part]) => (
          <Matrix
            key={key}
            view={view}
            system={part[0]?.system ?? ''}
            blueprint={part[0]?.blueprint ?? ''}
            components={part}
          />
        ))}
      </div>
      <div class="filters bare js-only">
        <Expand selector="#systems details" />
      </div>
      {[...systems].map(([system, part], first) => (
        <div key={system} class="group">
          <h3 class="sub">
            <Plain text={systemTitle(view, system)} />
          </h3>
          <p class="small">
            <Deployers view={view} system={system} />
          </p>
          {environmentsOf(part).map((environment, nth) => (
            <ComponentTable
              key={environment}
              view={view}
              system={system}
              environment={environment}
              components={part.filter((one: Component) => one.environment === environment)}
              open={first === 0 && nth === 0}
            />
          ))}
        </div>
      ))}
    </Section>
  );
}

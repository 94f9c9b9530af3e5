import type { View } from '../view.ts';
import { sectionWords } from '../words/page.ts';
import { deploymentWords as words } from '../words/sections.ts';
import { Rehearsals } from './rehearsals.tsx';
import { Section } from './section.tsx';
import { WorkflowTable } from './workflow-table.tsx';

/** The workflows compared, then what each of their runs would do. */
export const Deployments = ({ view, number }: { view: View; number: number }) => (
  <Section id="deployments" number={number} title={sectionWords.deployments} say={words.say}>
    <WorkflowTable view={view} />
    <Rehearsals view={view} />
  </Section>
);

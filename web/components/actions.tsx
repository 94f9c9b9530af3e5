import type { View } from '../view.ts';
import { sectionWords } from '../words/page.ts';
import { actionWords as words } from '../words/sections.ts';
import { Checklist } from './checklist.tsx';
import { NextSteps } from './next-steps.tsx';
import { Section } from './section.tsx';

/** What to do: the next steps by horizon, then every remedy by system and priority. */
export const Actions = ({ view, number }: { view: View; number: number }) => (
  <Section id="actions" number={number} title={sectionWords.actions} say={words.say}>
    <NextSteps view={view} />
    {view.findings.length > 0 && <Checklist view={view} />}
  </Section>
);

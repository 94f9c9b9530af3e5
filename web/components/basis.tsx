import type { View } from '../view.ts';
import { sectionWords } from '../words/page.ts';
import { basisWords as words } from '../words/sections.ts';
import { CoverageTable } from './coverage-table.tsx';
import { Glossary } from './glossary.tsx';
import { Section } from './section.tsx';
import { UnknownRules } from './unknown-rules.tsx';
import { UnreadList } from './unread-list.tsx';

/** What the report rests on: what was read, what was not, what could not be answered, and what the words mean. */
export const Basis = ({ view, number }: { view: View; number: number }) => (
  <Section id="basis" number={number} title={sectionWords.basis} say={words.say}>
    <CoverageTable view={view} />
    <UnreadList view={view} />
    <UnknownRules view={view} />
    <Glossary view={view} />
  </Section>
);

import { expect, test } from 'vitest';
import { embeddedExpressions, flowingContexts } from './expressions.ts';

test.each([
  ['github.event.issue.title', ['github.event.issue.title']],
  ["github.event['issue']['TITLE']", ['github.event.issue.title']],
  ['github.event.commits[0].message', ['github.event.commits.*.message']],
  ['github.event.commits.*.message', ['github.event.commits.*.message']],
  ["format('{0}', github.head_ref)", ['github.head_ref']],
  ['toJSON(github.event.comment)', ['github.event.comment']],
  ["github.head_ref || 'main'", ['github.head_ref']],
  ["github.event_name == 'x' && github.head_ref || github.ref_name", ['github.head_ref', 'github.ref_name']],
])('%s lets %j out', (expression, contexts) => expect(flowingContexts(expression)).toEqual(contexts));

test.each([
  "contains(github.event.issue.title, 'x')",
  "github.head_ref == 'main'",
  "github.head_ref && '--branch' || ''",
  "startsWith(github.event.comment.body, '/deploy')",
  "hashFiles('**/lock')",
  'this does not parse (',
  '',
  '('.repeat(3900),
])('%s lets nothing out', (expression) => expect(flowingContexts(expression)).toEqual([]));

test('the expressions of a text come with their line, and one that does not end is none', () => {
  const text = `echo \${{ a.b }}\n\n"\${{c}}" \${{ d.e }} \${{ f`;
  expect(embeddedExpressions(text)).toEqual([
    { expression: 'a.b', line: 0 },
    { expression: 'c', line: 2 },
    { expression: 'd.e', line: 2 },
  ]);
});

import { expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import { withOpenNamesClosed } from './open-names.ts';
import { declared, documented } from './test-facts.ts';

const names = (facts: readonly Fact[]) =>
  facts.map(({ name, scope, source }) => `${source} ${name}${scope === undefined ? '' : ` @${scope}`}`);
const template = { nameStatus: 'template' } as const;
const service = (name: string, more: Partial<Fact> = {}) => declared('AWS::ECS::Service', name, more);

test('an open name of a document speaks of the names that the repository gives whole', () => {
  const facts = [
    service('shop-dev-api', { scope: 'shop-dev' }),
    service('shop-prod-api', { scope: 'shop-prod' }),
    service('shop-web'),
    documented('AWS::ECS::Service', 'shop-{env}-api', template),
  ];
  expect(names(withOpenNamesClosed(facts)).slice(3)).toEqual([
    'docs shop-dev-api @shop-dev',
    'docs shop-prod-api @shop-prod',
  ]);
});

test('so does one that is open in an argument or a variable of a script', () => {
  const image = (name: string, more: Partial<Fact> = {}) => declared('Docker::Image', name, more);
  expect(
    names(
      withOpenNamesClosed([
        image('r.quai.fr/shop-web:latest'),
        image('r.quai.fr/shop-⟨$NAME⟩:latest', template),
      ]),
    ),
  ).toEqual(['repo r.quai.fr/shop-web:latest', 'repo r.quai.fr/shop-web:latest']);
  expect(names(withOpenNamesClosed([service('shop-dev'), service('shop-⟨argument 1⟩', template)]))).toEqual([
    'repo shop-dev',
    'repo shop-dev',
  ]);
});

test.each([
  ['a commit', 'r.quai.fr/shop-web:⟨github.sha⟩', 'r.quai.fr/shop-web:latest'],
  ['a secret', '⟨secrets.PREFIX⟩-web:1', 'shop-web:1'],
  ['a word of a manual', 'shop-<region>:1', 'shop-web:1'],
  ['all but a hyphen', '⟨$A⟩-x', 'shop-x'],
])('a name that is open in %s stays as it is', (_, open, whole) => {
  const facts = [declared('Docker::Image', whole), declared('Docker::Image', open, template)];
  expect(names(withOpenNamesClosed(facts))).toEqual([`repo ${whole}`, `repo ${open}`]);
});

test('a tag that is open is not the one that the same script writes out', () => {
  const image = (name: string, more: Partial<Fact> = {}) => declared('Docker::Image', name, more);
  const open = image('acme/web:api-⟨argument 1⟩', template);
  expect(names(withOpenNamesClosed([image('acme/web:api-latest'), open]))).toEqual([
    'repo acme/web:api-latest',
    'repo acme/web:api-⟨argument 1⟩',
  ]);
});

test('a name that nothing gives whole stays open, and one of another scope is not meant', () => {
  const alone = [documented('AWS::ECS::Service', 'shop-{env}-api', template), service('web-dev-api')];
  expect(names(withOpenNamesClosed(alone))).toEqual(names(alone));
  const elsewhere = [
    service('shop-dev-api', { scope: 'others' }),
    service('shop-⟨inputs.env⟩-api', { ...template, scope: 'shop-⟨inputs.env⟩' }),
  ];
  expect(names(withOpenNamesClosed(elsewhere))).toEqual(names(elsewhere));
});

test('what a template makes under an open name is not only what others name or make', () => {
  const at = (file: string) => ({ evidence: { source: 'repo', file, line: 3 } }) as const;
  const table = (name: string, more: Partial<Fact> = {}) => declared('AWS::DynamoDB::Table', name, more);
  const made = { verb: 'creates', certainty: 'static', ...at('quay/table.tf') } as const;
  const open = table('quay-⟨stage⟩-one', { ...template, ...made });
  const kept = ['repo quay-clone-one', 'repo quay-clone-one', 'repo quay-⟨stage⟩-one'];
  const closed = (...more: Fact[]) => names(withOpenNamesClosed([...more, open]));
  expect(closed(table('quay-clone-one', { verb: 'uses' }))).toEqual(kept);
  expect(closed(table('quay-clone-one', { ...made, ...at('others/table.tf') }))).toEqual(kept);
  // the same template with its other names
  expect(closed(table('quay-clone-one', made))).toEqual(kept.slice(0, 2));
});

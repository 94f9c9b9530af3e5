import { expect, test } from 'vitest';
import type { Call, ScriptRun } from '#model/workflow.ts';
import {
  call,
  estate,
  findings,
  run,
  trigger,
  workflow,
  wranglerConfig,
  wranglerEnvironment,
} from '../../test-estate.ts';
import { productionDatabaseWipedByScript } from './production-database-wiped-by-script.ts';

const wipe = (given: Call['arguments'] = {}, parts: Partial<Call> = {}) =>
  call('wrangler d1 execute', {
    arguments: {
      words: ['locks'],
      remote: true,
      file: 'reset.sql',
      destroys: ['DROP TABLE locks'],
      ...given,
    },
    line: 12,
    ...parts,
  });
const script = (calls: Call[], parts: Partial<ScriptRun> = {}): ScriptRun => ({
  file: 'ops/reset_db.py',
  reachedFrom: [],
  arguments: [],
  calls,
  notes: [],
  ...parts,
});
const binding = (to: string) => ({ type: 'd1', name: 'DB', line: 26, to, id: 'x' });
const config = wranglerConfig({
  environments: [
    wranglerEnvironment(),
    wranglerEnvironment({ name: 'production', bindings: [binding('locks')] }),
    wranglerEnvironment({ name: 'staging', bindings: [binding('locks-staging')] }),
  ],
});
const found = (scripts: ScriptRun[], workflows: ReturnType<typeof workflow>[] = []) =>
  findings(
    productionDatabaseWipedByScript,
    estate({ artifacts: { scripts, workflows, wranglerConfigs: [config] } }),
  );

test('a script that drops tables of the database that production is bound to is told with both places', () => {
  const [finding, ...others] = found([script([wipe(), wipe({ destroys: ['DELETE FROM keepers'] })])]);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'high',
    evidence: [
      { file: 'ops/reset_db.py', line: 12 },
      { file: 'wrangler.toml', line: 26 },
    ],
  });
  expect(finding?.message.en).toContain('runs `DROP TABLE locks` on the remote database `locks`');
});

test('the database of a binding is the one that the call resolved', () => {
  expect(found([script([wipe({ words: ['DB'], database: 'locks' })])])).toHaveLength(1);
});

test('a workflow wipes as well, one that people start by hand a little less', () => {
  const of = (event: string) =>
    workflow({ triggers: [trigger(event)], runs: [run({ events: [event], calls: [wipe()] })] });
  expect(found([], [of('push')])).toMatchObject([{ severity: 'high' }]);
  expect(found([], [of('workflow_dispatch')])).toMatchObject([{ severity: 'medium' }]);
});

test('deleting the whole database is a wipe where nobody is asked', () => {
  const remove = (given: Call['arguments']) =>
    call('wrangler d1 delete', { arguments: { words: ['locks'], ...given }, verb: 'deletes' });
  expect(found([script([remove({ 'skip-confirmation': true })])])).toHaveLength(1);
  expect(found([script([remove({})])])).toEqual([]);
});

test('local copies, other environments, unknown databases and statements that lose nothing are none', () => {
  for (const given of [
    { remote: 'false' },
    { destroys: [] },
    { words: ['locks-staging'] },
    { words: ['elsewhere'] },
    { words: ['⟨database⟩'] },
    { preview: true },
  ])
    expect(found([script([wipe(given)])]), JSON.stringify(given)).toEqual([]);
  const { remote: _, ...local } = wipe().arguments;
  expect(found([script([wipe({}, { arguments: local })])])).toEqual([]);
});

test('a program that asks first is guarded', () => {
  const own = script([wipe()]);
  const asking = (file: string) =>
    estate({
      artifacts: {
        scripts: [own],
        wranglerConfigs: [config],
        scriptTraits: [{ file, language: 'python', traits: [{ trait: 'asks', line: 3, what: 'input(' }] }],
      },
    });
  expect(findings(productionDatabaseWipedByScript, asking(own.file))).toEqual([]);
  expect(findings(productionDatabaseWipedByScript, asking('ops/other.py'))).toHaveLength(1);
});

test('a name or an environment that says production counts where no configuration knows the database', () => {
  expect(found([script([wipe({ words: ['keys-prod'] })])])).toHaveLength(1);
  expect(found([script([wipe({ words: ['keys'], env: 'production' })])])).toHaveLength(1);
});

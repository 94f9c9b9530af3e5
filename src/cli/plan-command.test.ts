import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sampleReport } from '../../test/fixtures/sample-report.ts';
import { planCommand } from './plan-command.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'constat-plan-'));
  mkdirSync(path.join(folder, 'constat-report'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});
const write = (text: string) => writeFileSync(path.join(folder, 'constat-report/report.json'), text);

/** What the command prints, and its exit code. */
async function plan(...words: string[]): Promise<{ text: string; code: number | undefined }> {
  let text = '';
  let code: number | undefined;
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  const program = new Command().exitOverride();
  planCommand(program, (result) => {
    code = result;
  });
  await program.parseAsync(['plan', folder, ...words], { from: 'user' });
  return { text, code };
}

describe('constat plan', () => {
  test('prints the runbook of the report of the audited folder', async () => {
    write(JSON.stringify(sampleReport()));
    expect(await plan('--lang', 'fr')).toMatchObject({
      code: 0,
      text: expect.stringContaining('# Plan de remise en état'),
    });
  });

  test('writes each form that is asked for', async () => {
    write(JSON.stringify(sampleReport()));
    const out = path.join(folder, 'out');
    await plan('--format', 'md,json,sh', '--out', out, '--lang', 'en');
    const read = (file: string) => readFileSync(path.join(out, file), 'utf8');
    expect(read('runbook.md')).toContain('# Runbook');
    expect(JSON.parse(read('plan.json'))).toMatchObject({ plan: { steps: [] } });
    expect(read('plan.sh')).toMatch(/^#!\/usr\/bin\/env bash/);
  });

  test.each([
    ['no report', undefined, 'no such report'],
    ['no JSON', '{', 'not JSON'],
    ['another JSON', '{"schema":"other"}', 'not a report of Constat'],
  ])('says what is wrong where there is %s', async (_what, text, message) => {
    if (text !== undefined) write(text);
    await expect(plan()).rejects.toThrow(message);
  });

  test('wants a folder for several forms', async () => {
    write(JSON.stringify(sampleReport()));
    await expect(plan('--format', 'md,sh')).rejects.toThrow('--out');
  });
});

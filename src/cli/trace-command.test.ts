import { Command } from 'commander';
import { beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_OUT } from '#lib/own-output.ts';
import { traceCommand } from './trace-command.ts';

const runTrace = vi.hoisted(() => vi.fn());
vi.mock('./run-trace.ts', () => ({ runTrace }));
beforeEach(() => runTrace.mockReset().mockResolvedValue(3));

/** What the command passes on, and the exit code that it gives. */
async function parsed(...args: string[]) {
  const program = new Command().exitOverride();
  let code: number | undefined;
  traceCommand(program, (result) => {
    code = result;
  });
  await program.parseAsync(['trace', ...args], { from: 'user' });
  const [urls, options] = runTrace.mock.calls[0] ?? [];
  return { urls, options, code };
}

test('a URL is made whole, each is followed once, and the exit code is that of the run', async () => {
  const { urls, code } = await parsed('shop.test', 'https://shop.test/?token=x', 'http://b.test:8080/a#b');
  expect(urls).toEqual(['https://shop.test/', 'http://b.test:8080/a']);
  expect(code).toBe(3);
});

test('all formats, the usual folder and no request unless told otherwise', async () => {
  expect((await parsed('shop.test')).options).toEqual({
    format: ['md', 'html', 'json'],
    out: DEFAULT_OUT,
    color: true,
  });
});

test('what is asked for is passed on', async () => {
  const { options } = await parsed(
    ...['shop.test', '--aws', '--region', 'eu-west-3', '--region', 'us-east-1', '--probe', '--lang', 'fr'],
    ...['--format', 'json', '--out', 'x', '--fail-on', 'high', '--allow-partial', '--quiet', '--no-color'],
  );
  expect(options).toEqual({
    aws: true,
    region: ['eu-west-3', 'us-east-1'],
    probe: true,
    lang: 'fr',
    format: ['json'],
    out: 'x',
    failOn: 'high',
    allowPartial: true,
    quiet: true,
    color: false,
  });
});

import { expect, test } from 'vitest';
import { commandExecutionOnHost } from './command-execution-on-host.ts';
import { planned } from './test-host-remedy.ts';

test('the mode that isolates is given by a drop-in, once somebody says that what it needs is there', () => {
  const of = (apart: string) =>
    planned(commandExecutionOnHost, 'command-execution-on-host', {
      unit: 'api.service',
      name: 'EXECUTION_MODE',
      value: 'direct',
      apart,
    });
  expect(of('sandbox')?.suggestion).toContain('EXECUTION_MODE=sandbox');
  expect(of('sandbox')?.needs).toHaveLength(1);
  expect(of('')?.suggestion).toBeUndefined();
  expect(of('a b;reboot')?.suggestion).toBeUndefined();
});

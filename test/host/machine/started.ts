/** A process that boots a machine, says so, and waits to be killed. */
import { startMachine } from '../machine.ts';

await startMachine('bare');
process.stdout.write('booted\n');
setInterval(() => {}, 60_000);

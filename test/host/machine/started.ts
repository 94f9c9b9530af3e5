/** A process that boots a machine, says so, and waits to be killed. */
import { startMachine } from '../machine.ts';

const machine = await startMachine('bare');
process.stdout.write(`${machine.sshConfig}\n`);
setInterval(() => {}, 60_000);

/**
 * Records what the machine of the tests (test/host/machine.ts) answers in each of its states, secrets masked, for machines
 * that cannot boot it: `node tools/record-host.ts`, again whenever a section asks something new.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readSession } from '#collect/host/read-host.ts';
import { hostSections } from '#collect/host/sections.ts';
import { openHost } from '#collect/readers/host/open-host.ts';
import { recordingOf } from '#collect/readers/host/recording.ts';
import { startMachine } from '../test/host/machine.ts';
import { RECORDED, recordingFile } from '../test/host/recordings.ts';

for (const { scenario, user } of RECORDED) {
  const machine = await startMachine(scenario);
  try {
    const request = { address: machine.addressOf(user), sshConfig: machine.sshConfig, name: 'phare-1' };
    const kept = recordingOf(openHost(request));
    const { broken } = await readSession(kept.session, request, hostSections, () => new Date());
    kept.session.close();
    if (broken) throw new Error(broken.why.en);
    const file = recordingFile(scenario, user);
    mkdirSync(path.dirname(file), { recursive: true });
    // The address is one of many: which one it was says nothing.
    const text = JSON.stringify({ at: new Date().toISOString(), ...kept.recording() }, null, 1);
    writeFileSync(file, `${text.replaceAll(machine.ip, '10.213.0.2')}\n`);
    process.stdout.write(`${path.basename(file)}\n`);
  } finally {
    await machine.stop();
  }
}

import { maskSecrets } from '#lib/mask.ts';
import { note, refuse, seenInPart } from '../refusals.ts';
import { defineSection } from '../section.ts';
import { filesOf, filesScript } from './files.ts';

/** Keywords that may stand more than once: every value counts. sshd_config(5). */
const MANY = new Set([
  'port',
  'listenaddress',
  'hostkey',
  'acceptenv',
  'allowusers',
  'allowgroups',
  'denyusers',
  'denygroups',
  'subsystem',
  'setenv',
]);

/**
 * Settings, by keyword in lower case: of `sshd -T`, or of its files. The first value counts, as sshd reads it; what stands
 * below a `Match` is not for everybody, and is left out.
 */
export function sshdSettings(text: string): Record<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n').slice(0, 10_000)) {
    const [, keyword, value = ''] =
      /^\s*([A-Za-z][A-Za-z0-9]{1,60})[\s=]+(.{0,2000}?)\s*$/.exec(line.slice(0, 2_100)) ?? [];
    if (!keyword) continue;
    const name = keyword.toLowerCase();
    if (name === 'match') break;
    // A value that is given to sessions is theirs alone.
    if (name === 'include' || name === 'setenv') continue;
    const given = value.replace(/^"(.*)"$/, '$1');
    // Names of algorithms look like tokens, and are none.
    const plain = /algorithms$|^(?:ciphers|macs)$/.test(name) ? given : maskSecrets(given);
    const before = found.get(name);
    if (before === undefined) found.set(name, plain);
    else if (MANY.has(name)) found.set(name, `${before} ${plain}`);
  }
  return Object.fromEntries(found);
}

export const sshd = defineSection({
  parts: ['sshd'],
  round: 1,
  commands: () => [
    { id: 'sshd.effective', operation: 'sshd -T', script: 'sshd -T', needsRoot: true },
    {
      id: 'sshd.files',
      operation: 'cat /etc/ssh/sshd_config',
      script: filesScript([], { globs: ['/etc/ssh/sshd_config.d/*.conf', '/etc/ssh/sshd_config'] }),
      needsRoot: true,
    },
  ],
  read(answers, state) {
    const effective = answers.get('sshd.effective');
    if (!effective) return;
    if (effective.end === 'done') {
      state.sshd = sshdSettings(effective.stdout);
      return;
    }
    const files = filesOf(answers.get('sshd.files')?.stdout ?? '');
    const read = files.filter(({ state: how }) => how === 'read');
    // A file ends the `Match` that stands in it: they are read one by one, and the first value of all counts.
    const settings: Record<string, string> = {};
    for (const { text } of read.toReversed()) Object.assign(settings, sshdSettings(text));
    if (Object.keys(settings).length > 0) {
      state.sshd = settings;
      // What is not in the files is as sshd was built, and that was not asked.
      note(state, 'sshd', {
        ...seenInPart(effective),
        sort: effective.end === 'denied' ? 'denied' : 'failed',
      });
    } else refuse(state, 'sshd', effective, 'root');
  },
});

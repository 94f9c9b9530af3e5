import type { HostState } from '#model/host.ts';
import { refuse } from '../refusals.ts';
import { defineSection } from '../section.ts';

/** `NAME="value"` lines of os-release(5). */
export function osRelease(text: string): HostState['system'] | undefined {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^([A-Z_]{1,40})=(.{0,300})$/.exec(line.trim()) ?? [];
    if (name && !values.has(name))
      values.set(name, value.replace(/^(["'])(.*)\1$/, '$2').replace(/\\(.)/g, '$1'));
  }
  const id = values.get('ID');
  if (!id) return undefined;
  const version = values.get('VERSION_ID');
  return { title: values.get('PRETTY_NAME') ?? id, id, ...(version !== undefined && { version }) };
}

/** The system, its name, and who was let in. os-release(5), uname(1), hostname(1), id(1). */
export const system = defineSection({
  parts: ['system'],
  round: 1,
  commands: () => [
    {
      id: 'system.release',
      operation: 'cat /etc/os-release',
      script: 'cat /etc/os-release 2>/dev/null || cat /usr/lib/os-release',
    },
    { id: 'system.uname', operation: 'uname', script: 'uname -r; uname -m; uname -s' },
    { id: 'system.name', operation: 'hostname', script: 'hostname 2>/dev/null || uname -n' },
    { id: 'system.user', operation: 'id', script: 'id -un' },
    { id: 'system.root', operation: 'id', script: 'id -u', needsRoot: true },
  ],
  read(answers, state) {
    const of = (id: string) => answers.get(`system.${id}`);
    const release = of('release');
    const [kernel, architecture, kind] = of('uname')?.stdout.trim().split('\n') ?? [];
    const known = release?.end === 'done' ? osRelease(release.stdout) : undefined;
    const found = known ?? (kind ? { title: kind, id: kind.toLowerCase() } : undefined);
    if (found) state.system = { ...found, ...(kernel && { kernel }), ...(architecture && { architecture }) };
    else if (release) refuse(state, 'system', release);
    const name = of('name')?.stdout.trim();
    if (name) state.hostname = name.slice(0, 253);
    const user = of('user')?.stdout.trim();
    state.user = {
      name: user?.slice(0, 64) || state.user.name,
      isRoot: of('root')?.stdout.trim() === '0',
    };
  },
});

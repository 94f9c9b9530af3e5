import type { HostState } from '#model/host.ts';
import { note, notUnderstood, refuse } from '../refusals.ts';
import { defineSection } from '../section.ts';

type Disks = HostState['disks'];

/** Kinds that hold nothing of their own, or an image that is always full. What stands at `/` is shown whatever it is. */
const NO_DISK =
  /^(?:tmpfs|devtmpfs|squashfs|overlay|proc|sysfs|cgroup2?|efivarfs|ramfs|iso9660|nsfs|fuse\.\S*|aufs|shm|none|udev)$/;

/** `df -PkT`, or `df -Pk` where there is no `-T`: blocks of 1024 bytes. df(1). */
export function disksOf(space: string, inodes = ''): Disks {
  const hasType = /^Filesystem\s+Type\s/.test(space);
  const used = new Map(
    inodes.split('\n').flatMap((line) => {
      const [, , , count, , , mount] =
        /^(.{1,300}?)\s+(\d+|-)\s+(\d+|-)\s+(\d+|-)\s+(\d{1,3}%|-)\s+(\/.*)$/.exec(line) ?? [];
      return count === undefined ? [] : [[mount ?? '', line] as const];
    }),
  );
  return space
    .split('\n')
    .slice(0, 2_000)
    .flatMap((line) => {
      const [, device = '', kind = '', blocks, taken, mount = ''] =
        /^(\S{1,300})\s+(?:([A-Za-z][\w.]{0,40})\s+)?(\d{1,18})\s+(\d{1,18})\s+-?\d{1,18}\s+(?:\d{1,3}%|-)\s+(\/.*)$/.exec(
          line,
        ) ?? [];
      const type = hasType ? kind : '';
      if (
        !device ||
        blocks === undefined ||
        (mount !== '/' && NO_DISK.test(type || device)) ||
        Number(blocks) === 0
      )
        return [];
      const count = inodesUsed(used.get(mount));
      return [
        {
          mount,
          device,
          type: type || 'unknown',
          bytes: Number(blocks) * 1024,
          usedBytes: Number(taken) * 1024,
          ...(count !== undefined && { inodesUsed: count }),
        },
      ];
    });
}

/** The share of inodes that are taken, from 0 to 1; undefined where the file system has no such limit. */
function inodesUsed(line: string | undefined): number | undefined {
  const [, all, used] = /\s(\d{1,18})\s+(\d{1,18})\s+-?\d{1,18}\s+/.exec(line ?? '') ?? [];
  return Number(all) > 0 ? Number(used) / Number(all) : undefined;
}

/** File systems of the machine's own disks: `-l`, so that a network share that hangs does not. */
export const disks = defineSection({
  parts: ['disks'],
  round: 1,
  commands: () => [
    {
      id: 'disks.space',
      operation: 'df',
      script:
        'df -PkTl 2>/dev/null || df -PkT 2>/dev/null || df -Pk 2>/dev/null || { command -v df >/dev/null || exit 127; df -k; }',
    },
    { id: 'disks.inodes', operation: 'df -i', script: 'df -Pil 2>/dev/null || df -Pi 2>/dev/null || df -i' },
  ],
  read(answers, state) {
    const space = answers.get('disks.space');
    if (!space || refuse(state, 'disks', space)) return;
    state.disks = disksOf(space.stdout, answers.get('disks.inodes')?.stdout);
    if (!/^Filesystem/m.test(space.stdout)) note(state, 'disks', notUnderstood(space));
  },
});

import { openTree } from '#collect/readers/file-tree.ts';
import { rehearse } from '#collect/rehearse/rehearse.ts';

const tree = await openTree(process.argv[2] ?? '.');
const rows: [number, string, number][] = [];
for (const f of tree.files.filter((f) => /\.sh$/.test(f.path))) {
  const t = performance.now();
  const r = await rehearse(tree, { workflows: [], scripts: [{ file: f.path, reachedFrom: ['x'] }] });
  rows.push([performance.now() - t, f.path, r.scripts.length]);
  if (r.unread.length) console.log(r.unread);
}
rows.sort((a, b) => b[0] - a[0]);
console.log(
  rows
    .slice(0, 25)
    .map(([t, f, n]) => `${t.toFixed()} ms ${n} ${f}`)
    .join('\n'),
  rows.length,
  rows.reduce((s, r) => s + r[0], 0).toFixed(),
);

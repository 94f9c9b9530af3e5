import { openTree } from '#collect/readers/file-tree.ts';
import { rehearse } from '#collect/rehearse/rehearse.ts';

const tree = await openTree(process.argv[2] ?? '.');
const r = await rehearse(tree, {
  workflows: [],
  scripts: [{ file: process.argv[3] ?? '', reachedFrom: ['x'] }],
});
console.log(r.scripts[0]?.calls.length, r.scripts[0]?.notes);

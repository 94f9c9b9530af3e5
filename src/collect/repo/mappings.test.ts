import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { mappings } from './mappings.ts';

const files = {
  'scripts/a.py': '',
  'tools/deep/b.sh': '',
  'guides/c.md': '',
};
const entries = (name: string, text: string) =>
  collectFiles(mappings, { ...files, [name]: text }).artifacts.mappings.flatMap((one) =>
    one.entries.map(({ path, line, exists }) => `${line} ${path} ${exists}`),
  );

test('what a map names, by a path or by a name alone, and whether it is there', () => {
  expect(
    entries(
      'guides/_directive_script_map.md',
      '| directive | script |\n|---|---|\n| `c.md` | `scripts/a.py` |\n| c.md | `b.sh`, `gone.py` |\n',
    ),
  ).toEqual(['3 guides/c.md true', '3 scripts/a.py true', '4 tools/deep/b.sh true', '4 gone.py false']);
  expect(
    entries('script-index.json', '{"a": "scripts/a.py",\n"b": "scripts/b.py", "c": "../guides/c.md"}'),
  ).toEqual(['1 scripts/a.py true', '2 scripts/b.py false', '2 guides/c.md true']);
});

test('a pattern, an address and a page of another name are no map', () => {
  expect(entries('docs/map.md', 'a.py b.py c.py')).toEqual([]);
  expect(entries('script-map.md', '`*.py` `https://x.example/d.py` `<name>.sh`')).toEqual([]);
});

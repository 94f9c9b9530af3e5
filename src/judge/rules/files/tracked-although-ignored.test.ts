import { expect, test } from 'vitest';
import { estate, findings } from '../../test-estate.ts';
import { trackedAlthoughIgnored } from './tracked-although-ignored.ts';

const ignored = (file: string, pattern: string, line = 1) => ({
  file,
  ignoredBy: { file: '.gitignore', line, pattern },
});
const found = (...trackedIgnored: ReturnType<typeof ignored>[]) =>
  findings(trackedAlthoughIgnored, estate({ artifacts: { trackedIgnored } }));

test('files of one pattern are one finding, which the line of the pattern does not change', () => {
  const list = found(ignored('out/a.js', 'out/'), ignored('out/b.js', 'out/'));
  expect(list).toHaveLength(1);
  expect(list[0]?.severity).toBe('low');
  expect(list[0]?.message.en).toBe('`.gitignore` ignores `out/`, but git tracks `out/a.js`, `out/b.js`.');
  const moved = found(ignored('out/b.js', 'out/', 9), ignored('out/a.js', 'out/', 9));
  expect(moved[0]?.fingerprint).toBe(list[0]?.fingerprint);
});

test('a dotenv file or a Terraform state among them makes it medium', () => {
  expect(found(ignored('api/.env', '.env'))[0]?.severity).toBe('medium');
  expect(found(ignored('infra/prod.tfstate', '*.tfstate'))[0]?.severity).toBe('medium');
});

test('a file that only keeps its folder in the tree is meant to be there', () => {
  expect(found(ignored('logs/.gitkeep', 'logs/*'), ignored('data/.gitignore', 'data/*'))).toEqual([]);
});

test('an example that a pattern takes with the rest is there to be tracked; one that is ignored by name is not', () => {
  expect(found(ignored('.env.example', '.env.*'))).toEqual([]);
  expect(found(ignored('env.prod.template', 'env.prod.template'))).toHaveLength(1);
});

import { mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Domain } from '#model/maturity.ts';
import { LANGUAGES, type Text } from '#model/text.ts';
import { parseConfiguration } from './configuration.ts';
import { configurationText, targetText, writeNew } from './initial-files.ts';
import { parseTarget } from './target-file.ts';

const said = (en: string): Text => ({ fr: `fr ${en}`, en });
const DOMAIN: Domain = {
  id: 'rollback',
  title: said('Rollback'),
  target: said('Back in\nfive minutes.'),
  questions: [
    {
      id: 'rollback-written',
      text: said('Is it written?'),
      weight: 3,
      severity: 'high',
      effort: 'small',
      gap: { id: 'rollback-missing', title: said('none'), remedy: said('write it') },
      answer: () => ({ answer: 'unknown', note: said('?'), evidence: [] }),
    },
  ],
};

test.each(LANGUAGES)('what init writes in %s is a configuration and a target', async (lang) => {
  const text = configurationText('boutique', 'devops', lang);
  expect(await parseConfiguration(text, 'constat.yaml')).toEqual({ name: 'boutique', profile: 'devops' });
  const target = await parseTarget(targetText([DOMAIN], lang), 'x', 'constat.target.yaml');
  expect(target.data).toEqual({
    domains: {
      rollback: { questions: { 'rollback-written': { weight: 3, severity: 'high', effort: 'small' } } },
    },
  });
  expect(target.lines.get('rollback/rollback-written')).toBe(11);
});

test.each(LANGUAGES)(
  'what stands as a comment in %s is a configuration once it is uncommented',
  async (lang) => {
    const text = configurationText('a', undefined, lang);
    const keys = text
      .split('\n')
      .filter((line) => /^#\s+(- )?[a-z]\w+:|^# {3}/i.test(line) && !line.includes('$schema'));
    const open = text
      .split('\n')
      .map((line) => (keys.includes(line) && !line.endsWith('\u00a0:') ? line.slice(2) : line))
      .join('\n');
    const config = await parseConfiguration(open, 'constat.yaml');
    expect(Object.keys(config).sort()).toEqual(
      ['answers', 'ignore', 'mutes', 'name', 'phases', 'prefix', 'profile'].sort(),
    );
  },
);

test.each(['null', '12', 'a: b', 'true', '# no', '"', 'é'])('the name %s is a text', async (name) => {
  expect(await parseConfiguration(configurationText(name, undefined, 'en'), 'x')).toEqual({ name });
});

test('nothing is overwritten, and a link in the place of a file is not followed', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'constat-init-'));
  writeNew(root, 'constat.yaml', 'a');
  expect(() => writeNew(root, 'constat.yaml', 'b')).toThrow(
    /constat\.yaml: is there already and is not overwritten/,
  );
  expect(readFileSync(path.join(root, 'constat.yaml'), 'utf8')).toBe('a');
  symlinkSync(path.join(root, 'elsewhere'), path.join(root, 'constat.target.yaml'));
  expect(() => writeNew(root, 'constat.target.yaml', 'b')).toThrow(/is there already/);
  expect(() => writeNew(path.join(root, 'none'), 'constat.yaml', 'b')).toThrow(
    /cannot be written \(ENOENT\)/,
  );
});

import { expect, test } from 'vitest';
import { parsePage } from './parse.ts';
import { topicsOf } from './topics.ts';

const topics = (text: string) => topicsOf(parsePage(text)).map(({ topic, line }) => `${line} ${topic}`);

test('headings in both languages', () => {
  expect(
    topics(
      '# Déploiement\n## Retour arrière\n## Sauvegardes\n## Restauration\n## Rotation des secrets\n## Supervision\n## Disaster recovery',
    ),
  ).toEqual([
    '1 deployment',
    '2 rollback',
    '3 backup',
    '4 restore',
    '5 secret-rotation',
    '6 monitoring',
    '7 restore',
  ]);
});

test('what a program brings back or keeps by itself is neither a restoration nor a backup', () => {
  expect(topics('# Scroll Restoration\n## Restoring the scroll position\n## Heap snapshots')).toEqual([]);
  expect(topics('# Restoring a snapshot')).toEqual(['1 backup', '1 restore']);
});

test('a rotation is one of secrets only under something that says so', () => {
  expect(topics('# Logs\n## Rotation')).toEqual([]);
  expect(topics('# API keys\n## Rotation')).toEqual(['2 secret-rotation']);
});

test('a command treats a subject on its line', () => {
  expect(topics('Text\n\n```bash\n# undo\nwrangler rollback\npg_dump orders > a.sql\n```')).toEqual([
    '5 rollback',
    '6 backup',
  ]);
});

test('a heading that denies or asks treats nothing', () => {
  expect(topics('## No rollback\n## ❌ Sauvegardes\n## Monitoring?\n## Pas de restauration')).toEqual([]);
});

test('how an estate is kept running, in both languages', () => {
  expect(
    topics(
      '# Goulots d’étranglement\n## Coûts estimés\n## Retours utilisateurs\n## Bêta-testeurs\n## Runbook\n## Astreintes\n## CI/CD\n## Getting started',
    ),
  ).toEqual([
    '1 scaling',
    '2 cost',
    '3 feedback',
    '4 beta',
    '5 incident',
    '6 incident',
    '6 on-call',
    '7 continuous-integration',
    '8 local-development',
  ]);
});

test('a runbook is for incidents, unless its title says what else it is for', () => {
  expect(topics('# MCP smoke-test runbook\n## Migration runbook')).toEqual([]);
  expect(topics('# Runbooks\n## Payments runbook')).toEqual(['1 incident', '2 incident']);
});

test('a limit in prose is one with its number, told with what it is of', () => {
  const page = parsePage(
    '# Stripe\nThe quota is 100 requests per second.\n\n# Ours\nWe have rate limits.\n\n| API | limite |\n| --- | --- |\n| Tally | 100 requêtes par minute |\n',
  );
  expect(topicsOf(page).map(({ topic, line, text }) => `${line} ${topic}: ${text}`)).toEqual([
    '2 limits: the quota is 100 requests per second  stripe',
    '9 limits: tally 100 requetes par minute  ours',
  ]);
});

test('commands of programs of their own that save and bring back', () => {
  expect(
    topics(
      'Text\n\n```bash\nbench --site a backup\nbench restore a.gz\n```\n\n```sh\npsql shop < backup.sql\n```',
    ),
  ).toEqual(['4 backup', '5 restore', '9 restore']);
  expect(topics('```sh\ndotnet restore\ngit restore .\npsql shop < schema.sql\n```')).toEqual([]);
});

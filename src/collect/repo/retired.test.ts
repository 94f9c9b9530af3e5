import { describe, expect, test } from 'vitest';
import { isRetired, withoutRetiredMark } from './retired.ts';

describe('isRetired', () => {
  test.each([
    'docker-compose.yml.OBSOLETE',
    'deploy/.env.bak',
    'nginx.conf.old',
    'compose.yml~',
    'compose.yml.orig',
    'workflow.yml.disabled',
    'workflow.yml.bak.20240102',
    'compose.deprecated.yml',
    'compose.old.yml',
    'infra/old/Dockerfile',
    'docs/archive/2023/notes.md',
    'backups/compose.yml',
    'services/api_old/Dockerfile',
    'services/.cms-backup/Dockerfile',
    'copy of compose.yml',
    'compose copy 2.yml',
    'app/._compose.yml',
  ])('%s is out of use', (path) => {
    expect(isRetired(path)).toBe(true);
  });

  test.each([
    'docker-compose.yml',
    'services/gold/Dockerfile',
    'scripts/backup.sh',
    'services/backup-worker/Dockerfile',
    'src/threshold/compose.yml',
    'docs/original-design.md',
    'household.env',
    'Dockerfile.backup-job',
    '.github/workflows/copy-assets.yml',
  ])('%s is in use', (path) => {
    expect(isRetired(path)).toBe(false);
  });
});

describe('withoutRetiredMark', () => {
  test.each([
    ['deploy/docker-compose.yml.OBSOLETE', 'deploy/docker-compose.yml'],
    ['.env.bak', '.env'],
    ['compose.yml.bak.20240102', 'compose.yml'],
    ['compose.yml~', 'compose.yml'],
    ['._compose.yml', 'compose.yml'],
    ['compose.prod.yml', 'compose.prod.yml'],
  ])('%s was %s', (path, was) => {
    expect(withoutRetiredMark(path)).toBe(was);
  });
});

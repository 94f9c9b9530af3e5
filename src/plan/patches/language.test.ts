import { expect, test } from 'vitest';
import type { Document } from '#model/artifacts.ts';
import { languageOf } from './language.ts';

const page = (file: string, ...headings: string[]) =>
  ({ file, title: '', headings: headings.map((text) => ({ text })), claims: [] }) as unknown as Document;

test('the language of most headings; English where nothing tells', () => {
  expect(languageOf([page('README.md', 'Déploiement', 'Base de données', 'Sécurité')])).toBe('fr');
  expect(languageOf([page('README.md', 'How to deploy', 'Layout')])).toBe('en');
  expect(languageOf([])).toBe('en');
});

test('a guide in both languages does not make a repository French whose first page is not', () => {
  const guide = page(
    'CONTRIBUTING.md',
    'Contributing (Français)',
    'Créer une demande',
    'Signaler un problème',
  );
  expect(languageOf([page('README.md', 'Project template', 'Development', 'Load testing'), guide])).toBe(
    'en',
  );
  expect(languageOf([page('README.md', 'Projet', 'Développement', 'Essais de charge'), guide])).toBe('fr');
});

import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { namesIn } from '#web/trace.ts';
import { hostilePathReport, largePathReport, pathReport } from '../../test/fixtures/path-report.ts';
import { check, samplePath } from '../../test/fixtures/sample-path.ts';
import { traceSummary } from './trace-summary.ts';

const report = pathReport();
const nameOf = namesIn(new Map(report.resources.map((resource) => [resource.id, resource])));
const lines = (text: string) => text.trimEnd().split('\n');

describe('the summary of a trace', () => {
  test('gives each hop a line with its mark, name, role and first problem', () => {
    const text = lines(traceSummary(samplePath(), 'fr', false, nameOf));
    expect(text[0]).toBe('https://vitrine.example/');
    expect(text[1]).toMatch(/^✗ La requête échoue à l’étape 3 sur 6, répartiteur vitrine-prod-alb/);
    expect(text.slice(3, 9).map((line) => line.replace(/ +/g, ' '))).toEqual([
      ' 1 ✓ vitrine.example Domaine',
      ' 2 ✗ E2QWRUHEXAMPLE CDN Parle https-only à une origine qui n’écoute pas sur 443 (probable)',
      ' 3 ✗ vitrine-prod-alb Répartiteur Aucun écouteur sur le port 443',
      ' 4 ✗ vitrine-prod-tg Groupe cible 0 cible saine sur 1\u00a0: Target.FailedHealthChecks',
      ' 5 ✗ vitrine-web Service Révision 2 en service, 3 demandée',
      ' 6 ✗ web Conteneur 6 lectures d’image en échec en 1 h',
    ]);
  });

  test('tells causes from root to symptom with their certainty, then what to ask for', () => {
    const text = traceSummary(samplePath(), 'en', false, nameOf);
    expect(text).toContain('Cause A: nobody listens on HTTPS (established)\n   vitrine-prod-alb has no');
    expect(text).toContain('(probable, not established)');
    expect(text).toContain('To ask for: logs:FilterLogEvents');
    expect(text.indexOf('Cause C')).toBeLessThan(text.indexOf('What is not established'));
  });

  test('an unknown and a hop without a check are never marked as passing', () => {
    const path = samplePath();
    path.causes = [];
    path.side = [];
    path.hops = path.hops.map((hop, index) => ({
      ...hop,
      checks: index === 0 ? [check('x', 'unknown', { fr: 'non lu', en: 'not read' }, [])] : [],
    }));
    const text = traceSummary(path, 'en', false, nameOf);
    expect(text).not.toContain('✓');
    expect(text).not.toContain('✗');
  });

  test('colour changes no character', () => {
    const plain = traceSummary(samplePath(), 'fr', false, nameOf);
    const coloured = traceSummary(samplePath(), 'fr', true, nameOf);
    expect(coloured).not.toBe(plain);
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  test('is at most forty lines, whatever the path', () => {
    const path = samplePath();
    const many = {
      ...path,
      hops: Array.from({ length: 60 }, (_, index) => ({
        ...(path.hops[index % 6] ?? path.hops[0]),
        resource: `${index}`,
      })),
      causes: Array.from({ length: 20 }, () => ({
        ...(path.causes[0] ?? {
          title: { fr: '', en: '' },
          hops: [],
          checks: [],
          certainty: 'probable' as const,
        }),
        chain: Array.from({ length: 30 }, (_, at) => ({ fr: `${at}`, en: `${at}` })),
      })),
      side: Array.from({ length: 30 }, (_, index) => ({
        role: 'network',
        of: '0',
        checks: [check('x', 'unknown', { fr: 'x', en: 'x' }, [], { permission: `ec2:Describe${index}` })],
      })),
    } as typeof path;
    const text = lines(traceSummary(many, 'en', false));
    expect(text.length).toBeLessThanOrEqual(40);
    expect(text.join('\n')).toContain('and 49 more');
    for (const large of largePathReport().paths)
      expect(lines(traceSummary(large, 'fr', false)).length).toBeLessThanOrEqual(40);
  });

  test('what an estate names cannot move the cursor, turn the text round or break a line', () => {
    for (const path of hostilePathReport().paths) {
      const text = traceSummary(path, 'fr', false, (id) => `${id}\u001b[2J\u202e\nsecond line`);
      expect(text).not.toMatch(/[\u0007\u001b\u202a-\u202e\u2066-\u2069]/);
      expect(text).not.toMatch(/^second line/m);
      for (const line of lines(text)) expect(line.length).toBeLessThan(420);
    }
  });
});

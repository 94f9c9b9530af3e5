import { describe, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { observedReport } from '../test/fixtures/report-variants.ts';
import { sampleReport } from '../test/fixtures/sample-report.ts';
import { headline, lede } from './headline.ts';
import { viewOf } from './view.ts';

const kindOf = (kind: string) => ({ title: { fr: kind, en: kind }, domain: 'compute' });
const view = (report: Report) => viewOf(report, kindOf);

describe('the headline', () => {
  test('is the gravest finding when it is critical or high', () => {
    expect(headline(view(sampleReport())).en).toBe('An API key is committed in `deploy/entrepot.env`.');
  });

  test('passes over a finding that is muted', () => {
    const report = sampleReport();
    const findings = report.findings.map((finding) =>
      finding.severity === 'critical' ? { ...finding, muted: { owner: 'team', reason: 'known' } } : finding,
    );
    expect(headline(view({ ...report, findings })).en).toBe(
      '`publish-catalogue.yml` signs in to AWS with a long-lived key.',
    );
  });

  test('says that nothing was verified when no grave finding stands and only files were read', () => {
    expect(headline(view({ ...sampleReport(), findings: [] }))).toEqual({
      fr: '38 ressources déclarées, aucune vérifiée : aucun accès n’a été demandé.',
      en: '38 resources declared, none verified: no access was asked for.',
    });
  });

  test('says what is missing when the account was read', () => {
    const report = observedReport();
    const { missing } = report.summary.statuses;
    expect(headline(view({ ...report, findings: [] })).en).toBe(
      `${missing} declared resources are not there.`,
    );
  });

  test('says that all agrees only when every resource is verified', () => {
    const report = observedReport();
    const resources = report.resources.map((resource) => ({ ...resource, status: 'verified' as const }));
    expect(headline(view({ ...report, findings: [], resources })).en).toBe(
      'What is declared is observed, and all of it agrees.',
    );
  });

  test('says so when the repository declares nothing', () => {
    expect(headline(view({ ...sampleReport(), findings: [], resources: [] })).en).toBe(
      'The repository declares no resource.',
    );
  });
});

describe('the sentences under it', () => {
  test('count what the report holds', () => {
    expect(lede(view(sampleReport())).en).toBe(
      'The repository declares 38 resources for 2 systems. 17 gaps are established, 1 of them critical. Nothing was read outside it.',
    );
    const report = sampleReport();
    const imported = { source: 'import', scope: 'Terraform', state: 'complete', operations: [] } as const;
    const given = { ...report, coverage: [...report.coverage, imported] };
    expect(lede(view(given as Report)).en).toContain(
      'The repository and the Terraform states that were given declare 38 resources for 2 systems.',
    );
    const { verified } = observedReport().summary.statuses;
    expect(lede(view(observedReport())).fr).toBe(
      `Sur 39 ressources, ${verified} sont déclarées et conformes. 17 écarts sont établis, dont 1 de gravité critique.`,
    );
  });
});

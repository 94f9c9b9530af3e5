import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { probeRedirectLoop } from './probe-redirect-loop.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Route53::RecordSet', 'quay.example', check('probe-redirect-loop', parts));

test('the redirects lead in a circle: https://quay.example/, https://www.quay.example/: critical', () => {
  const text = {
    fr: 'les redirections tournent en rond\u00a0: `https://quay.example/`, `https://www.quay.example/`',
    en: 'the redirects lead in a circle: `https://quay.example/`, `https://www.quay.example/`',
  };
  const found = findings(probeRedirectLoop, at({ text, evidence: [read('route53:ListResourceRecordSets')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay.example`\u00a0: redirections qui tournent en rond',
        en: '`quay.example`: redirects that lead in a circle',
      },
      message: {
        fr: 'Les redirections tournent en rond\u00a0: `https://quay.example/`, `https://www.quay.example/`.',
        en: 'The redirects lead in a circle: `https://quay.example/`, `https://www.quay.example/`.',
      },
      resources: ['constat:AWS::Route53::RecordSet::quay.example'],
      evidence: [{ operation: 'route53:ListResourceRecordSets' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(probeRedirectLoop, at({ result: 'pass' }))).toEqual([]);
  expect(findings(probeRedirectLoop, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(probeRedirectLoop, at({ result: 'unknown' }))).toBe(true);
});

import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { webAclMissing } from './web-acl-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::WAFv2::WebACL', 'harbour', check('web-acl-missing', parts));

test('the web ACL that is named is not there: medium', () => {
  const text = {
    fr: 'le pare-feu nommé n’est pas là',
    en: 'the web ACL that is named is not there',
  };
  const found = findings(webAclMissing, at({ text, evidence: [read('wafv2:ListWebACLs')] }));
  expect(found).toMatchObject([
    {
      severity: 'medium',
      title: {
        fr: '`harbour`\u00a0: pare-feu applicatif (ACL web) qui n’est pas là',
        en: '`harbour`: web ACL that is not there',
      },
      message: { fr: 'Le pare-feu nommé n’est pas là.', en: 'The web ACL that is named is not there.' },
      resources: ['constat:AWS::WAFv2::WebACL::harbour'],
      evidence: [{ operation: 'wafv2:ListWebACLs' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(webAclMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(webAclMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(webAclMissing, at({ result: 'unknown' }))).toBe(true);
});

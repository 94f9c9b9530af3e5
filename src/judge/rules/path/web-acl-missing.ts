import { pathRule } from '../../derived/path-rule.ts';

/** The web ACL that a front door names is not there. */
export const webAclMissing = pathRule({
  id: 'web-acl-missing',
  severity: 'medium',
  title: { fr: 'Pare-feu applicatif (ACL web) qui n’est pas là', en: 'Web ACL that is not there' },
  risk: {
    fr: 'Ce qui devait être filtré ne l’est peut-être pas.',
    en: 'What was to be filtered is perhaps not.',
  },
  remedy: {
    fr: 'Associer une ACL web qui existe, ou retirer la référence.',
    en: 'Associate a web ACL that is there, or remove the reference.',
  },
  references: ['https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html'],
});

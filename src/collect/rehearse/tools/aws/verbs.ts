import type { Kind, Verb } from '#model/fact.ts';

const READS =
  /^(?:describe|list|get|head|wait|batch-get|batch-check|batch-describe|lookup|filter|search|tail|view|validate|test|detect|estimate|check|verify|simulate|query|scan|select|ls|presign|resolve|discover|receive|download|decode|export|preview|generate|login|assume|evaluate|help)(?:-|$| )/;
const CREATES =
  /^(?:create|register|allocate|import|restore|mb|request|copy|run-instances|deploy|up)(?:-|$| )/;
const DELETES =
  /^(?:delete|deregister|terminate|release|remove|rb|schedule-key-deletion|batch-delete)(?:-|$| )/;
/** First words that make or change what follows them: `put-rule` makes the rule, `put-rule-policy` would not. */
const PUTS = /^(?:put|upsert|set|save|publish)-/;

/** What an operation does by its first word: its reads use, what changes a thing requires it. */
export function verbOf(operation: string): Verb {
  if (READS.test(operation)) return 'uses';
  if (CREATES.test(operation)) return 'creates';
  if (DELETES.test(operation)) return 'deletes';
  return 'requires';
}

/** What an operation is about: `delete-service` gives `service`, `batch-delete-image` `image`. */
const subjectOf = (operation: string): string =>
  operation
    .replace(/^(?:batch-)?[a-z0-9]+-/, '')
    .replace(/ .*$/, '')
    .replace(/ies$/, 'y')
    .replace(/(?<=[^siua])s$/, '');

/** The last word of a kind as the command line writes it: `AWS::RDS::DBInstance` gives `db-instance`. */
export const wordOf = (kind: Kind): string =>
  (kind.split('::').at(-1) ?? '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();

/**
 * What an operation does to one thing that it names. Only its own subject is created or deleted by it: `delete-service`
 * deletes the service and requires the cluster.
 */
export function verbFor(
  kind: Kind,
  operation: string,
  verb: Verb,
  subjects: Readonly<Record<string, Kind>> = {},
): Verb {
  const subject = subjectOf(operation);
  const isSubject = Object.hasOwn(subjects, subject) ? subjects[subject] === kind : wordOf(kind) === subject;
  if (verb === 'creates' || verb === 'deletes') return isSubject ? verb : 'requires';
  return verb === 'requires' && isSubject && PUTS.test(operation) ? 'creates' : verb;
}

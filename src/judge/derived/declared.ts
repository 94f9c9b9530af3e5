import { type FileEvidence, isFileEvidence } from '#model/evidence.ts';
import type { Fact } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';

/** Whether a fact comes from a report of the past: what it said of its day is no documentation of today. */
const isReport = ({ properties }: Fact): boolean => properties?.report === true;

/** Where the files that do the work declare a resource, documents left out. */
export const declaredInRepo = (resource: Resource): FileEvidence[] => declaredBy(resource, 'repo');

/** Where documents that are kept up to date name a resource: reports of the past left out. */
export const declaredInDocs = (resource: Resource): FileEvidence[] => declaredBy(resource, 'docs');

function declaredBy(resource: Resource, source: 'repo' | 'docs'): FileEvidence[] {
  return resource.facts.flatMap((fact) =>
    fact.source === source && fact.sort === 'declared' && !isReport(fact) && isFileEvidence(fact.evidence)
      ? [fact.evidence]
      : [],
  );
}

/** A name that can be looked for elsewhere: not a logical id, nor one whose end only the run knows. */
export const hasPhysicalName = ({ nameStatus }: Resource): boolean =>
  nameStatus === 'literal' || nameStatus === 'resolved';

const INFRASTRUCTURE: readonly [format: string, pattern: RegExp][] = [
  ['Terraform', /\.tf(\.json)?$/],
  ['CDK', /(^|\/)cdk\.json$/],
  ['Pulumi', /(^|\/)Pulumi\.ya?ml$/],
  ['SAM', /(^|\/)samconfig\.(toml|ya?ml)$/],
  ['Serverless Framework', /(^|\/)serverless\.(ya?ml|ts|js)$/],
  [
    'CloudFormation',
    /(cloudformation|cfn)[^/]*\.(ya?ml|json|template)$|(^|\/)(cloudformation|cfn)\/.*\.(ya?ml|json|template)$/i,
  ],
];

/** What any of them matches: most files of a tree are none, and one test tells it. */
const ANY = new RegExp(INFRASTRUCTURE.map(([, { source }]) => source).join('|'), 'i');

const found = new WeakMap<ReadonlySet<string>, string[]>();

/** Formats in the tree that declare infrastructure and that no collector reads yet: what they name is not known. */
export function infrastructureNotRead(files: ReadonlySet<string>): string[] {
  const known = found.get(files);
  if (known) return known;
  const named = new Set<string>();
  for (const file of files)
    if (ANY.test(file))
      for (const [format, pattern] of INFRASTRUCTURE) if (pattern.test(file)) named.add(format);
  const formats = INFRASTRUCTURE.map(([format]) => format).filter((format) => named.has(format));
  found.set(files, formats);
  return formats;
}

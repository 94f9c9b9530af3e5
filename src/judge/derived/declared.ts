import type { Estate } from '#model/estate.ts';
import { type FileEvidence, isDeployedFrom, isFileEvidence, type Source } from '#model/evidence.ts';
import type { Fact } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';

/** Whether a fact comes from a report of the past: what it said of its day is no documentation of today. */
const isReport = ({ properties }: Fact): boolean => properties?.report === true;

/** Where the files that do the work, or states that were given, declare a resource, documents left out. */
export const declaredInRepo = (resource: Resource): FileEvidence[] => declaredBy(resource, isDeployedFrom);

/** Where documents that are kept up to date name a resource: reports of the past left out. */
export const declaredInDocs = (resource: Resource): FileEvidence[] =>
  declaredBy(resource, (source) => source === 'docs');

function declaredBy(resource: Resource, isOne: (source: Source) => boolean): FileEvidence[] {
  return resource.facts.flatMap((fact) =>
    isOne(fact.source) && fact.sort === 'declared' && !isReport(fact) && isFileEvidence(fact.evidence)
      ? [fact.evidence]
      : [],
  );
}

/** A name that can be looked for elsewhere: not a logical id, nor one whose end only the run knows. */
export const hasPhysicalName = ({ nameStatus }: Resource): boolean =>
  nameStatus === 'literal' || nameStatus === 'resolved';

interface Format {
  title: string;
  /** Its files, by path. */
  files: RegExp;
  /** Whether its declarations are read, so that all is known where each has its name. */
  isRead: boolean;
}

const FORMATS: readonly Format[] = [
  { title: 'Terraform', files: /\.(?:tf|tofu)(?:\.json)?$|(?:^|\/)terragrunt\.hcl$/, isRead: true },
  { title: 'CDK', files: /(?:^|\/)cdk\.json$/, isRead: false },
  { title: 'Pulumi', files: /(?:^|\/)Pulumi\.ya?ml$/, isRead: false },
  { title: 'SAM', files: /(?:^|\/)samconfig\.(?:toml|ya?ml)$/, isRead: true },
  { title: 'Serverless Framework', files: /(?:^|\/)serverless\.(?:ts|js)$/, isRead: false },
  { title: 'Serverless Framework', files: /(?:^|\/)serverless\.(?:ya?ml|json)$/, isRead: true },
  {
    title: 'CloudFormation',
    files:
      /(?:cloudformation|cfn)[^/]*\.(?:ya?ml|json|template)$|(?:^|\/)(?:cloudformation|cfn)\/.*\.(?:ya?ml|json|template)$/i,
    isRead: true,
  },
];

/** What any of them matches: most files of a tree are none, and one test tells it. */
const ANY = new RegExp(FORMATS.map(({ files }) => files.source).join('|'), 'i');

const found = new WeakMap<ReadonlySet<string>, string[]>();

/**
 * Formats in the tree that declare infrastructure of which not everything is known: those that no collector reads, and
 * those of which a file could not be read, declares nothing by itself, or leaves a name open until it is deployed.
 */
export function infrastructureNotKnown({
  files,
  resources,
  coverage,
}: Pick<Estate, 'files' | 'resources' | 'coverage'>): string[] {
  const known = found.get(files);
  if (known) return known;
  const own = [...files].filter((file) => ANY.test(file));
  const titles = FORMATS.filter((format) => {
    if (!own.some((file) => format.files.test(file))) return false;
    const isUnread = coverage.some(({ unread = [] }) => unread.some(({ file }) => format.files.test(file)));
    const declared = resources.filter((one) =>
      declaredInRepo(one).some(({ file }) => format.files.test(file)),
    );
    return !format.isRead || isUnread || declared.length === 0 || !declared.every(hasPhysicalName);
  }).map(({ title }) => title);
  const distinct = [...new Set(titles)];
  found.set(files, distinct);
  return distinct;
}

import type { Estate } from '#model/estate.ts';
import { type FileEvidence, isDeployedFrom, isFileEvidence } from '#model/evidence.ts';
import type { Kind } from '#model/fact.ts';
import type { OperationSign } from '#model/operations.ts';
import type { Resource } from '#model/resource.ts';
import { at } from '../../derived/place.ts';

/** Where files of infrastructure show a sign, one place each. */
export const signed = ({ artifacts }: Estate, sign: OperationSign): (FileEvidence & { what: string })[] =>
  artifacts.operationSigns.flatMap(({ file, signs }) =>
    signs.flatMap((one) => (one.sign === sign ? [{ ...at(file, one.line), what: one.what }] : [])),
  );

const INFRASTRUCTURE =
  /\.(?:tf|tofu)$|(?:^|\/)(?:template|serverless|samconfig|cdk|Pulumi|sst\.config)[\w.-]*\.(?:ya?ml|json|toml|ts)$|cloudformation|(?:^|\/)(?:cfn|stacks?)\//;

/**
 * Resources that files of infrastructure (not the commands of a workflow, nor prose) declare: where some are, what
 * stands beside them would have been declared there too.
 */
export function declaredAsCode(
  { resources }: Estate,
  kinds: RegExp,
): { resource: Resource; place: FileEvidence }[] {
  return resources.flatMap((resource) => {
    if (!kinds.test(resource.kind)) return [];
    const own = resource.facts.find(
      ({ source, sort, evidence }) =>
        isDeployedFrom(source) &&
        sort === 'declared' &&
        isFileEvidence(evidence) &&
        INFRASTRUCTURE.test(evidence.file),
    )?.evidence;
    return own && isFileEvidence(own) ? [{ resource, place: own }] : [];
  });
}

/** Resources of a kind, wherever they come from, documents of the past left out. */
export const ofKind = ({ resources }: Estate, ...kinds: Kind[]): Resource[] =>
  resources.filter(
    ({ kind, facts }) =>
      kinds.includes(kind) && facts.some(({ sort }) => sort === 'declared' || sort === 'observed'),
  );

/** The provider's account was read, and this operation was not refused: what it did not give is not there. */
export const wasListed = ({ coverage }: Estate, operation: RegExp): boolean =>
  coverage.some(
    ({ source, operations }) =>
      source === 'aws' &&
      operations.some(
        (one) => operation.test(one.name) && one.calls > 0 && one.denied + one.failed + one.throttled === 0,
      ),
  );

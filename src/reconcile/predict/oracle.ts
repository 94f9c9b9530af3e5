import type { Json } from '#model/fact.ts';
import { kindOf, resourceId } from '#model/kinds/kinds.ts';
import type { AskedCall, Caller, Mention, Oracle, Verdict } from '#model/prediction.ts';
import type { Resource } from '#model/resource.ts';
import { code, type Text } from '#model/text.ts';
import { iamAction } from './iam-action.ts';
import { evaluate } from './policy.ts';
import { Inventory } from './presence.ts';
import { accepts } from './trust.ts';

const say = (fr: string, en: string): Text => ({ fr, en });

/** Reads that end well and list nothing when what they name is not there. AWS CLI v2 reference. */
const LISTS =
  /^(?:ecs describe-(?:services|clusters|tasks|capacity-providers)|logs describe-log-groups|cloudwatch describe-alarms|ec2 describe-(?:vpcs|subnets|security-groups|instances)|\S+ (?:list|scan|query|search)-\S+|s3api list-objects\S*)$/;
/** Reads that end with an error when what they name is not there. */
const STRICT =
  /^(?:ecr (?:describe-repositories|describe-images|list-images|batch-get-image)|ecs (?:describe-task-definition|wait services-\S+|list-services|list-tasks)|lambda (?:get|invoke|list-versions|wait)\S*|s3api (?:head-bucket|get-bucket-\S+|list-objects\S*)|s3 (?:ls|sync|cp)|cloudformation (?:describe-stacks|describe-stack-\S+|list-stack-resources|wait \S+)|elbv2 describe-(?:load-balancers|target-groups)|secretsmanager (?:describe-secret|get-secret-value)|ssm get-parameters?|iam get-\S+|rds (?:describe-db-(?:instances|clusters)|wait \S+)|logs (?:tail|filter-log-events|get-log-events)|sqs (?:get-queue-\S+|receive-message|send-message)|dynamodb (?:describe-table|get-item)|eks (?:describe-cluster|update-kubeconfig)|kms describe-key|stepfunctions (?:describe|start)\S*)(?: |$)/;
/** Calls that end with an error when what they make is there already. */
const CONFLICTS =
  /^(?:ecr create-repository|ecs create-service|logs create-log-group|s3 mb|s3api create-bucket|lambda create-function|iam create-(?:role|user|policy)|elbv2 create-target-group|rds create-db-(?:instance|cluster)|dynamodb create-table|cloudformation create-stack|secretsmanager create-secret|eks create-cluster|ec2 create-security-group)$/;

/**
 * What the observed estate answers to those who rehearse: the first thing in the way of each call (the role that is
 * not accepted, what it needs and is not there, what it makes and is, what the role may not do), else that nothing is,
 * else what nobody could look at.
 */
export function oracleOf(resources: readonly Resource[]): Oracle {
  const inventory = new Inventory(resources);
  return {
    start() {
      const run = new Run(inventory);
      return { ask: (call, caller) => run.ask(call, caller) };
    },
  };
}

class Run {
  readonly #inventory: Inventory;
  /** What the run itself has made. */
  readonly #made = new Set<string>();

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
  }

  ask(call: AskedCall, caller: Caller): Verdict | undefined {
    const mentions = call.mentions.filter(({ kind }) => kindOf(kind).provider === 'aws');
    if (call.tool !== 'aws' && mentions.length === 0) return undefined;
    const role = this.#role(caller, call);
    const refused = role && refusedBy(role, caller);
    if (refused) return refused;
    const answers = mentions.map((mention) => this.#one(call, mention));
    const failing = answers.find((one) => one.prediction === 'fails');
    if (failing) return failing;
    const notAllowed = role && this.#permitted(role, call, mentions);
    if (notAllowed?.prediction === 'fails') return notAllowed;
    const unknown = answers.find((one) => one.prediction === 'unknown');
    const verdict = unknown ?? notAllowed ?? unknownCaller(caller, role) ?? { prediction: 'ok' as const };
    return answers.some((one) => one.empty) ? { ...verdict, empty: true } : verdict;
  }

  /** The role that makes the call, when somebody looked at it. */
  #role({ role }: Caller, { region }: AskedCall): Resource | 'absent' | undefined {
    if (role === undefined || role.includes('⟨')) return undefined;
    const found = this.#inventory.find({ kind: 'AWS::IAM::Role', name: role, verb: 'uses' }, region);
    return found.is === 'present' ? found.resource : found.is === 'absent' ? 'absent' : undefined;
  }

  #one(call: AskedCall, mention: Mention): Verdict {
    const { kind, name, verb } = mention;
    const key = resourceId(mention);
    const found = this.#inventory.find(mention, call.region);
    const what = {
      fr: `${kindOf(kind).title.fr} ${code(name)}`,
      en: `${kindOf(kind).title.en} ${code(name)}`,
    };
    if (verb === 'creates') {
      const isThere = this.#made.has(key) || found.is === 'present';
      this.#made.add(key);
      if (isThere && CONFLICTS.test(call.operation))
        return { prediction: 'fails', why: say(`${what.fr} existe déjà`, `${what.en} exists already`) };
      return { prediction: 'ok' };
    }
    if (this.#made.has(key)) return { prediction: 'ok' };
    if (found.is === 'present') return pushedAgain(call, found.resource) ?? { prediction: 'ok' };
    if (found.is === 'unknown') return { prediction: 'unknown', ...(found.why && { why: found.why }) };
    if (verb === 'deletes') return { prediction: 'unknown' };
    const why = say(
      `${what.fr} n’existe pas${found.where ? ` (${found.where.fr})` : ''}`,
      `${what.en} does not exist${found.where ? ` (${found.where.en})` : ''}`,
    );
    if (LISTS.test(call.operation) && !STRICT.test(call.operation)) return { prediction: 'ok', empty: true };
    if (verb === 'requires' || STRICT.test(call.operation)) return { prediction: 'fails', why };
    return { prediction: 'unknown', why };
  }

  #permitted(role: Resource | 'absent', call: AskedCall, mentions: readonly Mention[]): Verdict | undefined {
    const action = iamAction(call);
    if (role === 'absent' || action === undefined) return undefined;
    const { documents, complete } = policiesOf(role, this.#inventory);
    const [first] = mentions;
    const found = first && this.#inventory.find(first, call.region);
    const arn =
      found?.is === 'present' && found.resource.id.startsWith('arn:') ? found.resource.id : undefined;
    const decision = evaluate(documents, action, arn, complete);
    if (decision === 'allowed') return undefined;
    const [who, what] = [code(role.name), code(action)];
    return decision === 'denied'
      ? {
          prediction: 'fails',
          why: say(`le rôle ${who} n’a pas le droit ${what}`, `role ${who} is not allowed ${what}`),
        }
      : {
          prediction: 'unknown',
          why: say(
            `les politiques du rôle ${who} ne permettent pas de dire s’il a le droit ${what}`,
            `the policies of role ${who} do not tell whether it is allowed ${what}`,
          ),
        };
  }
}

/** A role that is not there, or whose trust policy does not accept the job's token. */
function refusedBy(role: Resource | 'absent', caller: Caller): Verdict | undefined {
  const name = code(caller.role ?? '');
  if (role === 'absent')
    return {
      prediction: 'fails',
      why: say(`le rôle ${name} n’existe pas`, `role ${name} does not exist`),
    };
  if (caller.authentication !== 'oidc') return undefined;
  if (accepts(role.properties.assumeRolePolicyDocument, caller) !== 'denied') return undefined;
  const place = caller.environment
    ? say(`l’environnement ${code(caller.environment)}`, `environment ${code(caller.environment)}`)
    : caller.branch
      ? say(`la branche ${code(caller.branch)}`, `branch ${code(caller.branch)}`)
      : say('cet événement', 'this event');
  return {
    prediction: 'fails',
    why: say(
      `la politique de confiance du rôle ${code(role.name)} n’accepte pas ce dépôt pour ${place.fr}`,
      `the trust policy of role ${code(role.name)} does not accept this repository for ${place.en}`,
    ),
  };
}

/** What is there may still be closed to credentials that nobody can look into. */
const unknownCaller = (caller: Caller, role: Resource | 'absent' | undefined): Verdict | undefined =>
  role
    ? undefined
    : {
        prediction: 'unknown',
        why:
          caller.authentication === 'static-keys'
            ? say(
                'ce qu’il nomme existe\u00a0; les droits de ces clés ne sont pas connus',
                'what it names is there; what these keys are allowed is not known',
              )
            : say(
                'ce qu’il nomme existe\u00a0; les droits de qui appelle ne sont pas connus',
                'what it names is there; what the caller is allowed is not known',
              ),
      };

/** AWS's own policies that allow all there is. */
const ALL: Record<string, Json> = {
  AdministratorAccess: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

/** Every document that bears on a role, and whether none is missing. */
function policiesOf(
  { properties, facts }: Resource,
  inventory: Inventory,
): { documents: Json[]; complete: boolean } {
  const attached = [properties.attachedPolicies ?? []]
    .flat()
    .filter((one): one is string => typeof one === 'string');
  const known = attached.map((arn): Json | undefined => {
    if (arn.includes('::aws:policy/')) return ALL[arn.split('/').at(-1) ?? ''];
    const found = inventory.find({ kind: 'AWS::IAM::ManagedPolicy', name: arn, verb: 'uses' }, undefined);
    return found.is === 'present' ? found.resource.properties.policyDocument : undefined;
  });
  const own = [properties.policies ?? []]
    .flat()
    .flatMap((one) =>
      typeof one === 'object' && one !== null && !Array.isArray(one) && one.document !== undefined
        ? [one.document]
        : [],
    );
  return {
    documents: [...own, ...known.filter((one) => one !== undefined)],
    complete:
      properties.policies !== undefined &&
      known.every((one) => one !== undefined) &&
      properties.permissionsBoundary === undefined &&
      facts.every(({ refusals }) => refusals === undefined),
  };
}

/** A tag that may not be written a second time, and that is there. */
function pushedAgain(call: AskedCall, repository: Resource): Verdict | undefined {
  if (repository.kind !== 'AWS::ECR::Repository' || repository.properties.imageTagMutability !== 'IMMUTABLE')
    return undefined;
  if (call.tool !== 'docker' || call.operation !== 'push') return undefined;
  const tags = [repository.properties.tags ?? []].flat();
  const tag = [call.arguments.words ?? []]
    .flat()
    .map((word) => /:([\w][\w.-]{0,127})$/.exec(String(word))?.[1])
    .find((one) => one !== undefined && tags.includes(one));
  if (tag === undefined) return undefined;
  return {
    prediction: 'fails',
    why: say(
      `l’étiquette ${code(tag)} existe déjà dans ${code(repository.name)}, où les étiquettes sont immuables`,
      `tag ${code(tag)} is already in ${code(repository.name)}, whose tags are immutable`,
    ),
  };
}

import type { Json } from '#model/fact.ts';
import { kindOf, resourceId } from '#model/kinds/kinds.ts';
import type { AskedCall, Caller, Mention, Oracle, Verdict } from '#model/prediction.ts';
import type { Resource } from '#model/resource.ts';
import { code, codes, type Text } from '#model/text.ts';
import { askedArn, mayAllow, type Need, needsOf } from './needs.ts';
import { type Decision, evaluate } from './policy.ts';
import { Inventory } from './presence.ts';
import { accepts, subjectsIn } from './trust.ts';

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

/** Calls that write down names and look for none of them before tasks start. Amazon ECS API, “RegisterTaskDefinition”. */
const DEFINES = /^ecs register-task-definition$/;

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
    const answers = mentions
      .filter(({ verb }) => verb === 'creates' || !DEFINES.test(call.operation))
      .map((mention) => this.#one(call, mention));
    const failing = answers.find((one) => one.prediction === 'fails');
    if (failing) return failing;
    const notAllowed = role && this.#permitted(role, call, mentions);
    if (notAllowed?.prediction === 'fails') return notAllowed;
    const unknown = answers.find((one) => one.prediction === 'unknown');
    const verdict = unknown ??
      notAllowed ??
      unknownCaller(caller, role, mentions.length > 0) ?? { prediction: 'ok' as const };
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
      fr: `${code(name)} (${kindOf(kind).title.fr})`,
      en: `${code(name)} (${kindOf(kind).title.en})`,
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

  /** Whether the role's own policies allow all that the call needs; undefined where they do. */
  #permitted(role: Resource | 'absent', call: AskedCall, mentions: readonly Mention[]): Verdict | undefined {
    if (role === 'absent') return undefined;
    const who = code(role.name);
    const needs = needsOf(call, mentions, (mention) => {
      const found = this.#inventory.find(mention, call.region);
      const arn =
        found.is === 'present' && found.resource.id.startsWith('arn:') ? found.resource.id : undefined;
      return arn && askedArn(mention.kind, arn);
    });
    if (!needs)
      return {
        prediction: 'unknown',
        why: say(
          `rien ne dit ce que cet appel demande comme droits au rôle ${who}`,
          `nothing tells what this call asks role ${who} to be allowed`,
        ),
      };
    const policies = policiesOf(role, this.#inventory);
    const answers = needs.map((need) => ({ need, decision: this.#decide(need, policies, call) }));
    const { need, decision } =
      answers.find((one) => one.decision === 'denied') ??
      answers.find((one) => one.decision === 'unknown') ??
      {};
    if (!need) return undefined;
    const what =
      need.action === 'iam:PassRole' && need.mention
        ? say(
            `${code(need.action)} sur ${code(need.mention.name)}`,
            `${code(need.action)} on ${code(need.mention.name)}`,
          )
        : say(code(need.action), code(need.action));
    return decision === 'denied'
      ? {
          prediction: 'fails',
          why: say(`le rôle ${who} n’a pas le droit ${what.fr}`, `role ${who} is not allowed ${what.en}`),
        }
      : {
          prediction: 'unknown',
          why: say(
            `les politiques du rôle ${who} ne permettent pas de dire s’il a le droit ${what.fr}`,
            `the policies of role ${who} do not tell whether it is allowed ${what.en}`,
          ),
        };
  }

  /** One need against the policies: sure where it comes out the same for each ARN that may be the one asked for. */
  #decide(need: Need, { documents, complete }: Policies, call: AskedCall): Decision {
    const found = need.mention && this.#inventory.find(need.mention, call.region);
    const asked =
      found?.is === 'present' ? found.resource : need.mention && { kind: need.mention.kind, properties: {} };
    const isWhole = complete && !(asked && mayAllow(asked));
    const all = new Set(
      need.resources.map((resource) =>
        evaluate(
          documents,
          { action: need.action, resource, ...(need.context && { context: need.context }) },
          isWhole,
        ),
      ),
    );
    const [decision = 'unknown', other] = all;
    return other === undefined ? decision : 'unknown';
  }
}

interface Policies {
  documents: Json[];
  complete: boolean;
}

/** A role that is not there, or whose trust policy does not accept the job's token. */
function refusedBy(role: Resource | 'absent', caller: Caller): Verdict | undefined {
  const name = code(caller.role ?? '');
  if (role === 'absent')
    return {
      prediction: 'fails',
      why: say(`le rôle ${name} n’existe pas`, `role ${name} does not exist`),
    };
  if (caller.authentication !== 'oidc' || caller.isChained) return undefined;
  if (accepts(role.properties.assumeRolePolicyDocument, caller) !== 'denied') return undefined;
  const repository = caller.repository ? code(caller.repository) : undefined;
  const place = caller.environment
    ? say(`l’environnement ${code(caller.environment)}`, `environment ${code(caller.environment)}`)
    : caller.branch
      ? say(`la branche ${code(caller.branch)}`, `branch ${code(caller.branch)}`)
      : say('cet événement', 'this event');
  return {
    prediction: 'fails',
    why: say(
      `la politique de confiance du rôle ${code(role.name)} n’accepte pas ${repository ? `le dépôt ${repository}` : 'ce dépôt'} pour ${place.fr}`,
      `the trust policy of role ${code(role.name)} does not accept ${repository ? `repository ${repository}` : 'this repository'} for ${place.en}`,
    ),
  };
}

/** What is there may still be closed to credentials that nobody can look into, or that may not get to their role. */
function unknownCaller(
  caller: Caller,
  role: Resource | 'absent' | undefined,
  isThere: boolean,
): Verdict | undefined {
  const there = isThere
    ? say('ce que l’appel nomme existe\u00a0; ', 'what it names is there; ')
    : say('', '');
  if (!role || role === 'absent')
    return {
      prediction: 'unknown',
      why:
        caller.authentication === 'static-keys'
          ? say(
              `${there.fr}les droits de ces clés ne sont pas connus`,
              `${there.en}what these keys are allowed is not known`,
            )
          : say(
              `${there.fr}les droits de qui appelle ne sont pas connus`,
              `${there.en}what the caller is allowed is not known`,
            ),
    };
  const who = code(role.name);
  const trust = role.properties.assumeRolePolicyDocument;
  if (caller.authentication !== 'oidc' || caller.isChained)
    return {
      prediction: 'unknown',
      why: say(
        `rien ne dit si ceux qui appellent peuvent endosser le rôle ${who}`,
        `nothing tells whether the callers may assume role ${who}`,
      ),
    };
  if (accepts(trust, caller) === 'allowed') return undefined;
  const subjects = subjectsIn(trust);
  return {
    prediction: 'unknown',
    why:
      subjects.length > 0
        ? say(
            `le rôle ${who} n’accepte que ${codes(subjects, 3).fr}\u00a0; rien ne dit que cette exécution en soit`,
            `role ${who} only accepts ${codes(subjects, 3).en}; nothing tells that this run is one of them`,
          )
        : say(
            `la politique de confiance du rôle ${who} ne permet pas de dire si elle accepte cette exécution`,
            `the trust policy of role ${who} does not tell whether it accepts this run`,
          ),
  };
}

/** AWS's own policies that allow all there is, or nearly. AWS Managed Policy Reference. */
const ALL: Record<string, Json> = {
  AdministratorAccess: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  PowerUserAccess: {
    Statement: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: [
          'account:GetAccountInformation',
          'account:GetPrimaryEmail',
          'account:ListRegions',
          'iam:CreateServiceLinkedRole',
          'iam:DeleteServiceLinkedRole',
          'iam:ListRoles',
          'organizations:DescribeOrganization',
        ],
        Resource: '*',
      },
    ],
  },
};

/** Every document that bears on a role, and whether none is missing. */
function policiesOf({ properties, facts }: Resource, inventory: Inventory): Policies {
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
  if (call.tool !== 'docker') return undefined;
  const isBuild = /^(?:buildx )?build$/.test(call.operation) && call.arguments.push === true;
  if (!isBuild && call.operation !== 'push') return undefined;
  const tags = [repository.properties.tags ?? []].flat();
  const written = isBuild ? [call.arguments.tag ?? [], call.arguments.t ?? []] : [call.arguments.words ?? []];
  const tag = written
    .flat(2)
    .filter((word) =>
      String(word)
        .replace(/:[\w.-]*$/, '')
        .endsWith(`/${repository.name}`),
    )
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

import { found } from '../answer.ts';
import { gives, type Operation } from '../operation.ts';

/** What is told of one thing is what its list tells of it: the list, the operation for one, the brace, the member. */
const SINGLE: readonly [list: string, name: string, brace: string, member: string][] = [
  ['accounts.tokens.list', 'accounts.tokens.get', 'token_id', 'id'],
  ['user.tokens.list', 'user.tokens.get', 'token_id', 'id'],
  ['workers.domains.list', 'workers.domains.get', 'domain_id', 'id'],
  ['workers.routes.list', 'workers.routes.get', 'route_id', 'id'],
  ['hyperdrive.configs.list', 'hyperdrive.configs.get', 'hyperdrive_id', 'id'],
  ['vectorize.indexes.list', 'vectorize.indexes.get', 'index_name', 'name'],
  ['workflows.list', 'workflows.get', 'workflow_name', 'name'],
  ['ssl.certificatePacks.list', 'ssl.certificatePacks.get', 'certificate_pack_id', 'id'],
  ['zeroTrust.access.policies.list', 'zeroTrust.access.policies.get', 'policy_id', 'id'],
  ['zeroTrust.access.groups.list', 'zeroTrust.access.groups.get', 'group_id', 'id'],
  ['zeroTrust.access.serviceTokens.list', 'zeroTrust.access.serviceTokens.get', 'service_token_id', 'id'],
  ['zeroTrust.identityProviders.list', 'zeroTrust.identityProviders.get', 'identity_provider_id', 'id'],
  ['alerting.policies.list', 'alerting.policies.get', 'policy_id', 'id'],
];

/** Operations that give one thing of a list, by its id or name. */
export const singlesOf = (operations: readonly Operation[]): readonly Operation[] =>
  SINGLE.map(([list, name, brace, member]) => {
    const listing = operations.find((operation) => operation.name === list);
    if (!listing) throw new Error(`there is no operation ${list}`);
    return gives(name, `${listing.path}/{${brace}}`, listing.needs, (asked) => {
      const things = listing.answer(asked) as readonly Record<string, unknown>[];
      // Codes of their own are not documented for all of these.
      return found(
        things.find((thing) => thing[member] === asked.at(brace)),
        7003,
        'Could not route to what was asked for, perhaps your object identifier is invalid?',
      );
    });
  });

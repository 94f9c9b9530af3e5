import { isUnknown } from '#lib/symbolic.ts';
import { commandTool } from './command-tool.ts';
import { lastValue, names, valuesOf } from './options.ts';

/** eksctl: clusters of Amazon EKS. eksctl user guide. */
export const eksctl = commandTool({
  names: ['eksctl'],
  grammar: {
    valued:
      names(`n name c cluster r region f config-file p profile version nodegroup-name t node-type N nodes m nodes-min M nodes-max zones
      namespace role-name attach-policy-arn attach-role-arn kubeconfig o output timeout arn group username tags fargate-profile-name`),
  },
  depth: 2,
  creates: /^create/,
  requires: /^(?:update|upgrade|scale|associate|enable|utils)/,
  deletes: /^delete/,
  prints: /^get/,
  named(call) {
    const region = lastValue(call, 'r', 'region');
    const own = /^(?:create|delete|get|update|upgrade) cluster$/.test(call.operation)
      ? [...valuesOf(call, 'n', 'name'), ...call.words.slice(0, 1)]
      : [];
    return [...own, ...valuesOf(call, 'c', 'cluster')]
      .filter((name) => !isUnknown(name))
      .map((name) => ({ kind: 'AWS::EKS::Cluster', name, ...(region && !isUnknown(region) && { region }) }));
  },
});

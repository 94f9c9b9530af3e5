import { environmentsOf } from '#lib/environments.ts';
import type { Fact } from '#model/fact.ts';
import { nameOfArn } from '../aws-names.ts';
import type { JsonValue } from '../json-source.ts';
import { statusOf } from '../name-status.ts';
import { type DefinitionContext, Named, placeOf } from './definition.ts';

/** The facts of an ECS service kept as JSON, as `aws ecs create-service --cli-input-json` takes it. */
export function serviceDefinitionFacts(root: JsonValue, context: DefinitionContext): Fact[] {
  const name = root.get('serviceName');
  const nameStatus = statusOf(name.text ?? '');
  if (!nameStatus || name.text === undefined) return [];
  const environments = context.environments.length > 0 ? context.environments : environmentsOf(name.text);
  const named = new Named(context, environments);
  const cluster = root.get('cluster');
  named.add(cluster, 'AWS::ECS::Cluster', 'runs-in');
  const scope = named.relations[0]?.to.name;
  const definition = root.get('taskDefinition').text ?? '';
  const family = nameOfArn(definition)?.name ?? definition.split(':')[0] ?? '';
  named.put({ kind: 'AWS::ECS::TaskDefinition', name: family }, root.get('taskDefinition'), 'uses');
  for (const balancer of root.get('loadBalancers').items) {
    named.add(balancer.get('targetGroupArn'), undefined, 'registers-in');
  }
  const desired = Number(root.get('desiredCount').text ?? Number.NaN);
  return [
    {
      kind: 'AWS::ECS::Service',
      name: name.text,
      ...(scope !== undefined && { scope }),
      source: 'repo',
      sort: context.sort,
      nameStatus,
      evidence: placeOf(name, context),
      environments,
      verb: 'creates',
      certainty: 'static',
      properties: { ...(Number.isInteger(desired) && { desiredCount: desired }) },
      relations: named.relations,
    },
    ...named.facts,
  ];
}

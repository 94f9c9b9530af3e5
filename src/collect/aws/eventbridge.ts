import {
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
  type Target,
} from '@aws-sdk/client-eventbridge';
import type { Kind, RelationFact } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { leadsTo } from './leads-to.ts';
import { lastPart, relation } from './parts.ts';
import { tokenPages } from './token-pages.ts';
import { whileListing } from './while-listing.ts';

const BUS: Kind = 'AWS::Events::EventBus';
const RULE: Kind = 'AWS::Events::Rule';

/** Event buses and their rules; the targets of those that files name. Amazon EventBridge API Reference, version 2015-10-07. */
export const eventbridge = defineAwsCollector({
  id: 'eventbridge',
  title: { fr: 'EventBridge', en: 'EventBridge' },
  service: 'events',
  where: 'regions',
  Client: EventBridgeClient,
  kinds: [BUS, RULE],
  permissions: {
    ListEventBuses: 'events:ListEventBuses',
    ListRules: 'events:ListRules',
    ListTargetsByRule: 'events:ListTargetsByRule',
  },
  async collect(aws) {
    await aws.list([BUS, RULE], () =>
      whileListing(async (begin) => {
        for await (const page of tokenPages((NextToken) =>
          aws.read(ListEventBusesCommand, { Limit: 100, NextToken }),
        ))
          for (const { Name = '', Arn } of page.EventBuses ?? []) {
            aws.see({
              kind: BUS,
              name: Name,
              ...(Arn && { arn: Arn }),
              operation: 'ListEventBuses',
              builtIn: Name === 'default',
            });
            begin(rulesOf(aws, Name));
          }
      }),
    );
  },
});

async function rulesOf(aws: AwsScope, bus: string): Promise<void> {
  await aws.list([RULE], () =>
    whileListing(async (begin) => {
      const ask = (NextToken: string | undefined) =>
        aws.read(ListRulesCommand, { EventBusName: bus, Limit: 100, NextToken });
      for await (const page of tokenPages(ask))
        for (const rule of page.Rules ?? []) begin(seeRule(aws, rule, bus));
    }),
  );
}

/** One page: a rule has five targets at most, unless its quota was raised. */
async function targetsOf(
  aws: AwsScope,
  rule: string,
  bus: string,
): Promise<{ targets: Target[]; refusal?: Refusal }> {
  const { output, refusal } = await aws.ask(ListTargetsByRuleCommand, {
    Rule: rule,
    EventBusName: bus,
    Limit: 100,
  });
  return { targets: output?.Targets ?? [], ...(refusal && { refusal }) };
}

async function seeRule(aws: AwsScope, rule: Rule, bus: string): Promise<void> {
  const name = rule.Name ?? '';
  const told = aws.isDeclared(RULE, name) ? await targetsOf(aws, name, bus) : undefined;
  aws.see({
    kind: RULE,
    name,
    ...(rule.Arn && { arn: rule.Arn }),
    operation: 'ListRules',
    properties: {
      state: rule.State,
      scheduleExpression: rule.ScheduleExpression,
      eventBusName: bus,
      managedBy: rule.ManagedBy,
      targets: told && !told.refusal ? told.targets.flatMap(({ Arn }) => Arn ?? []) : undefined,
    },
    relations: [
      relation('part-of', BUS, bus),
      leadsTo(aws, 'assumes', rule.RoleArn),
      ...(told?.targets ?? []).flatMap((target) => relationsOf(aws, target)),
    ],
    refusals: [told?.refusal],
    builtIn: rule.ManagedBy !== undefined,
  });
}

/** What a target is called with is not read: it may hold anything. */
const relationsOf = (
  aws: AwsScope,
  { Arn, RoleArn, EcsParameters, DeadLetterConfig }: Target,
): (RelationFact | undefined)[] => [
  leadsTo(aws, 'routes-to', Arn),
  leadsTo(aws, 'assumes', RoleArn),
  EcsParameters?.TaskDefinitionArn
    ? relation('routes-to', 'AWS::ECS::TaskDefinition', lastPart(EcsParameters.TaskDefinitionArn))
    : undefined,
  leadsTo(aws, 'dead-letters-to', DeadLetterConfig?.Arn),
];

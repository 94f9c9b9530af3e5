import {
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  ListFunctionUrlConfigsCommand,
} from '@aws-sdk/client-lambda';
import type { Json } from '#model/fact.ts';
import type { DetailScope } from '../aws-collector.ts';
import { isObject, statementsOf, textsIn } from '../policy-statements.ts';
import { stated } from '../stated.ts';
import type { WantedResource } from '../wanted.ts';
import { detailsOf, FUNCTION, namesOf } from './details.ts';

/** The host of a function URL, with its region: “Function URLs”, AWS Lambda Developer Guide. */
const URL_HOST = /^[a-z0-9]{16,40}\.lambda-url\.([a-z0-9-]{1,30})\.on\.aws$/;

export const regionOfUrl = (host: string): string | undefined => URL_HOST.exec(host)?.[1];

/** Functions that are asked for their URLs where one of a region is looked for. */
const MOST_ASKED = 100;

/** The URLs of the functions of a region: by its host nobody is told which function answers. */
export async function urlsOf(aws: DetailScope): Promise<void> {
  if (!aws.isFirst('function URLs')) return;
  const functions = aws.known(FUNCTION).slice(0, MOST_ASKED);
  await Promise.all(
    functions.map(async (one) => {
      const { output } = await aws.ask(ListFunctionUrlConfigsCommand, { FunctionName: one.name });
      const names = namesOf(output?.FunctionUrlConfigs ?? []);
      if (names.length > 0)
        aws.add({ ...one, properties: {} }, { operation: 'ListFunctionUrlConfigs', otherNames: names });
    }),
  );
}

/** The state of a function and its URLs, where the lists left them out; who may call it, and how many calls at once. */
export async function onPath(aws: DetailScope, wanted: WantedResource): Promise<void> {
  const FunctionName = wanted.name;
  const [details, policy, concurrency] = await Promise.all([
    aws.isDeclared(wanted.kind, wanted.name) ? undefined : detailsOf(aws, { FunctionName }),
    aws.ask(GetPolicyCommand, { FunctionName }, ['ResourceNotFoundException']),
    aws.ask(GetFunctionConcurrencyCommand, { FunctionName }),
  ]);
  if (details)
    aws.add(wanted, {
      operation: details.operation ?? 'ListFunctionUrlConfigs',
      otherNames: details.urls,
      properties: details.properties,
      refusals: details.refusals,
    });
  aws.add(wanted, {
    operation: 'GetPolicy',
    properties: {
      // no policy lets nobody call it but by their own
      invokedBy: policy.output && callersOf(policy.output.Policy),
      reservedConcurrentExecutions: concurrency.output?.ReservedConcurrentExecutions,
    },
    refusals: [policy.refusal, concurrency.refusal],
  });
}

/**
 * Who a resource-based policy lets call a function: principals, and what asks for them. AWS Lambda Developer Guide,
 * “Viewing resource-based IAM policies in Lambda”. Undefined where it cannot be read.
 */
function callersOf(text: string | undefined): Json | undefined {
  if (text === undefined) return [];
  const statements = statementsOf(text);
  return statements?.flatMap((statement): Json[] => {
    const { Effect, Action, Principal, Condition } = statement;
    const conditions = isObject(Condition) ? Object.values(Condition).filter(isObject) : [];
    const conditioned = (key: string) =>
      conditions.flatMap((keys) =>
        Object.entries(keys).flatMap(([name, value]) => (name.toLowerCase() === key ? textsIn(value) : [])),
      );
    const [principals, sources, accounts] = [
      textsIn(Principal),
      conditioned('aws:sourcearn'),
      conditioned('aws:sourceaccount'),
    ];
    return [
      stated({
        effect: typeof Effect === 'string' ? Effect : undefined,
        actions: textsIn(Action),
        principals,
        sourceArns: sources.length > 0 ? sources : undefined,
        sourceAccounts: accounts.length > 0 ? accounts : undefined,
      }),
    ];
  });
}

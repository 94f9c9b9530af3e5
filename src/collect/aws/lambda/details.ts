import {
  type FunctionConfiguration,
  type FunctionUrlConfig,
  GetFunctionConfigurationCommand,
  ListFunctionUrlConfigsCommand,
} from '@aws-sdk/client-lambda';
import type { Json, Kind } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { AwsScope } from '../aws-collector.ts';

export const FUNCTION: Kind = 'AWS::Lambda::Function';

/** What the list of functions leaves out. */
export interface Details {
  operation?: string;
  urls: string[];
  properties: Record<string, Json | undefined>;
  refusals: (Refusal | undefined)[];
}

/** URLs as files write them, and the hosts that are asked for. */
export const namesOf = (urls: readonly FunctionUrlConfig[]): string[] =>
  urls.flatMap(({ FunctionUrl: url = '' }) => {
    const host = /^https:\/\/([a-z0-9.-]+)/.exec(url)?.[1];
    return host === undefined ? [] : [url, host];
  });

/**
 * The state of a function and its URLs: two calls. Its image is not told: `GetFunction` alone knows it, and gives an
 * address from which code can be had, which no audit needs.
 */
export async function detailsOf(
  aws: AwsScope,
  { FunctionName }: Pick<FunctionConfiguration, 'FunctionName'>,
): Promise<Details> {
  const [state, url] = await Promise.all([
    aws.ask(GetFunctionConfigurationCommand, { FunctionName }),
    // asked for the one, the service answers as if the function were not there
    aws.ask(ListFunctionUrlConfigsCommand, { FunctionName }),
  ]);
  // aliases may have their own; one that anybody may call comes first
  const urls = url.output?.FunctionUrlConfigs ?? [];
  const first = urls.find(({ AuthType }) => AuthType === 'NONE') ?? urls[0];
  return {
    ...(state.output && { operation: 'GetFunctionConfiguration' }),
    urls: namesOf(urls),
    properties: {
      state: state.output?.State,
      stateReason: state.output?.StateReason,
      lastUpdateStatus: state.output?.LastUpdateStatus,
      functionUrl: first?.FunctionUrl,
      functionUrlAuthType: first?.AuthType,
    },
    refusals: [state.refusal, url.refusal],
  };
}

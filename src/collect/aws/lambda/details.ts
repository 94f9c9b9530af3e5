import {
  type FunctionConfiguration,
  GetFunctionCommand,
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
  image?: string;
  properties: Record<string, Json | undefined>;
  refusals: (Refusal | undefined)[];
}

/** The state of a function, its image and its URL: two calls. */
export async function detailsOf(
  aws: AwsScope,
  { FunctionName, PackageType }: FunctionConfiguration,
): Promise<Details> {
  const [state, url] = await Promise.all([
    PackageType === 'Image' ? withImage(aws, FunctionName) : configuration(aws, FunctionName),
    // asked for the one, the service answers as if the function were not there
    aws.ask(ListFunctionUrlConfigsCommand, { FunctionName }),
  ]);
  const { State, StateReason, LastUpdateStatus } = state.configuration ?? {};
  // aliases may have their own; one that anybody may call comes first
  const urls = url.output?.FunctionUrlConfigs ?? [];
  const first = urls.find(({ AuthType }) => AuthType === 'NONE') ?? urls[0];
  return {
    ...(state.configuration && { operation: state.operation }),
    urls: urls.flatMap(({ FunctionUrl }) => FunctionUrl ?? []),
    ...(state.image && { image: state.image }),
    properties: {
      state: State,
      stateReason: StateReason,
      lastUpdateStatus: LastUpdateStatus,
      image: state.image,
      functionUrl: first?.FunctionUrl,
      functionUrlAuthType: first?.AuthType,
    },
    refusals: [state.refusal, url.refusal],
  };
}

interface State {
  operation: string;
  configuration?: FunctionConfiguration;
  image?: string;
  refusal?: Refusal;
}

async function configuration(aws: AwsScope, FunctionName: string | undefined): Promise<State> {
  const { output, refusal } = await aws.ask(GetFunctionConfigurationCommand, { FunctionName });
  return {
    operation: 'GetFunctionConfiguration',
    ...(output && { configuration: output }),
    ...(refusal && { refusal }),
  };
}

/** Only asked of functions with an image: of the others it gives an address from which their code can be had. */
async function withImage(aws: AwsScope, FunctionName: string | undefined): Promise<State> {
  const { output, refusal } = await aws.ask(GetFunctionCommand, { FunctionName });
  return {
    operation: 'GetFunction',
    ...(output?.Configuration && { configuration: output.Configuration }),
    ...(output?.Code?.ImageUri && { image: output.Code.ImageUri }),
    ...(refusal && { refusal }),
  };
}

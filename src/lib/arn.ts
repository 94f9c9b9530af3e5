import { aroundSymbols } from './symbolic.ts';

/** The parts of an Amazon Resource Name. Empty parts are undefined. */
export interface Arn {
  partition: string;
  service: string;
  region?: string;
  account?: string;
  /** Everything after the account, colons and slashes kept. */
  resource: string;
}

const ARN =
  /^arn:(aws[\w-]*|[\ue000-\uf8ff]):([a-z0-9-]+):([a-z0-9-]*|[\ue000-\uf8ff]):(\d{12}|aws|[\ue000-\uf8ff]|)?:(.+)$/s;

/**
 * Takes an ARN apart. AWS documentation, “IAM identifiers”. Undefined when the text is none. A region or an account
 * that only the run will know (`⟨…⟩`) is undefined; the resource keeps its symbols.
 */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:') || text.length > 2048) return undefined;
  return aroundSymbols(text, (hidden) => {
    const match = ARN.exec(hidden);
    if (!match) return undefined;
    const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
    return {
      partition,
      service,
      ...(/^[a-z0-9-]+$/.test(region) && { region }),
      ...(/^[a-z0-9]+$/.test(account) && { account }),
      resource,
    };
  });
}

import { parseArn } from '#lib/arn.ts';
import { aroundSymbols } from '#lib/symbolic.ts';
import type { Kind } from '#model/fact.ts';
import { identity } from '#model/kinds/kinds.ts';
import type { Named } from '../tool.ts';

/** A text that is no name: a file, JSON, a placeholder of the shell, something with spaces. */
const NO_NAME = /^(?:file|fileb):\/\/|^[[{-]|[\s"'`<>|;]|^\$|\$\{|\{\{|^(?:None|null|true|false|undefined)$/;

/** The name, with the region and account of the ARN it came in; what belongs to AWS itself is nobody's. */
export function readAwsName(
  kind: Kind,
  value: string,
): Pick<Named, 'name' | 'region' | 'account' | 'scope'> | undefined {
  const text = value.trim();
  if (text === '' || text.length > 1024) return undefined;
  const arn = parseArn(text);
  if (!arn && text.startsWith('arn:')) return undefined;
  if (arn?.account === 'aws') return undefined;
  return aroundSymbols(text, (hidden) => {
    if (NO_NAME.test(hidden)) return undefined;
    const { name } = identity({ kind, name: hidden });
    const inCluster =
      kind === 'AWS::ECS::Service' ? /:service\/([^/]+)\/[^/]+$/.exec(hidden)?.[1] : undefined;
    return {
      name: name.startsWith('arn:') ? (name.split(/[:/]/).at(-1) ?? name) : name,
      ...(arn?.region && { region: arn.region }),
      ...(arn?.account && { account: arn.account }),
      ...(inCluster !== undefined && { scope: inCluster }),
    };
  });
}

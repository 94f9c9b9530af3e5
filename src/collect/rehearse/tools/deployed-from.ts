import { posix } from 'node:path';
import { hasSymbol } from '#lib/symbolic.ts';
import type { Named } from './tool.ts';

/** A stack with the template that a call deploys it from, as a path that ends like the file's own. */
export function deployedFrom(named: Named, template: string | undefined): Named {
  if (named.kind !== 'AWS::CloudFormation::Stack' || template === undefined || hasSymbol(template))
    return named;
  const path = posix.normalize(
    template.replace(/^file:\/\//, '').replace(/^(?:\.\/)?\.aws-sam\/build\//, ''),
  );
  const isFile = /^[\w][\w./-]{0,300}$/.test(path) && !path.startsWith('/');
  return isFile ? { ...named, properties: { ...named.properties, template: path } } : named;
}

import type { parser } from '@lezer/python';

/** A node of the trees that Lezer's parsers give. */
export type Node = NonNullable<ReturnType<ReturnType<typeof parser.parse>['topNode']['getChild']>>;

export const childrenOf = (node: Node): Node[] => {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
};

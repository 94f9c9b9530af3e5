/** A place in a text: the offset of its first character. */
interface Placed {
  at: number;
}

/** An expression of HCL, taken apart. HCL Native Syntax Specification, “Expressions”. */
export type Expression =
  | (Placed & { type: 'literal'; value: string | number | boolean | null })
  | (Placed & { type: 'template'; parts: TemplatePart[] })
  | (Placed & { type: 'tuple'; items: Expression[] })
  | (Placed & { type: 'object'; entries: { key: Expression; value: Expression }[] })
  | (Placed & { type: 'variable'; name: string })
  | (Placed & { type: 'attribute'; of: Expression; name: string })
  | (Placed & { type: 'index'; of: Expression; key: Expression })
  /** `of[*]…`: `each` is what is made of one element, which stands in it as `element`. */
  | (Placed & { type: 'splat'; of: Expression; each: Expression })
  | (Placed & { type: 'element' })
  | (Placed & { type: 'call'; name: string; arguments: Expression[]; spread: boolean; end: number })
  | (Placed & ForExpression)
  | (Placed & { type: 'conditional'; condition: Expression; yes: Expression; no: Expression })
  | (Placed & { type: 'binary'; operator: string; left: Expression; right: Expression })
  | (Placed & { type: 'unary'; operator: '-' | '!'; operand: Expression });

export interface ForExpression {
  type: 'for';
  /** What the key is called, where the expression names it. */
  key?: string;
  value: string;
  of: Expression;
  /** Of an object: what each of its keys is; a list has none. */
  keyResult?: Expression;
  result: Expression;
  grouped: boolean;
  condition?: Expression;
}

export type TemplatePart =
  | string
  | { type: 'value'; value: Expression }
  | { type: 'if'; condition: Expression; yes: TemplatePart[]; no: TemplatePart[] }
  | { type: 'for'; key?: string; value: string; of: Expression; body: TemplatePart[] };

export interface Attribute extends Placed {
  name: string;
  value: Expression;
}

export interface Block extends Placed {
  type: string;
  labels: string[];
  body: Body;
}

/** What stands between the braces of a block, or in a file. */
export interface Body {
  attributes: Attribute[];
  blocks: Block[];
}

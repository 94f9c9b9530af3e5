import { Cursor, HclError } from './cursor.ts';
import { readExpression } from './expressions.ts';
import type { Block, Body } from './nodes.ts';

/** A text over this many characters is no configuration that somebody wrote. */
const LONGEST = 2_000_000;

export interface ParsedHcl {
  /** What stands before the error, where there is one. */
  body: Body;
  error?: { offset: number; message: string };
}

/**
 * Reads HCL native syntax, as Terraform and OpenTofu take it: the blocks and attributes of a text, each with its place.
 * What follows an error is not read: nobody can tell what it belongs to. HCL Native Syntax Specification.
 */
export function parseHcl(text: string): ParsedHcl {
  const body: Body = { attributes: [], blocks: [] };
  if (text.length > LONGEST) return { body, error: { offset: 0, message: 'over 2 MB of HCL' } };
  const cursor = new Cursor(text);
  try {
    readBody(cursor, body, false);
    return { body };
  } catch (thrown) {
    if (!(thrown instanceof HclError)) throw thrown;
    return { body, error: { offset: thrown.offset, message: thrown.message } };
  }
}

function readBody(cursor: Cursor, body: Body, inBlock: boolean): void {
  for (;;) {
    cursor.nested(true, () => cursor.skip());
    if (inBlock ? cursor.take('}') : cursor.isAtEnd) return;
    const { at } = cursor;
    const name = cursor.identifier();
    if (name === undefined) cursor.fail(cursor.isAtEnd ? '"}"' : 'an argument or a block');
    else if (cursor.peek() === '=' && !cursor.startsWith('==')) {
      cursor.at += 1;
      body.attributes.push({ name, value: readExpression(cursor), at });
    } else body.blocks.push(readBlock(cursor, name, at));
    if (!/^[\n}]?$/.test(cursor.peek())) cursor.fail('a line end');
  }
}

function readBlock(cursor: Cursor, type: string, at: number): Block {
  const labels: string[] = [];
  while (cursor.peek() !== '{') {
    if (cursor.peek() === '"') labels.push(readLabel(cursor));
    else labels.push(cursor.identifier() ?? cursor.fail('"{"'));
  }
  cursor.at += 1;
  const body: Body = { attributes: [], blocks: [] };
  cursor.nested(false, () => readBody(cursor, body, true));
  return { type, labels, body, at };
}

/** A label is a text without templates. */
function readLabel(cursor: Cursor): string {
  const close = cursor.text.indexOf('"', cursor.at + 1);
  const label = cursor.text.slice(cursor.at + 1, close);
  if (close < 0 || close >= cursor.end || label.includes('\n')) cursor.fail('the end of a text');
  cursor.at = close + 1;
  return label;
}

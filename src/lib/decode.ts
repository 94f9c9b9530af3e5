import { isUtf8 } from 'node:buffer';

const SNIFFED = 8192;

/** The encoding that a mark at the start names. */
function marked(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  return undefined;
}

/** Whether bytes are no text, as git tells it: a NUL in the first 8 KB, unless a mark says UTF-16. */
export function isBinary(bytes: Uint8Array): boolean {
  const nul = bytes.subarray(0, SNIFFED).includes(0);
  return nul && !marked(bytes)?.startsWith('utf-16');
}

/**
 * The text of a file: UTF-16 where its mark says so, UTF-8 where the bytes are valid, else Windows-1252, in which
 * every byte is a character. Without the mark; line ends as `\n`. Never fails.
 */
export function decodeText(bytes: Uint8Array): string {
  const mark = marked(bytes);
  if (mark?.startsWith('utf-16')) return withLineFeeds(new TextDecoder(mark).decode(bytes));
  const content = mark ? bytes.subarray(3) : bytes;
  const text = isUtf8(content)
    ? Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('utf8')
    : new TextDecoder('windows-1252').decode(content);
  return withLineFeeds(text);
}

/** A lone carriage return ends a line only in files that have no other line end, as editors take it. */
function withLineFeeds(text: string): string {
  if (!text.includes('\r')) return text;
  return text.includes('\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\r', '\n');
}

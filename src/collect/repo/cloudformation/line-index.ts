/** The lines of a text by their offsets; made once, each question costs a binary search. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** The line (from 1) that holds the character at an offset. */
  lineOf(offset: number): number {
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** The text of a line (from 1), without its end. */
  textOf(line: number): string {
    const end = this.#starts[line];
    return this.#text.slice(this.#starts[line - 1] ?? 0, end === undefined ? undefined : end - 1);
  }
}

/**
 * Values kept by name up to a total size; the one used longest ago goes first. A value over half of the whole
 * is not kept.
 */
export class Kept<Value> {
  readonly #most: number;
  readonly #values = new Map<string, { value: Value; size: number }>();
  #size = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get(name: string): Value | undefined {
    const found = this.#values.get(name);
    if (!found) return undefined;
    this.#values.delete(name);
    this.#values.set(name, found);
    return found.value;
  }

  set(name: string, value: Value, size: number): void {
    if (size > this.#most / 2 || this.#values.has(name)) return;
    this.#values.set(name, { value, size });
    this.#size += size;
    for (const [oldest, { size: freed }] of this.#values) {
      if (this.#size <= this.#most) break;
      this.#values.delete(oldest);
      this.#size -= freed;
    }
  }
}

/** One assignment of a unit file, in the order of the text. Never to be kept as it is: its value may be a secret. */
export interface UnitAssignment {
  section: string;
  key: string;
  /** Continued lines joined by a space, white space around it removed, quotes and specifiers as written. */
  value: string;
  /** The line (from 1) on which the key stands. */
  line: number;
}

const SECTION = /^\[([^\]\n]{1,80})\]\s*$/;
const KEY = /^[A-Za-z][A-Za-z0-9-]{0,80}$/;
const MOST_ASSIGNMENTS = 2_000;
/** systemd.syntax(7): a longer line is refused. */
const LONGEST_VALUE = 100_000;
const MOST_ITEMS = 2_000;

/** Sections of systemd.unit(5) and its siblings, and of podman-systemd.unit(5). */
const SECTIONS =
  /^\[(?:Unit|Service|Timer|Socket|Path|Mount|Automount|Swap|Slice|Scope|Install|Container|Network|Volume|Pod|Kube|Image|Build)\]\s*$/m;

/** Whether a text is a unit file: others that end in `.service` (D-Bus, Avahi) have none of its sections. */
export const isUnitText = (text: string): boolean => SECTIONS.test(text.slice(0, 20_000));

/**
 * The assignments of a unit file or drop-in: comments (`#`, `;`) passed over, lines that end in a backslash joined with the
 * next one, comments between them left out. What is no assignment is passed over, as systemd does. systemd.syntax(7).
 */
export function parseUnit(text: string): UnitAssignment[] {
  const lines = text.split('\n');
  const found: UnitAssignment[] = [];
  let section = '';
  for (let index = 0; index < lines.length && found.length < MOST_ASSIGNMENTS; index += 1) {
    const line = index + 1;
    let written = (lines[index] ?? '').replace(/\r$/, '');
    if (isComment(written)) continue;
    const parts: string[] = [];
    let length = 0;
    while (written.endsWith('\\') && index + 1 < lines.length) {
      parts.push(written.slice(0, -1));
      length += written.length;
      do index += 1;
      while (index + 1 < lines.length && isRemark(lines[index] ?? ''));
      written = (lines[index] ?? '').replace(/\r$/, '');
    }
    parts.push(written);
    if (length + written.length > LONGEST_VALUE) continue;
    const whole = parts.join(' ').trim();
    const head = SECTION.exec(whole)?.[1];
    if (head !== undefined) {
      section = head;
      continue;
    }
    const equals = whole.indexOf('=');
    const key = equals < 0 ? '' : whole.slice(0, equals).trim();
    if (section !== '' && KEY.test(key))
      found.push({ section, key, value: whole.slice(equals + 1).trim(), line });
  }
  return found;
}

const isRemark = (line: string): boolean => /^\s*[#;]/.test(line);
const isComment = (line: string): boolean => line.trim() === '' || isRemark(line);

/** The assignments of one key that count: what stands before an empty value is taken back by it. systemd.syntax(7). */
export function listed<A extends Pick<UnitAssignment, 'section' | 'key' | 'value'>>(
  assignments: readonly A[],
  section: string,
  ...keys: string[]
): A[] {
  const own = assignments.filter((one) => one.section === section && keys.includes(one.key));
  const resetAt = (key: string) => own.findLastIndex((one) => one.key === key && one.value === '');
  return own.filter((one, index) => index > resetAt(one.key));
}

/** The last assignment of a key; undefined where there is none, or an empty one takes it back. */
export const single = <A extends Pick<UnitAssignment, 'section' | 'key' | 'value'>>(
  assignments: readonly A[],
  section: string,
  key: string,
): A | undefined => listed(assignments, section, key).at(-1);

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  s: ' ',
};

/**
 * The items of a value, quotes and C escapes taken off; specifiers (`%i`) and variables (`$PORT`) stay as written. A quote
 * that nothing closes is a character like others. systemd.syntax(7), “Quoting”.
 */
export function itemsOf(value: string): string[] {
  const items: string[] = [];
  let at = 0;
  while (at < value.length && items.length < MOST_ITEMS) {
    while (at < value.length && /\s/.test(value[at] as string)) at += 1;
    if (at >= value.length) break;
    let item = '';
    let quote = '';
    while (at < value.length) {
      const character = value[at] as string;
      if (character === '\\' && at + 1 < value.length) {
        const [text, length] = escaped(value, at);
        item += text;
        at += length;
        continue;
      }
      if (quote === '' && /\s/.test(character)) break;
      if (quote === '' && /["']/.test(character) && value.indexOf(character, at + 1) > 0) quote = character;
      else if (character === quote) quote = '';
      else item += character;
      at += 1;
    }
    items.push(item);
  }
  return items;
}

/** What an escape stands for, and how many characters it takes. */
function escaped(value: string, at: number): [string, number] {
  const next = value[at + 1] as string;
  const hexadecimal = next === 'x' ? /^[0-9a-fA-F]{2}/.exec(value.slice(at + 2, at + 4))?.[0] : undefined;
  if (hexadecimal !== undefined) return [String.fromCharCode(Number.parseInt(hexadecimal, 16)), 4];
  return [ESCAPES[next] ?? next, 2];
}

/** The assignments in one `Environment=`: `A=1 "B=two words"`. systemd.exec(5). Values are never to be kept. */
export function assignmentsOf(value: string): { name: string; value: string }[] {
  return itemsOf(value).flatMap((item) => {
    const equals = item.indexOf('=');
    const name = item.slice(0, Math.max(0, equals));
    return /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name) ? [{ name, value: item.slice(equals + 1) }] : [];
  });
}

/** The words of an `ExecStart=`, without the marks before its program (`-`, `@`, `:`, `+`, `!`). systemd.service(5). */
export function commandWords(value: string): string[] {
  const [program = '', ...words] = itemsOf(value);
  // `@BINDIR@/api`: what stands for it is filled in, and is no mark
  if (/^[-:+!|]*@+\w+@/.test(program)) return [program, ...words];
  const plain = program.replace(/^[-@:+!|]+/, '');
  // after `@` stands the name that the program is told it has
  const given = /^[-:+!|]*@/.test(program) ? words.slice(1) : words;
  return plain === '' ? [] : [plain, ...given];
}

/**
 * A unit's text with the specifiers put in that its name alone tells: `%n`, `%N`, `%p`, `%P`, `%%`, and `%i`, `%I`, `%j` of an
 * instance. Others, and all of a template that hang on its instance, stay as written. systemd.unit(5), “Specifiers”.
 */
export function specified(text: string, unit: string): string {
  if (!text.includes('%')) return text;
  const stem = unit.slice(0, Math.max(0, unit.lastIndexOf('.')));
  const at = stem.indexOf('@');
  const prefix = at < 0 ? stem : stem.slice(0, at);
  const instance = at < 0 ? undefined : stem.slice(at + 1);
  const isTemplate = instance === '';
  const values: Readonly<Record<string, string | undefined>> = {
    '%': '%',
    p: prefix,
    n: isTemplate ? undefined : unit,
    N: isTemplate ? undefined : stem,
    i: isTemplate ? undefined : (instance ?? ''),
  };
  return text.replace(/%([A-Za-z%])/g, (whole, letter: string) => values[letter] ?? whole);
}

/**
 * Whether a part of a text is only known where it is used: a specifier, or what a template puts in (`{{ user }}`, `@BINDIR@`,
 * `__APP__`, `<user>`).
 */
export const isOpen = (text: string): boolean =>
  /%[A-Za-z]|\{\{|\{%|\$\{\{|⟨|@[A-Za-z_]\w*@|__[A-Z][A-Z0-9_]*__|<[A-Za-z][\w .-]{0,60}>|\b(?:YOUR|CHANGE|REPLACE)[-_][A-Z]/.test(
    text,
  );

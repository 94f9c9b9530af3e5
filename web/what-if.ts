import { code, type Text } from '#model/text.ts';
import { counted, fill } from './text.ts';
import type { Effect, WhatIf } from './vocabulary.ts';
import { whatIfWords as words } from './words/what-if.ts';

/** One what-if as every format shows it: page, Markdown and terminal are made of the same texts. */
export interface WhatIfShown {
  heading: Text;
  /** `3 effects, 1 failure`. */
  summary: Text;
  effects: { mark: '✗' | '!' | '·'; word: Text; effect: Effect }[];
  /** Instead of effects, where there is none. */
  nothing?: Text;
  unknown: readonly Text[];
  commandTitle: Text;
  command: string;
}

const markOf = ({ fails, severity }: Effect): WhatIfShown['effects'][number]['mark'] =>
  fails ? '✗' : severity === 'low' ? '·' : '!';

/** What is shown of a what-if, in the order in which it would happen. */
export function whatIfShown(whatIf: WhatIf): WhatIfShown {
  const { effects, unknown, file, host, of, command, isRetired } = whatIf;
  const failing = effects.filter(({ fails }) => fails).length;
  const count = counted(effects.length, words.effect, words.effects);
  const failures = counted(failing, words.failingOne, words.failing);
  return {
    heading: fill(words[of], { file: code(file), host: code(host) }),
    summary:
      effects.length === 0
        ? words.none
        : failing === 0
          ? count
          : { fr: `${count.fr}, ${failures.fr}`, en: `${count.en}, ${failures.en}` },
    effects: effects.map((effect) => ({
      mark: markOf(effect),
      word: effect.fails ? words.fails : words.happens,
      effect,
    })),
    ...(effects.length === 0 && { nothing: unknown.length === 0 ? words.nothing : words.none }),
    unknown,
    commandTitle: isRetired ? words.command : words.commandLive,
    command,
  };
}

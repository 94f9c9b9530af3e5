import path from 'node:path';
import { shellWords } from '../mark.ts';
import { isSymbolic } from '../symbols.ts';
import { type CommandTable, line, printed } from './command.ts';

/** What people and events choose, and a rehearsal therefore tries: everything else is an answer. */
const CHOSEN = /^(?:inputs\.|github\.|matrix\.|argument \d|\$\w+$|other )/;

/** The commands that {@link mark} writes into scripts. */
export const markCommands: CommandTable = {
  /** `exit` comes: what is set now is all that later readers get. */
  __snapshot: () => printed(),
  /** A word is compared with literals. */
  __compare: ([subject = '', ...values], _, { session }) => {
    const name = session.symbols.sole(subject);
    if (name) for (const value of values) session.compare(name, value);
    else for (const value of values) compareBack(session, value, subject);
    return printed();
  },
  /** Whether what a guard tests is settled by who starts the script, and not by an answer that only the run has. */
  __decided: (words, _, { session }) =>
    printed(
      '',
      words.every((word) => session.symbols.namesIn(word).every((name) => CHOSEN.test(name))) ? 0 : 1,
    ),
  /** A loop's next turn; false ends a loop that would not end by itself. */
  __turn: ([most = '', id = ''], _, { session }) => {
    const turns = (session.turns.get(id) ?? 0) + 1;
    session.turns.set(id, turns > Number(most) ? 0 : turns);
    if (turns <= Number(most)) return printed();
    session.note(`loop in ${session.where(`${id.split(':')[0]}:0`).file} ended by the rehearsal`);
    return printed('', 1);
  },
  /** `cd` into a folder that is not there: made, and on a remote host taken to hold the repository. */
  __directory: async (args, context, { session }) => {
    const folder = args.find((arg) => !arg.startsWith('-'));
    if (!folder) return printed();
    const target = path.posix.resolve(context.cwd, folder);
    if (await context.fs.exists(target)) return printed();
    if (session.remote === undefined) await context.fs.mkdir(target, { recursive: true });
    else {
      session.files.mount(target);
      session.note(`${target} on ${session.remote} is taken to hold the repository`);
    }
    return printed();
  },
  /** `$RANDOM`, dates of `printf`: the same in every rehearsal. */
  __clock: (_, __, { session }) => line(session.symbols.of('time')),
  /** The words of a command whose name is an expansion, quoted again for `eval`. */
  __words: (args) => {
    let from = 0;
    while (from < args.length && isSymbolic(args[from]) && /^qz\w{3}zq$/i.test(args[from] ?? '')) from += 1;
    const words = args.slice(from);
    return line(words.length ? shellWords(words) : ':');
  },
};

/** `[ prod = "$X" ]` compares as well as `[ "$X" = prod ]`. */
function compareBack(
  session: {
    symbols: { sole(text: string): string | undefined };
    compare(name: string, value: string): void;
  },
  value: string,
  literal: string,
): void {
  const name = session.symbols.sole(value);
  if (name) session.compare(name, literal);
}

import { decodeBytesToUtf8, type ExecResult } from 'just-bash';
import type { Session } from '../session.ts';
import { isSymbolic } from '../symbols.ts';
import { type CommandContext, type CommandTable, line, type Run } from './command.ts';

/**
 * Commands that read a file or their input. What they find in an unknown answer, or in a file that only the real
 * machine would have, is unknown: a symbol, not the empty text that would make the false literal `img:`.
 */
const FILTERS =
  'awk base64 cat column cut egrep fgrep grep head jq md5sum nl paste rev rg sed sha1sum sha256sum sort tac tail tr uniq wc yq';

/** What would differ from one rehearsal to the next: the time, chance. */
const CHANCE: Readonly<Record<string, RegExp>> = {
  awk: /systime|s?rand\s*\(|strftime/,
  jq: /\bnow\b|\$__loc__|\binput_line_number\b/,
  yq: /\bnow\b/,
  sort: /^-\w*R|^--random-sort/,
};

function unknownOutput(name: string, args: readonly string[], input: string, session: Session): ExecResult {
  const shown = session.symbols.render(input).replace(/\s+/g, ' ').trim().slice(0, 40);
  const what = args.findLast((arg) => !arg.startsWith('-')) ?? '';
  return line(session.symbols.of(shown ? `${shown} | ${name} ${what}` : `${name} ${what}`));
}

const isMissing = (result: ExecResult): boolean =>
  result.exitCode !== 0 && /No such file/.test(result.stderr);

/** `null` from an unknown answer is no name either. */
const isNothing = (name: string, stdout: string): boolean =>
  stdout.trim() === '' || ((name === 'jq' || name === 'yq') && /^(null|\[\]|\{\})$/m.test(stdout.trim()));

async function filter(
  name: string,
  args: string[],
  context: CommandContext,
  session: Session,
): Promise<ExecResult> {
  const chance = CHANCE[name];
  if (!context.origCommand || (chance && args.some((arg) => chance.test(arg))))
    return line(session.symbols.of(`output of ${name}`));
  const input = decodeBytesToUtf8(context.stdin);
  const result = await context.origCommand(args);
  if (isMissing(result) && result.stdout === '') return unknownOutput(name, args, '', session);
  if (!isSymbolic(input)) return result;
  const quiet = /grep$|^rg$/.test(name) && args.some((arg) => /^-\w*q|^--quiet$/.test(arg));
  // A test of something unknown holds, like every command that nobody knows: loops that wait for it end.
  if (quiet) return { ...result, exitCode: 0 };
  // A count or a hash of a symbol would be a false number.
  if (/sum$|^wc$|^base64$/.test(name)) return unknownOutput(name, args, input, session);
  return isNothing(name, result.stdout) ? unknownOutput(name, args, input, session) : result;
}

/** `cp -f` and its like: options that the simulated commands refuse. */
const without =
  (refused: RegExp): Run =>
  (args, context) =>
    context.origCommand
      ? context.origCommand(
          args.map((arg) => (/^-\w/.test(arg) ? arg.replace(refused, '') : arg)).filter((arg) => arg !== '-'),
        )
      : line('');

export const filterCommands: CommandTable = {
  ...Object.fromEntries(
    FILTERS.split(' ').map((name): [string, Run] => [
      name,
      (args, context, { session }) => filter(name, args, context, session),
    ]),
  ),
  cp: without(/[fuLHxTt]/g),
  mv: without(/[fuT]/g),
};

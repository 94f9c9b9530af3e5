import { decodeBytesToUtf8, type ExecResult } from 'just-bash';
import type { Machine } from '../machine.ts';
import { toolFor } from '../tools/all.ts';
import { type CommandContext, type CommandTable, line, printed, type Run } from './command.ts';

/** `bash -c TEXT`, `bash -s`, `bash <<EOF`, `bash FILE`. */
const shell: Run = async (args, context, machine) => {
  let i = 0;
  let command: string | undefined;
  let fromInput = false;
  for (; i < args.length && /^[-+]/.test(args[i] ?? ''); i += 1) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      i += 1;
      break;
    }
    if (/^[-+]o$|^--(rcfile|init-file)$/.test(arg)) i += 1;
    else if (/^-[a-z]*c$/.test(arg)) command = args[++i];
    else if (/^-[a-z]*s$/.test(arg)) fromInput = true;
  }
  const rest = args.slice(i);
  if (command !== undefined) return machine.inner(command, context, { words: rest.slice(1) });
  if (fromInput || rest.length === 0)
    return machine.inner(decodeBytesToUtf8(context.stdin), context, { words: rest });
  return context.origCommand ? context.origCommand(rest) : printed();
};

/** Another user's shell: `su - app -c TEXT`, `runuser -u app -- CMD`. */
const su: Run = (args, context, machine) => {
  const at = args.findIndex((arg) => arg === '-c' || arg === '--command');
  if (at >= 0) return machine.inner(args[at + 1] ?? '', context, {});
  const dashes = args.indexOf('--');
  return dashes >= 0
    ? machine.start(args.slice(dashes + 1), context)
    : machine.inner(decodeBytesToUtf8(context.stdin), context, {});
};

const REMOTE_SHELL = /^(sudo )?(-\S+ )*(ba|da|z)?sh\b( -\w+)*( --)?( \S+)*$/;

/** Rehearses what a host is told to do: the words behind it, or what its shell reads. */
async function onHost(
  host: string,
  command: string,
  context: CommandContext,
  machine: Machine,
): Promise<ExecResult> {
  const remote = machine.session.symbols.render(host).replace(/^[^@]*@/, '');
  const input = decodeBytesToUtf8(context.stdin);
  const isShell = !command || REMOTE_SHELL.test(command);
  const script = isShell ? input || command : command;
  if (!script.trim()) return printed();
  // `RELEASE=7 bash -s`, `cd /srv && bash`: what stands before the shell that reads the script counts too
  const reads = !isShell && input.trim() !== '' && /\b(ba|da|z)?sh\b/.test(command);
  const at = context.env.get('__AT');
  return machine.inner(script, context, { remote, ...(reads && { input: true, ...(at && { at }) }) });
}

const ssh: Run = async (args, context, machine) => {
  const argv = ['ssh', ...args];
  await machine.record(argv, context);
  const parsed = toolFor('ssh')?.parse(argv);
  const [host = '', ...command] = [parsed?.operation, ...(parsed?.words ?? [])].filter(
    (word): word is string => Boolean(word),
  );
  return onHost(host, command.join(' '), context, machine);
};

/** A command handed to a container, a pod or an instance; only what has a shell behind it is looked into. */
const exec =
  (name: string): Run =>
  async (args, context, machine) => {
    const answer = await machine.record([name, ...args], context);
    const at = args.findIndex((arg, i) => /^(ba|da|z)?sh$/.test(arg) && /^-\w*c$/.test(args[i + 1] ?? ''));
    const text = args[at + 2];
    if (/^(exec|run|compose)$/.test(args[0] ?? '') && at > 0 && text) {
      const host = machine.session.remote ?? '';
      await machine.inner(text, context, { remote: `${host}${host && ' '}container` });
    }
    return line(answer);
  };

export const shellCommands: CommandTable = {
  bash: shell,
  sh: shell,
  zsh: shell,
  dash: shell,
  su,
  runuser: su,
  ssh,
  docker: exec('docker'),
  podman: exec('podman'),
};

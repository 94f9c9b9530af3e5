import path from 'node:path';

/** Commands that start another: which of their options take a value. */
const WRAPPERS: ReadonlyMap<string, RegExp> = new Map([
  ['sudo', /^-[ughpCTRD]$|^--(user|group|host|prompt)$/],
  ['doas', /^-[uC]$/],
  ['env', /^-[uCS]$|^--(unset|chdir)$/],
  ['timeout', /^-[ks]$|^--(kill-after|signal)$/],
  ['gtimeout', /^-[ks]$/],
  ['nohup', /^$/],
  ['setsid', /^$/],
  ['nice', /^-n$/],
  ['ionice', /^-[cn]$/],
  ['time', /^-[fo]$/],
  ['stdbuf', /^-[ioe]$/],
  ['unbuffer', /^$/],
  ['chronic', /^$/],
  ['caffeinate', /^-[tw]$/],
  ['xvfb-run', /^-[enfsw]$/],
  ['winpty', /^$/],
  ['npx', /^(-p|-w|--package|--workspace|--node-options)$/],
  ['bunx', /^$/],
  ['retry', /^(-[a-zA-Z]|--(tries|times|delay|sleep|backoff|max|min|until|fail))$/],
  ['flock', /^-[wE]$/],
  ['watch', /^-n$|^--interval$/],
  ['uvx', /^--from$/],
]);
/** Tools whose command stands behind `--`, or behind a subcommand. */
const BEHIND_DASHES = new Set([
  'aws-vault',
  'doppler',
  'op',
  'chamber',
  'dotenv',
  'infisical',
  'teller',
  'dotenvx',
  'granted',
  'assume',
  'saml2aws',
  'awsume',
  'mise',
  'devbox',
  'nix',
  'nix-shell',
  'direnv',
  'envchain',
  'vault-env',
]);
const BEHIND_WORD: ReadonlyMap<string, RegExp> = new Map([
  ['poetry', /^run$/],
  ['pipenv', /^run$/],
  ['uv', /^run$/],
  ['pdm', /^run$/],
  ['rye', /^run$/],
  ['bundle', /^exec$/],
  ['corepack', /^(npm|yarn|pnpm)$/],
  ['rtx', /^exec$/],
  ['asdf', /^exec$/],
]);

/** Names of all commands that start another. */
export const WRAPPER_NAMES: readonly string[] = [...WRAPPERS.keys(), ...BEHIND_DASHES, ...BEHIND_WORD.keys()];

export interface Unwrapped {
  /** The command within; empty when there is none. */
  argv: string[];
  environment: Record<string, string>;
}

/** The command that a wrapper starts (`sudo -u app docker ps` gives `docker ps`); undefined when the first word wraps nothing. */
export function unwrap(argv: readonly string[]): Unwrapped | undefined {
  const [name = '', ...args] = argv;
  if (BEHIND_DASHES.has(name)) {
    const dashes = args.indexOf('--');
    return dashes < 0 ? undefined : { argv: args.slice(dashes + 1), environment: {} };
  }
  const word = BEHIND_WORD.get(name);
  if (word) {
    const at = args.findIndex((arg) => word.test(arg));
    if (at < 0) return undefined;
    const rest = args.slice(name === 'corepack' ? at : at + 1);
    return {
      argv: rest[0] === '--' ? rest.slice(1) : rest.filter((arg, i) => i > 0 || !arg.startsWith('-')),
      environment: {},
    };
  }
  const valued = WRAPPERS.get(name);
  if (!valued) return undefined;
  const environment: Record<string, string> = Object.create(null);
  let i = 0;
  for (; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    const assignment = (name === 'env' || name === 'sudo') && /^([A-Za-z_]\w*)=(.*)$/s.exec(arg);
    if (arg === '--') {
      i += 1;
      break;
    }
    if (assignment) environment[assignment[1] ?? ''] = assignment[2] ?? '';
    else if (!arg.startsWith('-')) break;
    else if (valued.test(arg)) i += 1;
  }
  // `timeout 30 CMD`, `flock FILE CMD`; `retry 5 CMD` in its older form
  if (/^g?timeout$|^flock$/.test(name) || (name === 'retry' && /^\d+$/.test(args[i] ?? ''))) i += 1;
  const rest = args.slice(i);
  const first = rest[0];
  // npx wrangler@4
  if (first !== undefined) rest[0] = first.replace(/(?<=[\w/])@[\w.^~-]+$/, '');
  return { argv: rest, environment };
}

/** The name under which a command is known: `/usr/local/bin/aws` is `aws`. */
export const commandName = (word: string): string => (word.includes('/') ? path.posix.basename(word) : word);

/** The command line that another starts in the end, through all its wrappers. */
export function commandWithin(given: readonly string[]): string[] {
  let argv = [...given];
  for (let i = 0; i < 5; i += 1) {
    const inner = unwrap(argv);
    if (!inner) break;
    argv = inner.argv;
  }
  return [commandName(argv[0] ?? ''), ...argv.slice(1)];
}

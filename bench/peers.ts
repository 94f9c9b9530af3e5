import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Measured } from './measure.ts';

/** Runs a command that brings a peer. @throws with its words when it fails. */
function bring(env: NodeJS.ProcessEnv, program: string, ...parameters: string[]): void {
  process.stderr.write(`bringing a peer: ${program} ${parameters.join(' ')}\n`);
  const { status, stderr, error } = spawnSync(program, parameters, {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (error || status !== 0)
    throw new Error(`${program}: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
}

/** A package of PyPI in a virtual environment of its own in `folder`, brought where it is not there yet. */
export function fromPyPI(folder: string, name: string): { bin: string; version: string } {
  const bin = path.join(folder, name, 'bin');
  const about = path.join(folder, name, 'brought.txt');
  if (!existsSync(about)) {
    bring({}, 'python3', '-m', 'venv', '--clear', path.join(folder, name));
    bring({}, path.join(bin, 'pip'), 'install', '--quiet', name);
    const { stdout } = spawnSync(path.join(bin, 'pip'), ['show', name], { encoding: 'utf8' });
    // written last, so that what was interrupted is not taken for whole
    writeFileSync(about, /^Version: (.+)$/m.exec(stdout)?.[1] ?? '');
  }
  return { bin, version: readFileSync(about, 'utf8') };
}

/**
 * The peers on a repository, as their users run them, offline. With `install`, those that are neither in PATH nor in
 * `folder` are brought there: Checkov from PyPI, gitleaks with Go.
 */
export function peers(folder: string, repository: string, install: boolean): Map<string, Measured> {
  const found = new Map<string, Measured>();
  const checkov = path.join(folder, 'checkov');
  const gitleaks = path.join(folder, 'gitleaks');
  mkdirSync(folder, { recursive: true });
  if (install) fromPyPI(folder, 'checkov');
  if (install && !existsSync(path.join(gitleaks, 'gitleaks')))
    bring({ GOBIN: gitleaks }, 'go', 'install', 'github.com/zricethezav/gitleaks/v8@latest');

  const program = (own: string, name: string) => {
    if (existsSync(own)) return own;
    return spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim() || undefined;
  };
  const checkovProgram = program(path.join(checkov, 'bin/checkov'), 'checkov');
  if (checkovProgram) {
    const frameworks = [
      'terraform',
      'cloudformation',
      'dockerfile',
      'github_actions',
      'kubernetes',
      'secrets',
    ];
    const command = [
      checkovProgram,
      '-d',
      repository,
      '--quiet',
      '--compact',
      '--skip-download',
      '-o',
      'json',
    ];
    found.set('Checkov', { command: [...command, '--framework', ...frameworks], accepts: [0, 1] });
  }
  const gitleaksProgram = program(path.join(gitleaks, 'gitleaks'), 'gitleaks');
  if (gitleaksProgram)
    found.set('gitleaks', {
      command: [gitleaksProgram, 'dir', repository, '--no-banner', '--exit-code', '0'],
    });
  return found;
}

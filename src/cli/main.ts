import { version } from '../version.ts';

/** `--version` alone needs nothing else: it answers before anything is loaded. */
if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
  process.stdout.write(`${version}\n`);
} else {
  const { run } = await import('./run.ts');
  process.exitCode = await run(process.argv);
}

import path from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { startVitest } from 'vitest/node';
import { runChecks } from './check.ts';

interface Counts {
  passed: number;
  failed: number;
  /** What was skipped, with the reason that the test gives. */
  skipped: string[];
}

/** Adds up what was run. A file that could not be run, and an error outside any test, count as one failure each. */
class Counter implements Reporter {
  readonly counts: Counts = { passed: 0, failed: 0, skipped: [] };

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    this.counts.failed += errors.length;
    for (const module of modules) {
      if (module.errors().length > 0) this.counts.failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') this.counts.passed += 1;
        else if (result.state === 'skipped')
          this.counts.skipped.push(`${test.fullName}: ${result.note ?? 'no reason given'}`);
        else this.counts.failed += 1;
      }
      for (const suite of module.children.allSuites()) this.counts.failed += suite.errors().length;
    }
  }
}

/** All tests, or those whose path holds one of the filters. */
async function runTests(root: string, filters: string[]): Promise<Counts> {
  const counter = new Counter();
  const vitest = await startVitest('test', filters, {
    root,
    run: true,
    watch: false,
    reporters: ['default', counter],
  });
  await vitest.close();
  return counter.counts;
}

const root = path.dirname(import.meta.dirname);
const checks = await runChecks(root);
const tests = await runTests(root, process.argv.slice(2));
const passed = checks.passed + tests.passed;
// No test at all is a mistake in how they were looked for.
const failed = checks.failed + tests.failed + (tests.passed + tests.failed === 0 ? 1 : 0);
for (const one of tests.skipped) process.stdout.write(`skipped: ${one}\n`);
const skipped = tests.skipped.length ? `, ${tests.skipped.length} skipped` : '';
process.stdout.write(`${passed} passed, ${failed} failed${skipped}\n`);
process.exit(failed ? 1 : 0);

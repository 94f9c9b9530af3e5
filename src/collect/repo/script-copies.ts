import { createHash } from 'node:crypto';
import { isOperationProgram } from '#lib/operation-programs.ts';
import { defineCollector } from '../collector.ts';
import { isRetired } from './retired.ts';

const SCRIPT = /\.(?:sh|bash|zsh)$/;
const LEFT_OUT =
  /(?:^|\/)(?:node_modules|vendor|third_party|site-packages|\.venv|venv|dist|testdata|fixtures|templates?|examples?|samples?)\//i;
/** Shorter ones are alike by nature: one command and the line that names the shell. */
const FEWEST_LINES = 8;

/** Scripts of the same text in several places: a correction of one leaves the others as they are. */
export const scriptCopies = defineCollector({
  id: 'script-copies',
  source: 'repo',
  title: { fr: 'Copies de scripts', en: 'Copies of scripts' },
  isSecondLook: true,
  reads: ({ path }) =>
    (SCRIPT.test(path) || isOperationProgram(path.toLowerCase())) && !LEFT_OUT.test(path) && !isRetired(path),
  collectAll(readings, sinkOf) {
    const byDigest = Map.groupBy(
      readings.flatMap(({ path, lines }) => {
        const kept = lines.map((line) => line.trimEnd()).filter(Boolean);
        if (kept.length < FEWEST_LINES) return [];
        return [{ path, digest: createHash('sha256').update(kept.join('\n')).digest('hex') }];
      }),
      ({ digest }) => digest,
    );
    for (const same of byDigest.values()) {
      const [first] = same;
      if (first && same.length > 1)
        sinkOf(first.path).artifact('scriptCopies', { files: same.map(({ path }) => path).sort() });
    }
  },
});

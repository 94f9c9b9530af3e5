import { defineCollector, type Reading, type Sink } from '../collector.ts';
import { isUnitText } from '../systemd/unit-text.ts';
import { cronFact } from './cron/job-facts.ts';
import { jobLines, jobOf } from './cron/job-lines.ts';
import { filled, pathOf, scriptVariables, writtenFiles } from './installs/heredocs.ts';
import type { Lookup } from './interpolation.ts';
import { type Standing, standingOf } from './standing.ts';
import { unitOfPath } from './systemd/unit-name.ts';
import { type UnitPart, unitPart } from './systemd/unit-part.ts';
import { collectUnit, grouped } from './systemd.ts';
import { isWorkflowPath } from './workflow-files.ts';

const SCRIPT =
  /\.(?:sh|bash|zsh)(?:\.(?:tpl|tmpl|j2|in|tftpl))?$|^(?:docker|container)file|\.(?:docker|container)file$|^(?:gnu)?makefile$|^vagrantfile$|^user[-_]?data(?:\.[\w.]{1,20})?$/;
/** What a text holds that installs a unit or a job: most scripts do neither. */
const UNIT = /^\s*\[(?:Unit|Service|Timer|Socket|Container)\]/m;
const TABLE = /crontab\b|cron\.d\b/;
const LONGEST = 400_000;
const LONGEST_LINE = 2_000;

/** Scripts, Dockerfiles and workflows that write units and tables of cron where a host reads them. */
export const installs = defineCollector({
  id: 'installs',
  source: 'repo',
  title: { fr: 'script qui installe des unités ou des tâches', en: 'script that installs units or jobs' },
  isSecondLook: true,
  reads: ({ path, plain }) => SCRIPT.test(plain) || isWorkflowPath(path),
  holds: (text) => text.length <= LONGEST && ((text.includes('<<') && UNIT.test(text)) || TABLE.test(text)),
  collect(reading, sink) {
    const lookup = scriptVariables(reading.lines);
    const standing = standingIn(reading.path);
    const parts: UnitPart[] = [];
    for (const { path, text, line } of writtenFiles(reading.lines, lookup)) {
      const isTable = /^crontab(?: of |$)/.test(path) || /^\/etc\/cron\.d\/|^\/etc\/crontab$/.test(path);
      if (isTable) {
        for (const { line: own, ...job } of jobLines(text, path.startsWith('/')))
          sink.fact(cronFact(path, job, reading.at(line + own - 1), standing));
        continue;
      }
      const unit = unitOfPath(path);
      const part =
        unit &&
        isUnitText(text) &&
        unitPart(unit, text, {
          file: reading.path,
          installedAs: path,
          before: line - 1,
          standing,
          at: (one) => reading.at(one),
        });
      if (part) parts.push(isEdited(reading.lines, path) ? open(part) : part);
    }
    for (const group of grouped(parts)) collectUnit(group, sink);
    collectEchoed(reading, sink, lookup);
  },
});

/** What an image holds runs in containers of it, and on no host. */
function standingIn(path: string): Standing {
  const standing = standingOf(path, { rendered: true });
  const isImage = /(?:^|[/.])(?:docker|container)file/i.test(path) && standing.sort === 'declared';
  return isImage ? { ...standing, sort: 'reference' } : standing;
}

/** Whether a script changes a file after it wrote it: then what it wrote is not what is there. */
const isEdited = (lines: readonly string[], path: string): boolean => {
  const base = path.slice(path.lastIndexOf('/') + 1);
  return lines.some(
    (line) => line.length <= LONGEST_LINE && /\bsed\b|SED|\benvsubst\b/.test(line) && line.includes(base),
  );
};

const open = (part: UnitPart): UnitPart => ({
  ...part,
  assignments: part.assignments.map((one) => ({ ...one, isConditional: true })),
});

const QUOTED = /\b(?:echo|printf)\s+(?:-[en]{1,2}\s+)?("[^"\n]{9,600}"|'[^'\n]{9,600}')/g;
const TARGET = /(?:>{1,2}|\btee\s+(?:-a\s+)?)\s{0,4}["']?(\/etc\/cron\.d\/[\w${}.-]{1,80}|\/etc\/crontab)\b/;
const TO_CRONTAB = /\|\s*(?:sudo\s+)?crontab\s+(?:-u\s*(\S{1,60})\s+)?-/;

/** `(crontab -l; echo "0 3 * * * …") | crontab -`, and an `echo` into a table. */
function collectEchoed(reading: Reading, sink: Sink, lookup: Lookup): void {
  for (const [index, line] of reading.lines.entries()) {
    if (line.length > LONGEST_LINE || !line.includes('cron') || /^\s*#/.test(line)) continue;
    const target = TARGET.exec(line)?.[1];
    const piped = target === undefined ? TO_CRONTAB.exec(line) : undefined;
    if (target === undefined && !piped) continue;
    const user = piped?.[1];
    const file =
      target !== undefined
        ? filled(target, lookup)
        : user === undefined
          ? 'crontab'
          : `crontab of ${pathOf(user, lookup)}`;
    for (const [, quoted = ''] of line.matchAll(QUOTED)) {
      const job = jobOf(pathOf(quoted, lookup).replace(/\\n$/, ''), target !== undefined);
      if (job) sink.fact(cronFact(file, job, reading.at(index + 1), standingIn(reading.path)));
    }
  }
}

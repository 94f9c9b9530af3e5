import { defineCollector } from '../collector.ts';
import { cronFact } from './cron/job-facts.ts';
import { holdsJobs, jobLines } from './cron/job-lines.ts';
import { withoutRetiredMark } from './retired.ts';
import { standingOf } from './standing.ts';

const NAME =
  /^(?:[\w-]{1,60}[._-])?cron(?:tab|jobs?)?(?:[._-](?!d$)[\w-]{1,40})?(?:\.(?:txt|j2|jinja2?|template|tmpl|tpl|in|erb|example|sample|dist))?$|\.cron(?:tab)?$/;
const FOLDER = /(?:^|\/)cron\.d\/[^/]+$/i;
/** Programs and prose that are called after it. */
const OTHER =
  /\.(?:[cm]?[jt]sx?|py|rb|go|php|java|rs|sh|bash|md|json|ya?ml|toml|html|css|png|svg|service|timer|tf|sql|lock)$/;

/** Tables of cron: the jobs that a host would start. crontab(5). */
export const cron = defineCollector({
  id: 'cron',
  source: 'repo',
  title: { fr: 'table cron', en: 'cron table' },
  reads: ({ path, plain }) => (NAME.test(plain) || FOLDER.test(path)) && !OTHER.test(plain),
  holds: holdsJobs,
  collect(reading, sink) {
    const { path, text } = reading;
    const plain = withoutRetiredMark(path);
    const name = plain
      .slice(plain.lastIndexOf('/') + 1)
      .replace(/\.(?:j2|jinja2?|template|tmpl|tpl|in|erb)$/, '');
    const isOfFolder = FOLDER.test(plain);
    const isSystem = isOfFolder || /(?:^|\/)etc\/crontab$/.test(plain) ? true : 'unknown';
    const standing = standingOf(path, { rendered: true });
    for (const { line, ...job } of jobLines(text, isSystem)) {
      const file = isOfFolder ? `/etc/cron.d/${name}` : isSystem === true ? '/etc/crontab' : 'crontab';
      sink.fact(cronFact(file, job, reading.at(line), standing));
    }
  },
});

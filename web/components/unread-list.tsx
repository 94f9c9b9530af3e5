import { Say } from '../speech.tsx';
import { fill } from '../text.ts';
import { grouped, type View } from '../view.ts';
import type { Coverage } from '../vocabulary.ts';
import { basisWords as words } from '../words/sections.ts';
import { Name } from './name.tsx';

type Unread = NonNullable<Coverage['unread']>[number];

const MOST_REASONS = 200;
const MOST_FILES = 12;

const at = ({ file, line }: Unread) => (line === undefined ? file : `${file}:${line}`);

/** Files left out, those with the same reason together. */
function Reasons({ unread }: { unread: readonly Unread[] }) {
  const groups = [...grouped(unread, ({ why }) => `${why.fr}\0${why.en}`).values()];
  return (
    <dl class="unread">
      {groups.slice(0, MOST_REASONS).map((files, index) => (
        <div key={index}>
          <dt>{files[0] && <Say text={files[0].why} />}</dt>
          <dd>
            {files.slice(0, MOST_FILES).map((file, nth) => (
              <Name key={nth} text={at(file)} />
            ))}
            {files.length > MOST_FILES && <span class="mute">+{files.length - MOST_FILES}</span>}
          </dd>
        </div>
      ))}
      {groups.length > MOST_REASONS && (
        <div>
          <dt>
            <Say text={fill(words.more, { n: groups.length - MOST_REASONS })} />
          </dt>
        </div>
      )}
    </dl>
  );
}

/** What was there and was not read: first what the audit was asked for, then what no audit reads. */
export function UnreadList({ view }: { view: View }) {
  const unread = view.report.coverage.flatMap((coverage) => coverage.unread ?? []);
  const parts = [
    { title: words.unreadAsked, list: unread.filter(({ asked }) => asked), open: true },
    { title: words.unreadLeft, list: unread.filter(({ asked }) => !asked), open: false },
  ].filter(({ list }) => list.length > 0);
  return (
    <div class="group">
      {parts.map(({ title, list, open }) => (
        <details key={title.en} class="item" open={open}>
          <summary>
            <span class="grow">
              <Say text={title} />
            </span>
            <span class="ct">{list.length}</span>
          </summary>
          <div class="in">
            <Reasons unread={list} />
          </div>
        </details>
      ))}
    </div>
  );
}

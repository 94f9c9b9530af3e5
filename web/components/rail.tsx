import type { Text } from '#model/text.ts';
import { Say, useSpeech } from '../speech.tsx';
import { digits } from '../text.ts';
import { pageWords as words } from '../words/page.ts';
import { Glyph } from './mark.tsx';

export interface Entry {
  id: string;
  title: Text;
  count?: number;
}

/** The contents, always at hand, and what can be done to the page. */
export function Rail({ entries }: { entries: readonly Entry[] }) {
  const { label, lang } = useSpeech();
  return (
    <header class="rail">
      <a class="brand" href="#summary">
        <Glyph name="verified" />
        Constat
      </a>
      <nav {...label(words.contents, 'aria-label')}>
        <ol>
          {entries.map(({ id, title, count }, index) => (
            <li key={id}>
              <a href={`#${id}`}>
                <i>{index + 1}</i>
                <Say text={title} class="w" />
                <b>{count === undefined ? '' : digits(count, lang)}</b>
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <div class="tools js-only">
        <button class="btn" id="theme" type="button">
          <Say text={words.theme} />
        </button>
        <button class="btn" id="language" type="button" lang={lang === 'fr' ? 'en' : 'fr'}>
          <Say text={words.otherLanguage} />
        </button>
        <button class="btn print" id="print" type="button">
          <Say text={words.print} />
        </button>
      </div>
    </header>
  );
}

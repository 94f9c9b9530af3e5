import { Say } from '../speech.tsx';
import { pageWords } from '../words/page.ts';

/** A button that opens or closes every disclosure that a selector names. */
export const Expand = ({ selector }: { selector: string }) => (
  <button class="btn js-only" type="button" data-expand={selector} aria-expanded="false">
    <Say text={pageWords.openAll} class="when-closed" />
    <Say text={pageWords.closeAll} class="when-open" />
  </button>
);

import { MARKS } from '../marks.ts';

const symbols = Object.entries(MARKS)
  .map(
    ([name, drawing]) => `<symbol id="m-${name}" viewBox="0 0 16 16" fill="currentColor">${drawing}</symbol>`,
  )
  .join('');

/** Every drawing once; the rest of the page uses them by name. Our own markup, nothing audited. */
export const Sprite = () => (
  <svg class="sprite" width="0" height="0" aria-hidden="true" dangerouslySetInnerHTML={{ __html: symbols }} />
);

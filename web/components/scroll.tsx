import type { ComponentChildren } from 'preact';
import type { Text } from '#model/text.ts';
import { useSpeech } from '../speech.tsx';

/** A region that scrolls sideways when its table is wider than the page, and that the keyboard reaches. */
export function Scroll(props: { label: Text; class?: string; children: ComponentChildren }) {
  const { label } = useSpeech();
  const classes = props.class ? `scroll ${props.class}` : 'scroll';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class={classes} tabIndex={0} {...label(props.label, 'aria-label')}>
      {props.children}
    </section>
  );
}

import type { ComponentChildren } from 'preact';
import type { Text } from '#model/text.ts';
import { Say } from '../speech.tsx';

/** A numbered section: an ink rule, its number, its title and one sentence. */
export function Section(props: {
  id: string;
  number: number;
  title: Text;
  say?: Text;
  children: ComponentChildren;
}) {
  return (
    <section id={props.id} aria-labelledby={`h-${props.id}`}>
      <div class="h">
        <span class="n" aria-hidden="true">
          {props.number}
        </span>
        <h2 id={`h-${props.id}`}>
          <Say text={props.title} />
        </h2>
        {props.say && (
          <p class="say">
            <Say text={props.say} />
          </p>
        )}
      </div>
      {props.children}
    </section>
  );
}

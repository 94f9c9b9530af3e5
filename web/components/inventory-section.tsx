import { inventoryOf, wholeInventory } from '../inventory.ts';
import { Say } from '../speech.tsx';
import { counted, fill } from '../text.ts';
import type { View } from '../view.ts';
import { inventoryWords as words } from '../words/inventory.ts';
import { sectionWords } from '../words/page.ts';
import { DomainTable } from './domain-table.tsx';
import { EnvironmentFiles } from './environment-files.tsx';
import { Explorer } from './explorer.tsx';
import { Section } from './section.tsx';

/** Rows in the document itself; where a script runs it shows one page at a time of all of them. */
const STATIC_ROWS = 200;

/** Every resource, counted and listed. */
export function InventorySection({ view, number }: { view: View; number: number }) {
  const inventory = inventoryOf(view);
  const total = inventory.rows.length;
  return (
    <Section
      id="inventory"
      number={number}
      title={sectionWords.inventory}
      say={counted(total, words.sayOne, words.say)}
    >
      <DomainTable view={view} />
      <h3 class="sub">
        <Say text={words.all} />
      </h3>
      <div id="explorer">
        <Explorer
          inventory={inventory}
          look={wholeInventory}
          found={inventory.rows}
          shown={inventory.rows.slice(0, STATIC_ROWS)}
          from={0}
        />
      </div>
      {view.builtIn && (
        <p class="small">
          <Say text={view.builtIn} />
        </p>
      )}
      {total > STATIC_ROWS && (
        <noscript>
          <p class="small">
            <Say text={fill(words.firstRows, { n: STATIC_ROWS, total })} />
          </p>
        </noscript>
      )}
      <EnvironmentFiles view={view} />
    </Section>
  );
}

import { render } from 'preact';
import { Explorer } from '../components/explorer.tsx';
import { type Inventory, type Look, searcher, wholeInventory } from '../inventory.ts';
import { SpeechContext } from '../speech.tsx';
import { language } from './dom.ts';

const PAGE = 25;
/** A printed inventory stops here; the JSON report holds the rest. */
const MOST_PRINTED = 2000;

export interface InventoryExplorer {
  look(change: Partial<Look>): void;
  /** Draws it again, in the page's present language. */
  refresh(): void;
}

/** The inventory, one page of rows in the document whatever their number. */
export function enableInventory(inventory: Inventory): InventoryExplorer | undefined {
  const container = document.getElementById('explorer');
  if (!container) return undefined;
  const search = searcher(inventory);
  let look = wholeInventory;
  let found = search(look);
  let page = 0;
  let printing = false;

  const draw = () => {
    const from = printing ? 0 : page * PAGE;
    render(
      <SpeechContext.Provider value={{ lang: language() }}>
        <Explorer
          inventory={inventory}
          look={look}
          found={found}
          shown={found.slice(from, from + (printing ? MOST_PRINTED : PAGE))}
          from={from}
          onLook={change}
          onTurn={(pages) => {
            page += pages;
            draw();
          }}
        />
      </SpeechContext.Provider>,
      container,
    );
  };
  const change = (asked: Partial<Look>) => {
    look = { ...look, ...asked };
    found = search(look);
    page = 0;
    draw();
  };
  const print = (now: boolean) => () => {
    printing = now;
    draw();
  };
  addEventListener('beforeprint', print(true));
  addEventListener('afterprint', print(false));
  container.replaceChildren();
  draw();
  return { look: change, refresh: draw };
}

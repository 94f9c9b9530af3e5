import { type Inventory, kindIn, type Row, statusOf, systemIn } from '../inventory.ts';
import { Say } from '../speech.tsx';
import { wordOf } from '../text.ts';
import { inventoryWords as words } from '../words/inventory.ts';
import { domainWords, nameStatusWords, statusWords } from '../words/labels.ts';
import { Mark } from './mark.tsx';
import { Name } from './name.tsx';
import { Plain } from './plain.tsx';

function InventoryRow({ inventory, row }: { inventory: Inventory; row: Row }) {
  const [name, , , , environments, nameStatus, evidence] = row;
  const status = statusOf(row);
  const { kind, domain } = kindIn(inventory, row);
  const certainty = nameStatusWords[nameStatus];
  return (
    <tr>
      <td>
        <Name text={name} />
        {certainty && <Say text={certainty} class="k2 mute" />}
        <span class="k2 narrow mute">{kind}</span>
      </td>
      <td>
        <Mark glyph={status} text={wordOf(statusWords, status)} />
      </td>
      <td class="lo mute">
        {kind.split('::').flatMap((part, index) => (index ? ['::', <wbr key={index} />, part] : [part]))}
      </td>
      <td class="lo">
        <Say text={wordOf(domainWords, domain)} />
      </td>
      <td class="lo">
        <Plain text={systemIn(inventory, row)?.title ?? '—'} />
      </td>
      <td class="lo">{environments}</td>
      <td class="lo mute">
        <Name text={evidence} />
      </td>
    </tr>
  );
}

/** Rows of the inventory, on the server and in the browser. */
export const InventoryRows = ({ inventory, rows }: { inventory: Inventory; rows: readonly Row[] }) => (
  <tbody>
    {rows.map((row, index) => (
      <InventoryRow key={index} inventory={inventory} row={row} />
    ))}
    {rows.length === 0 && (
      <tr>
        <td colSpan={7} class="mute">
          <Say text={words.nothing} />
        </td>
      </tr>
    )}
  </tbody>
);

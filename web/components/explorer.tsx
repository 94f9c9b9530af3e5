import type { Text } from '#model/text.ts';
import { domainsOf, type Inventory, type Look, type Row, type SortColumn } from '../inventory.ts';
import { Say, useSpeech } from '../speech.tsx';
import { fill, same, wordOf } from '../text.ts';
import { STATUS_ORDER } from '../vocabulary.ts';
import { inventoryWords as words } from '../words/inventory.ts';
import { domainWords, statusWords } from '../words/labels.ts';
import { InventoryRows } from './inventory-rows.tsx';
import { OptionList } from './option-list.tsx';
import { Scroll } from './scroll.tsx';

export interface ExplorerProps {
  inventory: Inventory;
  look: Look;
  /** The rows that the look finds, and those of them on this page. */
  found: readonly Row[];
  shown: readonly Row[];
  from: number;
  /** Absent on the server, where nothing can be changed. */
  onLook?: (change: Partial<Look>) => void;
  onTurn?: (pages: number) => void;
}

const COLUMNS: readonly { column: SortColumn; minor: boolean }[] = [
  { column: 'name', minor: false },
  { column: 'status', minor: false },
  { column: 'kind', minor: true },
  { column: 'domain', minor: true },
  { column: 'system', minor: true },
  { column: 'environments', minor: true },
  { column: 'evidence', minor: true },
];

function Filters({ inventory, look, onLook }: ExplorerProps) {
  const { label } = useSpeech();
  const present = new Set(inventory.rows.map((row) => row[2]));
  const statuses = STATUS_ORDER.filter((_, index) => present.has(index));
  const choice = (value: string, text: Text) => ({ value, text });
  return (
    <search class="js-only" {...label(words.searchIn, 'aria-label')}>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <input
          type="search"
          {...label(words.search, 'aria-label', 'placeholder')}
          onInput={(event) => onLook?.({ query: event.currentTarget.value })}
        />
        <OptionList
          name="domain"
          label={words.domain}
          all={words.allDomains}
          value={look.domain}
          choices={domainsOf(inventory).map((domain) => choice(domain, wordOf(domainWords, domain)))}
          onChange={(domain) => onLook?.({ domain })}
        />
        {statuses.length > 1 && (
          <OptionList
            name="status"
            label={words.status}
            all={words.allStatuses}
            value={look.status}
            choices={statuses.map((status) => choice(status, wordOf(statusWords, status)))}
            onChange={(status) => onLook?.({ status })}
          />
        )}
        {inventory.systems.length > 1 && (
          <OptionList
            name="system"
            label={words.system}
            all={words.allSystems}
            value={look.system}
            choices={inventory.systems.map(({ id, title }) => choice(id, same(title)))}
            onChange={(system) => onLook?.({ system })}
          />
        )}
      </form>
    </search>
  );
}

function Head({
  look,
  onLook,
  column,
  minor,
}: Pick<ExplorerProps, 'look' | 'onLook'> & (typeof COLUMNS)[number]) {
  const sorted = look.sort?.column === column ? look.sort : undefined;
  const next = { column, descending: sorted ? !sorted.descending : false };
  return (
    <th
      scope="col"
      class={minor ? 'lo' : undefined}
      aria-sort={sorted && (sorted.descending ? 'descending' : 'ascending')}
    >
      {onLook ? (
        <button type="button" onClick={() => onLook({ sort: next })}>
          <Say text={words[column]} />
        </button>
      ) : (
        <Say text={words[column]} />
      )}
    </th>
  );
}

/** The inventory with its filters, one page of rows at a time. */
export function Explorer(props: ExplorerProps) {
  const { inventory, look, found, shown, from, onLook, onTurn } = props;
  const position = fill(words.position, {
    from: found.length ? from + 1 : 0,
    to: from + shown.length,
    total: found.length,
  });
  return (
    <>
      <Filters {...props} />
      <Scroll label={words.all}>
        <table class="inventory">
          <thead>
            <tr>
              {COLUMNS.map((head) => (
                <Head key={head.column} look={look} {...(onLook && { onLook })} {...head} />
              ))}
            </tr>
          </thead>
          <InventoryRows inventory={inventory} rows={shown} />
        </table>
      </Scroll>
      <div class="pager js-only">
        <button class="btn" type="button" disabled={from === 0} onClick={() => onTurn?.(-1)}>
          <Say text={words.previous} />
        </button>
        <button
          class="btn"
          type="button"
          disabled={from + shown.length >= found.length}
          onClick={() => onTurn?.(1)}
        >
          <Say text={words.next} />
        </button>
        <span aria-live="polite">
          <Say text={position} />
        </span>
      </div>
    </>
  );
}

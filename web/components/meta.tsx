import type { ComponentChildren } from 'preact';
import type { Text } from '#model/text.ts';
import { Say } from '../speech.tsx';
import { moment } from '../text.ts';
import type { View } from '../view.ts';
import { coverWords } from '../words/page.ts';
import { Name } from './name.tsx';
import { Plain } from './plain.tsx';

const MOST_LISTED = 3;

const Entry = ({ term, children }: { term: Text; children: ComponentChildren }) => (
  <div>
    <dt>
      <Say text={term} />
    </dt>
    <dd>{children}</dd>
  </div>
);

const distinct = (values: Iterable<string | undefined>): string[] =>
  [...new Set([...values].filter((value) => value !== undefined))].sort();

const Names = ({ list }: { list: string[] }) => (
  <>
    {list.slice(0, MOST_LISTED).map((name, index) => [index > 0 && ', ', <Name key={name} text={name} />])}
    {list.length > MOST_LISTED && ` +${list.length - MOST_LISTED}`}
  </>
);

/** What was audited, when, and at which commit. */
export function Meta({ view }: { view: View }) {
  const { audit, resources } = view.report;
  const hosts = view.hosts.map(({ name }) => name);
  const accountsOf = (isOf: (provider: string) => boolean) =>
    distinct(
      resources
        // a host that was read stands in the place of an account and is none
        .filter(({ provider, account }) => isOf(provider) && !hosts.includes(account ?? ''))
        .map(({ account }) => account),
    );
  const accounts = accountsOf((provider) => provider !== 'cloudflare');
  const cloudflare = accountsOf((provider) => provider === 'cloudflare');
  const regions = distinct(resources.map(({ region }) => region));
  return (
    <dl class="meta">
      <Entry term={coverWords.estate}>
        <Plain text={audit.estate.name} />
      </Entry>
      {accounts.length > 0 && (
        <Entry term={coverWords.accounts}>
          <Names list={accounts} />
        </Entry>
      )}
      {cloudflare.length > 0 && (
        <Entry term={coverWords.cloudflareAccounts}>
          <Names list={cloudflare} />
        </Entry>
      )}
      {hosts.length > 0 && (
        <Entry term={coverWords.hosts}>
          <Names list={hosts} />
        </Entry>
      )}
      {regions.length > 0 && (
        <Entry term={coverWords.regions}>
          <Names list={regions} />
        </Entry>
      )}
      <Entry term={coverWords.date}>
        <Say text={moment(audit.startedAt)} />
      </Entry>
      {audit.estate.commit && (
        <Entry term={coverWords.commit}>
          <code>{audit.estate.commit.slice(0, 10)}</code>
        </Entry>
      )}
    </dl>
  );
}

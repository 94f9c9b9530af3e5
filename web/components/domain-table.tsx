import { Say, useSpeech } from '../speech.tsx';
import { digits, wordOf } from '../text.ts';
import { grouped, type View } from '../view.ts';
import { DOMAIN_ORDER, STATUS_ORDER } from '../vocabulary.ts';
import { inventoryWords as words } from '../words/inventory.ts';
import { domainWords, statusWords } from '../words/labels.ts';
import { Scroll } from './scroll.tsx';

/** Resources counted by domain and status; only the statuses that occur. */
export function DomainTable({ view }: { view: View }) {
  const { lang } = useSpeech();
  const byDomain = grouped(view.report.resources, ({ kind }) => view.kindOf(kind).domain);
  const domains = [...DOMAIN_ORDER, ...[...byDomain.keys()].sort()].filter(
    (domain, index, all) => byDomain.has(domain) && all.indexOf(domain) === index,
  );
  const present = STATUS_ORDER.filter((status) => view.statuses[status] > 0);
  // One status alone would only repeat the total.
  const statuses = present.length > 1 ? present : [];
  return (
    <>
      <h3 class="sub">
        <Say text={words.byDomain} />
      </h3>
      <Scroll label={words.byDomain}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <Say text={words.domain} />
              </th>
              {statuses.map((status) => (
                <th key={status} scope="col" class="num lo">
                  <Say text={wordOf(statusWords, status)} />
                </th>
              ))}
              <th scope="col" class="num">
                <Say text={words.total} />
              </th>
            </tr>
          </thead>
          <tbody>
            {domains.map((domain) => {
              const list = byDomain.get(domain) ?? [];
              return (
                <tr key={domain}>
                  <th scope="row">
                    <Say text={wordOf(domainWords, domain)} />
                  </th>
                  {statuses.map((status) => {
                    const n = list.filter((resource) => resource.status === status).length;
                    return (
                      <td key={status} class={n ? 'num lo' : 'num lo mute'}>
                        {n ? digits(n, lang) : '·'}
                      </td>
                    );
                  })}
                  <td class="num">{digits(list.length, lang)}</td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">
                <Say text={words.total} />
              </th>
              {statuses.map((status) => (
                <td key={status} class="num lo">
                  {digits(view.statuses[status], lang)}
                </td>
              ))}
              <td class="num">{digits(view.report.resources.length, lang)}</td>
            </tr>
          </tfoot>
        </table>
      </Scroll>
    </>
  );
}

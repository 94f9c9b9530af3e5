import { code } from '#model/text.ts';
import type { HostTable } from '../hosts.ts';
import { Say } from '../speech.tsx';
import { same } from '../text.ts';
import type { View } from '../view.ts';
import { hostWords as words } from '../words/hosts.ts';
import { sectionWords } from '../words/page.ts';
import { Scroll } from './scroll.tsx';
import { Section } from './section.tsx';

function Table({ table }: { table: HostTable }) {
  return (
    <>
      <h4 class="sub">
        <Say text={table.title} />
      </h4>
      <Scroll label={table.title}>
        <table>
          <thead>
            <tr>
              {table.heads.map((head, index) => (
                <th key={index} scope="col">
                  <Say text={head} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>
                    <Say text={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {table.more && (
        <p class="small mute">
          <Say text={table.more} />
        </p>
      )}
    </>
  );
}

/** What was seen to run on hosts. */
export const Hosts = ({ view, number }: { view: View; number: number }) => (
  <Section id="hosts" number={number} title={sectionWords.hosts} say={words.say}>
    {view.hosts.map((host) => (
      <div key={host.name}>
        <h3 class="sub">
          <Say text={same(code(host.name))} />
        </h3>
        <p class="small mute">
          <Say text={host.about} />
        </p>
        {host.tables.map((table, index) => (
          <Table key={index} table={table} />
        ))}
      </div>
    ))}
  </Section>
);

import { Say } from '../speech.tsx';
import { capital, fill, same, wordOf } from '../text.ts';
import { type NameOf, policyFor, silentChecks } from '../trace.ts';
import type { Path } from '../vocabulary.ts';
import { pageWords } from '../words/page.ts';
import { roleWords, pathWords as words } from '../words/path.ts';
import { Command } from './command.tsx';
import { Name } from './name.tsx';
import { Scroll } from './scroll.tsx';

const MOST_CHECKS = 40;

/** The checks that got no answer, each under the permission to ask for, and the statement that grants them. */
export function PathUnknowns({ path, nameOf }: { path: Path; nameOf: NameOf }) {
  const groups = silentChecks(path);
  if (groups.size === 0) return null;
  const policy = policyFor(path);
  return (
    <>
      <h4 class="sub">
        <Say text={words.unknowns} />
      </h4>
      <p class="small mute unknowns-say">
        <Say text={words.unknownsSay} />
      </p>
      <Scroll label={fill(pageWords.table, { title: words.unknowns })}>
        <table class="unknowns">
          <thead>
            <tr>
              <th scope="col">
                <Say text={words.ask} />
              </th>
              <th scope="col">
                <Say text={words.check} />
              </th>
              <th scope="col" class="lo">
                <Say text={words.at} />
              </th>
            </tr>
          </thead>
          <tbody>
            {[...groups].map(([permission, list]) =>
              list.slice(0, MOST_CHECKS).map(({ check, hop, number, side }, index) => (
                <tr key={`${permission} ${index}`}>
                  <th scope="row">
                    {permission === '' ? (
                      <Say text={words.noPermission} class="mute" />
                    ) : (
                      <Name text={permission} />
                    )}
                  </th>
                  <td>
                    <Say text={capital(check.text)} />
                  </td>
                  <td class="lo">
                    <Say text={same(number)} /> <Say text={wordOf(roleWords, side?.role ?? hop.role)} />{' '}
                    <span class="mute">
                      <Name text={nameOf(side?.resource ?? hop.resource)} most={60} />
                    </span>
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </Scroll>
      {policy !== undefined && (
        <>
          <p class="lab policy">
            <Say text={words.policy} />
          </p>
          <Command text={policy} />
        </>
      )}
    </>
  );
}

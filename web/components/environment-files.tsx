import { Say } from '../speech.tsx';
import { counted, joined, same, wordOf } from '../text.ts';
import type { View } from '../view.ts';
import { checkWords, valueClassWords } from '../words/labels.ts';
import { environmentFileWords as words } from '../words/sections.ts';
import { Mark } from './mark.tsx';
import { Name } from './name.tsx';
import { Scroll } from './scroll.tsx';

/** How the class of a secret's value is marked: what stands in for a secret is sound, a real one in a file is not. */
const SECRET_MARKS: Record<string, string> = {
  empty: 'pass',
  placeholder: 'pass',
  reference: 'pass',
  default: 'fail',
  weak: 'fail',
  strong: 'fail',
  plain: 'partial',
};

type EnvironmentFile = NonNullable<View['report']['environmentFiles']>[number];

function File({ file }: { file: EnvironmentFile }) {
  const secrets = file.variables.filter(({ secret }) => secret).length;
  const count = joined(
    [
      counted(file.variables.length, words.oneVariable, words.variables),
      counted(secrets, words.oneSecret, words.secrets),
    ],
    ', ',
  );
  return (
    <details class="item">
      <summary>
        <span class="grow">
          <Name text={file.file} /> {file.example && <Say text={words.example} class="mute" />}
        </span>
        <span class="ct">
          <Say text={count} />
        </span>
      </summary>
      <Scroll label={same(file.file)}>
        <table>
          <thead>
            <tr>
              {[words.variable, words.secret, words.value].map((word) => (
                <th key={word.en} scope="col">
                  <Say text={word} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {file.variables.map((variable, index) => (
              <tr key={index}>
                <th scope="row">
                  <Name text={variable.name} />
                </th>
                <td>
                  <Say text={variable.secret ? checkWords.yes : checkWords.no} />
                </td>
                <td>
                  {variable.secret ? (
                    <Mark
                      glyph={SECRET_MARKS[variable.class] ?? 'unknown'}
                      text={wordOf(valueClassWords, variable.class)}
                    />
                  ) : (
                    <Say text={wordOf(valueClassWords, variable.class)} class="mute" />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

/** Which variables the dotenv files name, and of what sort their values are. */
export function EnvironmentFiles({ view }: { view: View }) {
  const files = (view.report.environmentFiles ?? []).filter(({ variables }) => variables.length > 0);
  if (files.length === 0) return null;
  return (
    <>
      <h3 class="sub">
        <Say text={words.title} />
      </h3>
      <p class="small mute">
        <Say text={words.say} />
      </p>
      {files.map((file) => (
        <File key={file.file} file={file} />
      ))}
    </>
  );
}

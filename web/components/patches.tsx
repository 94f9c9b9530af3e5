import { visible } from '#model/text.ts';
import { applyCommand, lineKinds, patchFile, shownDiff } from '../patches.ts';
import { Say } from '../speech.tsx';
import { counted, fill } from '../text.ts';
import type { View } from '../view.ts';
import type { Patch } from '../vocabulary.ts';
import { pageWords, sectionWords } from '../words/page.ts';
import { patchWords as words } from '../words/patches.ts';
import { Command } from './command.tsx';
import { GapLinks } from './gap-links.tsx';
import { Name } from './name.tsx';
import { Section } from './section.tsx';

const LONGEST_LINE = 8000;

/** A line of a diff with its tabs: without them it is another diff. */
const shown = (line: string): string =>
  line
    .split('\t')
    .map((part) => visible(part, LONGEST_LINE))
    .join('\t');

function Diff({ patch }: { patch: Patch }) {
  const { lines, left } = shownDiff(patch);
  const kinds = lineKinds(lines);
  return (
    <>
      <div class="cmd diff">
        <pre dir="ltr">
          {lines.map((line, index) => (
            <span key={index} class={kinds[index]}>{`${shown(line)}\n`}</span>
          ))}
        </pre>
        {left === 0 && (
          <button class="btn js-only" type="button" data-copy>
            <Say text={pageWords.copy} />
          </button>
        )}
      </div>
      {left > 0 && (
        <p class="small mute">
          <Say text={fill(counted(left, words.leftOne, words.left), { file: `\`${patchFile(patch)}\`` })} />
        </p>
      )}
    </>
  );
}

function PatchItem({ view, patch, open }: { view: View; patch: Patch; open: boolean }) {
  const known = view.report.findings.filter(({ gap }) => patch.findings.includes(gap));
  return (
    <details class="patch item" id={`patch-${patch.id}`} open={open}>
      <summary>
        <span class="grow">
          <Say text={patch.title} />
        </span>
        <span class="ct">
          <Say text={counted(patch.files.length, words.file, words.fileMany)} />
        </span>
      </summary>
      <div class="in">
        <dl class="kv">
          <dt>
            <Say text={words.files} />
          </dt>
          <dd>{patch.files.map((file, index) => [index > 0 && ', ', <Name key={file} text={file} />])}</dd>
          {known.length > 0 && (
            <>
              <dt>
                <Say text={words.closes} />
              </dt>
              <dd>
                <GapLinks findings={known} most={20} />
              </dd>
            </>
          )}
          {patch.note && (
            <>
              <dt>
                <Say text={words.note} />
              </dt>
              <dd>
                <Say text={patch.note} />
              </dd>
            </>
          )}
        </dl>
        <p class="small">
          <Say text={fill(words.saved, { file: `\`${patchFile(patch)}\`` })} />
        </p>
        <Diff patch={patch} />
        <p class="lab">
          <Say text={words.apply} />
        </p>
        <Command text={applyCommand(view.report, patch, view.folder)} />
      </div>
    </details>
  );
}

/** Changes of the repository's files that close gaps, as diffs to read and to apply. */
export const Patches = ({ view, number }: { view: View; number: number }) => (
  <Section id="patches" number={number} title={sectionWords.patches} say={words.say}>
    {(view.report.patches ?? []).map((patch, index) => (
      <PatchItem key={patch.id} view={view} patch={patch} open={index === 0} />
    ))}
  </Section>
);

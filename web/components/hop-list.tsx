import type { ComponentChildren } from 'preact';
import { code } from '#model/text.ts';
import { Say } from '../speech.tsx';
import { capital, counted, fill, moment, wordOf } from '../text.ts';
import { type Beside, besides, type NameOf, namesIn, placesOf, sidesOf, straySides } from '../trace.ts';
import type { View } from '../view.ts';
import { type Check, type Hop, isDeclared, type Path } from '../vocabulary.ts';
import { statusWords } from '../words/labels.ts';
import { resultWords, roleWords, pathWords as words } from '../words/path.ts';
import { lines } from './command.tsx';
import { Glyph, Mark } from './mark.tsx';
import { Name } from './name.tsx';
import { Where } from './where.tsx';

const MOST_EVIDENCE = 4;
const MOST_LINES = 8;

/** The finding that a failed check made, where the report has it. */
const findingOf = (view: View, check: Check, resources: readonly (string | undefined)[]) =>
  check.result === 'fail'
    ? view.findings.find(
        ({ rule, resources: own }) => rule === check.id && own.some((id) => resources.includes(id)),
      )
    : undefined;

function CheckLine(props: { view: View; check: Check; resources: readonly (string | undefined)[] }) {
  const { check } = props;
  const finding = findingOf(props.view, check, props.resources);
  return (
    <li>
      <span class={`mk ${check.result}`}>
        <Glyph name={check.result} />
        <span class="w">
          <Say text={wordOf(resultWords, check.result)} class="sr" /> <Say text={capital(check.text)} />
          {check.certainty === 'probable' && check.result === 'fail' && (
            <span class="mute">
              {' '}
              (<Say text={words.probableFailure} />)
            </span>
          )}
          {finding && (
            <>
              {' '}
              <a class="ref-id" href={`#${finding.gap}`}>
                {finding.gap}
              </a>
            </>
          )}
          {check.permission !== undefined && (
            <span class="ask">
              <Say text={fill(words.permission, { names: code(check.permission) })} />
            </span>
          )}
        </span>
      </span>
    </li>
  );
}

const Checks = (props: {
  view: View;
  checks: readonly Check[];
  resources: readonly (string | undefined)[];
}) => (
  <ul class="checks">
    {props.checks.map((check, index) => (
      <CheckLine key={index} view={props.view} check={check} resources={props.resources} />
    ))}
  </ul>
);

/** What was read to tell the checks of a hop, each under its id. */
function Seen({ checks }: { checks: readonly Check[] }) {
  const told = checks.filter(({ evidence }) => evidence.length > 0);
  const reads = told.reduce((sum, { evidence }) => sum + evidence.length, 0);
  if (reads === 0) return null;
  return (
    <details class="seen through">
      <summary>
        <Say text={counted(reads, words.seen, words.seenMany)} />
      </summary>
      <dl>
        {told.map((check, index) => (
          <div key={index}>
            <dt class={`mk ${check.result}`}>
              <Glyph name={check.result} />
              <code>{check.id}</code>
            </dt>
            {check.evidence.slice(0, MOST_EVIDENCE).map((evidence, at) => (
              <dd key={at}>
                <Where evidence={evidence} />
                {!isDeclared(evidence) && (
                  <span class="mute">
                    {' '}
                    <Say text={moment(evidence.at)} />
                  </span>
                )}
                {evidence.excerpt !== undefined && (
                  <pre dir="ltr">{lines(evidence.excerpt).slice(0, MOST_LINES).join('\n')}</pre>
                )}
              </dd>
            ))}
            {check.evidence.length > MOST_EVIDENCE && (
              <dd class="mute">{`+${check.evidence.length - MOST_EVIDENCE}`}</dd>
            )}
          </div>
        ))}
      </dl>
    </details>
  );
}

function BesideItem(props: { view: View; beside: Beside; hop?: string; nameOf: NameOf }) {
  const { view, beside, hop } = props;
  const [first, ...others] = beside.resources;
  return (
    <div class="beside">
      <p>
        <Say text={wordOf(roleWords, beside.role)} />{' '}
        {first !== undefined && <Name text={props.nameOf(first)} most={120} />}
        {others.length > 0 && <span class="mute"> +{others.length}</span>}
      </p>
      <Checks view={view} checks={beside.checks} resources={[...beside.resources, hop]} />
    </div>
  );
}

function Arrival({ hop, from }: { hop: Hop; from?: number | undefined }) {
  const { request } = hop;
  if (!request) return null;
  const shown = code(`${request.scheme}://${request.host}:${request.port}${request.path}`);
  return (
    <p class="arrival">
      <Say
        text={
          from === undefined
            ? fill(words.arrives, { request: shown })
            : fill(words.arrivesFrom, { request: shown, n: from })
        }
      />
    </p>
  );
}

function Item(props: { id?: string; number: ComponentChildren; children: ComponentChildren }) {
  return (
    <li class="hop" id={props.id}>
      <span class="i" aria-hidden="true">
        {props.number}
      </span>
      <div>{props.children}</div>
    </li>
  );
}

/** Every hop with its checks; under it what it needs beside the path: its network, its certificate, its image. */
export function HopList({ view, path, id }: { view: View; path: Path; id: string }) {
  const nameOf = namesIn(view.resources);
  const strays = straySides(path);
  return (
    <ol class="hops">
      {placesOf(path).map(({ hop, number, parent }) => {
        const sides = sidesOf(path, hop);
        return (
          <Item key={number} id={`${id}-hop-${number}`} number={number}>
            <div class="t">
              <h4>
                <Say text={wordOf(roleWords, hop.role)} /> <Name text={nameOf(hop.resource)} most={160} />
              </h4>
              <Mark glyph={hop.status} text={wordOf(statusWords, hop.status)} tint />
            </div>
            <Arrival hop={hop} from={parent && parent.number !== number - 1 ? parent.number : undefined} />
            <Checks view={view} checks={hop.checks} resources={[hop.resource]} />
            {hop.checks.length === 0 && sides.length === 0 && (
              <p class="mk unknown">
                <Glyph name="unknown" />
                <Say text={words.noCheck} />
              </p>
            )}
            {besides(sides).map((beside) => (
              <BesideItem key={beside.role} view={view} beside={beside} hop={hop.resource} nameOf={nameOf} />
            ))}
            <Seen checks={[...hop.checks, ...sides.flatMap(({ checks }) => checks)]} />
          </Item>
        );
      })}
      {strays.length > 0 && (
        <Item number="">
          {besides(strays).map((beside) => (
            <BesideItem key={beside.role} view={view} beside={beside} nameOf={nameOf} />
          ))}
          <Seen checks={strays.flatMap(({ checks }) => checks)} />
        </Item>
      )}
    </ol>
  );
}

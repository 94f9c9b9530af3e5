import type { Json } from '#model/fact.ts';
import type { Risk, Step } from '#model/step.ts';
import { type Language, type Text, visible } from '#model/text.ts';
import type { Writer } from './account.ts';
import type { ChangeView, Left } from './assess.ts';
import type { Comparison } from './compare.ts';
import { differences, properties } from './differences.ts';
import { expectedOf, type Proven } from './prove.ts';
import type { Made, RollbackRefusal } from './rollback.ts';
import type { News } from './run.ts';
import type { KeptFinding } from './runs.ts';
import type { Outcome } from './transition.ts';

const LONGEST_VALUE = 240;
const LONGEST_LINE = 1_000;
const MOST_LINES = 40;

/** Prose for a terminal: code marks are dropped, and what came from a report is made visible. */
export const plain = (text: Text, lang: Language): string =>
  visible(text[lang].replaceAll('`', ''), LONGEST_LINE);

/** What stands between a name and what is said of it. */
export const colon = (lang: Language): string => (lang === 'fr' ? '\u00a0:' : ':');

const value = (json: Json | undefined): string =>
  json === undefined ? '∅' : visible(JSON.stringify(json), LONGEST_VALUE);

const indented = (lines: readonly string[], by = 6): string[] =>
  lines.map((line) => `${' '.repeat(by)}${line}`);

/** What differs, one property after the other: what is there, and what is to be. */
export function diffLines(from: Json | undefined, to: Json | undefined): string[] {
  const all = differences(from, to).flatMap(({ path, from: old, to: next }) => {
    const name = path === '' ? '' : `${visible(path, LONGEST_VALUE)}: `;
    return [
      ...(old === undefined ? [] : [`- ${name}${value(old)}`]),
      ...(next === undefined ? [] : [`+ ${name}${value(next)}`]),
    ];
  });
  return all.length > MOST_LINES ? [...all.slice(0, MOST_LINES), `… ${all.length - MOST_LINES}`] : all;
}

const RISKS: Record<Risk, Text> = {
  none: { fr: 'sans risque', en: 'no risk' },
  restart: { fr: 'redémarrage', en: 'restart' },
  'brief-outage': { fr: 'brève coupure', en: 'brief outage' },
  data: { fr: 'touche des données', en: 'touches data' },
};

/** Who changed something: ` (ModifyListener, ada, 2026-11-28T08:30:00.000Z)`. */
const writerText = (writer: Writer | undefined): string =>
  writer
    ? ` (${[writer.event, writer.by, writer.at]
        .filter(Boolean)
        .map((one) => visible(String(one)))
        .join(', ')})`
    : '';

const STANDINGS: Record<ChangeView['standing'], Text> = {
  'to-do': { fr: 'à faire', en: 'to do' },
  done: { fr: 'déjà fait', en: 'already done' },
  later: {
    fr: 'à faire\u00a0; le résultat exact ne sera connu qu’après les étapes précédentes',
    en: 'to do; exactly what it becomes is known after the steps before it',
  },
  changed: { fr: 'a changé depuis l’audit', en: 'has changed since the audit' },
  'not-captured': {
    fr: 'l’état de départ n’a pas été relevé\u00a0: refaire l’audit avec accès au compte',
    en: 'the state before was not captured: audit again with access to the account',
  },
  unread: { fr: 'n’a pas pu être lu', en: 'could not be read' },
};

function changeLines({ change, standing, now, after, writer, why }: ChangeView, lang: Language): string[] {
  const { service, operation } = change.write;
  const head = `${visible(`${service} ${operation}`)}${colon(lang)} ${STANDINGS[standing][lang]}`;
  if (standing === 'unread') return [`${head}${colon(lang)} ${why ? plain(why, lang) : ''}`];
  if (standing === 'changed')
    return [
      `${head}${writerText(writer)}`,
      `  ${lang === 'fr' ? 'relevé par l’audit\u00a0' : 'captured by the audit'}: ${value(change.before)}`,
      `  ${lang === 'fr' ? 'maintenant\u00a0' : 'now'}: ${value(now)}`,
    ];
  const wanted = after ?? change.after;
  return standing === 'done' ? [head] : [head, ...indented(diffLines(now, wanted), 2)];
}

/** One step before it is applied: what it changes, as it stands now, and what would be sent. */
export function stepLines(step: Step, views: readonly ChangeView[], lang: Language): string[] {
  const fr = lang === 'fr';
  const facts = [
    RISKS[step.risk][lang],
    ...(step.cost ? [plain(step.cost, lang)] : []),
    ...(step.duration ? [plain(step.duration, lang)] : []),
    ...(step.after.length > 0
      ? [`${fr ? 'après' : 'after'} ${step.after.map((id) => visible(id)).join(', ')}`]
      : []),
  ];
  const undo = step.changes.every((change) => change.undo)
    ? []
    : [
        step.irreversible
          ? plain(step.irreversible, lang)
          : fr
            ? 'ne peut pas être annulé en entier'
            : 'cannot be undone in full',
      ];
  return [
    `${visible(step.id)}  ${plain(step.title, lang)}`,
    ...indented([facts.join(' · '), plain(step.reason, lang), ...undo]),
    ...views.flatMap((view) => indented(changeLines(view, lang))),
    ...indented(commandLines(step.command)),
  ];
}

const commandLines = (command: string): string[] =>
  command.split('\n').map((line, index) => `${index === 0 ? '$' : ' '} ${visible(line, LONGEST_LINE)}`);

/** Why a step is not applied, and what it needs. */
export function leftLines(left: Left, lang: Language): string[] {
  const { step } = left;
  const fr = lang === 'fr';
  const why = {
    'needs-input': fr ? 'il manque une valeur que rien ne dit' : 'a value is needed that nothing tells',
    'by-hand': fr
      ? 'une personne doit le faire, rien n’est envoyé'
      : 'a person has to do it, nothing is sent',
    needs: `${fr ? 'a besoin de' : 'needs'} ${left.because === 'needs' ? left.ids.map((id) => visible(id)).join(', ') : ''}`,
  }[left.because];
  return [
    `${visible(step.id)}  ${plain(step.title, lang)}`,
    ...indented([
      `${fr ? 'pas appliqué\u00a0' : 'not applied'}: ${why}`,
      ...(step.needs ?? []).map((need) => `· ${plain(need, lang)}`),
      ...(left.because === 'by-hand' && step.command !== '' ? commandLines(step.command) : []),
    ]),
  ];
}

function outcomeText(outcome: Outcome, lang: Language): string {
  const fr = lang === 'fr';
  if (outcome.is === 'done')
    return outcome.by === 'call' ? (fr ? 'fait' : 'done') : fr ? 'était déjà ainsi' : 'was so already';
  if (outcome.is === 'changed')
    return fr
      ? `refusé\u00a0: l’état n’est plus celui qui était attendu, il est ${value(outcome.now)}${writerText(outcome.writer)}`
      : `refused: the state is no longer the one expected, it is ${value(outcome.now)}${writerText(outcome.writer)}`;
  const now = outcome.is === 'look' && outcome.now !== undefined ? ` (${value(outcome.now)})` : '';
  const head =
    outcome.is === 'failed'
      ? fr
        ? 'échec, rien n’a changé\u00a0'
        : 'failed, nothing changed'
      : fr
        ? 'à vérifier à la main\u00a0'
        : 'must be looked at';
  return `${head}: ${plain(outcome.why, lang)}${now}`;
}

const MARKS = { pass: '✓', fail: '✗', unknown: '?' } as const;

/** A proof with what it expects and what was seen. */
export function proofLines({ proof, result, got, ms }: Proven, lang: Language): string[] {
  const fr = lang === 'fr';
  const expected = proof.check?.type === 'aws' ? expectedOf(proof) : plain(proof.expected, lang);
  return [
    `${MARKS[result]} ${visible(proof.id)}  ${plain(proof.title, lang)} (${(ms / 1000).toFixed(1)} s)`,
    ...indented([
      `${fr ? 'attendu\u00a0' : 'expected'}: ${expected}`,
      `${fr ? 'obtenu\u00a0' : 'got'}: ${visible(got, LONGEST_LINE)}`,
    ]),
  ];
}

const madeName = ({ step, index, change }: Made): string =>
  visible(
    `${step.id}${step.changes.length > 1 ? `.${index + 1}` : ''} ${change.write.service} ${change.write.operation}`,
  );

/** What happens in a run, as it happens. */
export function newsLines(news: News, lang: Language): string[] {
  const fr = lang === 'fr';
  switch (news.is) {
    case 'step':
      return [
        `${visible(news.step.id)}  ${plain(news.step.title, lang)}`,
        ...indented(commandLines(news.step.command)),
      ];
    case 'change': {
      const { service, operation } = news.step.changes[news.index]?.write ?? { service: '', operation: '' };
      return indented([
        `${visible(`${service} ${operation}`)}${colon(lang)} ${outcomeText(news.outcome, lang)}`,
      ]);
    }
    case 'proof':
      return indented(proofLines(news.proven, lang), 4);
    case 'rollback':
      return [fr ? 'Annulation de ce que cette exécution a fait' : 'Undoing what this run has done'];
    case 'undone':
      return [
        `${fr ? 'annuler' : 'undo'} ${madeName(news.made)}${colon(lang)} ${outcomeText(news.outcome, lang)}`,
      ];
    case 'unseen':
      return [`? ${madeName(news.made)}${colon(lang)} ${plain(news.why, lang)}`];
    case 'state':
      return news.differences.length > 0
        ? [`✗ ${madeName(news.made)}`, ...indented(diffLines(news.made.change.before, news.now), 2)]
        : [
            `= ${madeName(news.made)}`,
            ...indented(
              properties(news.now).map(
                ({ path, value: one }) => `${path === '' ? '' : `${visible(path)}: `}${value(one)}`,
              ),
              2,
            ),
          ];
  }
}

/** A change that a rollback would undo. */
export const undoLines = ({ change, ...made }: Made, lang: Language): string[] => [
  `${lang === 'fr' ? 'annuler' : 'undo'} ${madeName({ change, ...made })} → ${visible(`${change.undo?.service} ${change.undo?.operation}`)}`,
  ...indented(diffLines(made.after, change.before)),
];

/** A change that was made, and that nothing undoes. */
export function stayLines(made: Made, lang: Language): string[] {
  const why = made.step.irreversible ? `${colon(lang)} ${plain(made.step.irreversible, lang)}` : '';
  return [
    `${lang === 'fr' ? 'ne peut pas être annulé, et reste' : 'cannot be undone, and stays'}${colon(lang)} ${madeName(made)}${why}`,
  ];
}

/** A change that is not undone, because its state is another than the run left. */
export function refusalLines({ made, now, why, writer }: RollbackRefusal, lang: Language): string[] {
  const fr = lang === 'fr';
  if (why) return [`${madeName(made)}${colon(lang)} ${plain(why, lang)}`];
  return [
    `${madeName(made)}${colon(lang)} ${fr ? 'a changé depuis' : 'has changed since'}${writerText(writer)}`,
    ...indented([
      `${fr ? 'laissé par l’exécution\u00a0' : 'left by the run'}: ${value(made.after)}`,
      `${fr ? 'maintenant\u00a0' : 'now'}: ${value(now)}`,
    ]),
  ];
}

/**
 * What became of the findings, once the audit was taken again.
 * @param meant gap ids that the run was to mend: of those that are still there, the others are as they were
 */
export function comparisonLines(
  { mended, still, caused, unknown }: Comparison,
  lang: Language,
  meant?: ReadonlySet<string>,
): string[] {
  const fr = lang === 'fr';
  const part = (title: string, findings: readonly KeptFinding[]) =>
    findings.length === 0
      ? []
      : [
          title,
          ...indented(
            findings.map((one) => `${visible(one.gap)}  ${plain(one.message, lang)}`),
            2,
          ),
        ];
  return [
    ...part(fr ? 'Corrigé' : 'Mended', mended),
    ...part(fr ? 'Apparu après le changement' : 'New after the change', caused),
    ...part(
      fr ? 'Toujours là' : 'Still there',
      still.filter(({ gap }) => meant?.has(gap) ?? true),
    ),
    ...part(fr ? 'Pas vérifiable cette fois' : 'Could not be told this time', unknown),
  ];
}

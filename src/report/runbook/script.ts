import { afterCommand, readCommand, writeCommand } from '#lib/aws-command-line.ts';
import { shellQuote } from '#lib/shell-quote.ts';
import type { Report } from '#model/report.ts';
import { type Language, type Text, visible } from '#model/text.ts';
import { type ReportStep, stuckOf } from './waves.ts';

type ReportChange = ReportStep['changes'][number];

/** How long a state may take to be so, in seconds, where its proof says nothing. */
const WITHIN = 30;

/** A text of the report on one line, as one word of the shell. */
const told = (text: Text, lang: Language): string => shellQuote(visible(text[lang].replaceAll('`', ''), 300));

const name = (id: string): string => id.replace(/\W/g, '_');

/**
 * The plan as a script for bash: it reads each state again, skips what is done, stops where somebody changed it since, and
 * asks before each step. The commands are made of what the plan sends, never of its text.
 */
export function runbookScript(report: Report, lang: Language): string {
  const { steps } = report.plan;
  const stuck = stuckOf(steps);
  const taken = steps.filter(({ id, changes }) => !stuck.has(id) && changes.length > 0);
  const { estate, id, tool } = report.audit;
  return [
    '#!/usr/bin/env bash',
    `# ${visible(estate.name)} · ${visible(id)} · ${tool.name} ${visible(tool.version)}`,
    // names and queries stand between single quotes so that nothing in them is expanded; French has its own apostrophe
    '# shellcheck disable=SC2016,SC1112',
    head(lang, taken.length > 0),
    ...taken.map((step) => stepFunctions(step, report, lang)),
    'apply_all() {',
    ...steps.map((step) => `  ${applied(step, stuck, lang)}`),
    '  :',
    '}',
    '',
    'undo_all() {',
    ...[...taken].reverse().map((step) => `  ! wanted ${step.id} || undo_${name(step.id)}`),
    '  :',
    '}',
    '',
    'if [ "$rollback" = true ]; then undo_all; else apply_all; fi',
    ...closing(report, lang),
    '',
  ].join('\n');
}

function applied(step: ReportStep, stuck: ReadonlySet<string>, lang: Language): string {
  if (!stuck.has(step.id) && step.changes.length > 0) return `! wanted ${step.id} || apply_${name(step.id)}`;
  // what is done in the repository is a person's: a script that is run anywhere does not touch it
  if (!stuck.has(step.id)) {
    const own = lang === 'fr' ? 'à faire dans le dépôt' : 'to do in the repository';
    return `! wanted ${step.id} || note ${shellQuote(`${step.id}: ${own}: ${visible(step.command.replaceAll('\n', ' && '), 2000)}`)}`;
  }
  const why = step.needs?.[0] ?? {
    fr: `attend ${step.after.join(', ')}`,
    en: `waits for ${step.after.join(', ')}`,
  };
  const skipped = lang === 'fr' ? 'non faite' : 'not taken';
  return `! wanted ${step.id} || note ${shellQuote(`${step.id}: ${skipped}: `)}${told(why, lang)}`;
}

function stepFunctions(step: ReportStep, report: Report, lang: Language): string {
  const own = name(step.id);
  const parts = step.changes.map((change, index) => changeFunctions(change, `${own}_${index + 1}`));
  const call = (verb: string, change: ReportChange, index: number) =>
    `  ${verb} ${step.id} ${own}_${index + 1} ${withinOf(change, step, report)}`;
  const apply = step.changes.map((change, index) => call('change', change, index));
  const irreversible = step.irreversible ?? {
    fr: 'cette étape ne peut pas être annulée',
    en: 'this step cannot be undone',
  };
  const undo = step.rollback
    ? step.changes.map((change, index) => call('undo', change, index)).reverse()
    : [`  note ${shellQuote(`${step.id}: `)}${told(irreversible, lang)}`];
  return [
    '',
    `# ${step.id}`,
    ...parts,
    `apply_${own}() {`,
    `  note ${shellQuote(`${step.id}: `)}${told(step.title, lang)}`,
    ...apply,
    '}',
    `undo_${own}() {`,
    `  note ${shellQuote(`${step.id}: `)}${told(step.title, lang)}`,
    ...undo,
    '}',
  ].join('\n');
}

/** What a change is made of, as functions: they are called where their name is made of a word. */
function changeFunctions({ state, before, after, write, undo }: ReportChange, own: string): string {
  const body = (command: string) => `  ${command.replaceAll('\n', '\n  ')}`;
  return [
    `state_${own}() {\n${body(readCommand(state))}\n}`,
    `before_${own}() {\n  printf '%s' ${shellQuote(JSON.stringify(before ?? null))}\n}`,
    `after_${own}() {\n${body(afterCommand(after, write))}\n}`,
    `write_${own}() {\n${body(writeCommand(write))}\n}`,
    ...(undo ? [`unwrite_${own}() {\n${body(writeCommand(undo))}\n}`] : []),
  ].join('\n');
}

function withinOf({ state }: ReportChange, { proofs }: ReportStep, report: Report): number {
  const own = report.proofs.find(
    ({ id, check }) =>
      proofs.includes(id) && check?.type === 'aws' && JSON.stringify(check.read) === JSON.stringify(state),
  );
  return own?.check?.within ?? WITHIN;
}

/** What proves the whole, for who reads the end of the run: nothing is sent by itself. */
function closing({ proofs, plan }: Report, lang: Language): string[] {
  const own = new Set(plan.steps.flatMap((step) => step.proofs));
  const left = proofs.filter(({ id, check }) => check && check.type !== 'aws' && !own.has(id));
  return left.map(
    ({ title, command }) =>
      `note ${shellQuote(lang === 'fr' ? 'à vérifier : ' : 'to check: ')}${told(title, lang)}${shellQuote(`: ${visible(command, 2000)}`)}`,
  );
}

function head(lang: Language, needsTools: boolean): string {
  const t = (fr: string, en: string) => shellQuote(lang === 'fr' ? fr : en);
  return `set -euo pipefail
export AWS_PAGER=''

assume_yes=false
rollback=false
chosen=' '
while [ $# -gt 0 ]; do
  case "$1" in
    --yes) assume_yes=true ;;
    --rollback) rollback=true ;;
    S-*) chosen="$chosen$1 " ;;
    *)
      printf '%s\\n' ${t('usage : bash plan.sh [--yes] [--rollback] [S-01…]', 'usage: bash plan.sh [--yes] [--rollback] [S-01…]')} >&2
      exit 2
      ;;
  esac
  shift
done

note() { printf '%s\\n' "$*"; }
stop() {
  printf '%s\\n' "$*" >&2
  exit 1
}
${
  needsTools
    ? `for tool in aws jq; do
  command -v "$tool" >/dev/null || stop ${t('introuvable :', 'not found:')} "$tool"
done
`
    : ''
}wanted() { [ "$chosen" = ' ' ] || [[ "$chosen" == *" $1 "* ]]; }
same() { [ "$(jq -cS . <<<"$1")" = "$(jq -cS . <<<"$2")" ]; }
confirm() {
  local answer=''
  [ "$assume_yes" = true ] && return 0
  read -r -p "$1 " answer || true
  [[ "$answer" =~ ^[yYoO]$ ]]
}

# move STEP CHANGE SECONDS FROM TO CALL: from one state to the other, and from no third
move() {
  local step="$1" own="$2" within="$3" now from to deadline
  now="$("state_$own")" || stop "$step:" ${t('l’état n’a pas pu être lu', 'the state could not be read')}
  from="$("$4_$own")" || stop "$step:" ${t('l’état attendu n’a pas pu être lu', 'the expected state could not be read')}
  to="$("$5_$own")" || stop "$step:" ${t('l’état attendu n’a pas pu être lu', 'the expected state could not be read')}
  if same "$now" "$to"; then
    note "$step:" ${t('déjà fait', 'already done')}
    return 0
  fi
  same "$now" "$from" || stop "$step:" ${t('quelqu’un l’a changé depuis : ', 'somebody changed it since: ')}"$from -> $now"
  note "  $from -> $to"
  confirm ${t('Continuer ? [o/N]', 'Go on? [y/N]')} || stop "$step:" ${t('non confirmé', 'not confirmed')}
  "$6_$own" >/dev/null || stop "$step:" ${t('l’appel a échoué', 'the call failed')}
  deadline=$((SECONDS + within))
  while now="$("state_$own")" && ! same "$now" "$to"; do
    [ "$SECONDS" -lt "$deadline" ] || stop "$step:" ${t('l’état n’est pas celui attendu : ', 'the state is not what is expected: ')}"$now"
    sleep 2
  done
  note "$step:" ${t('changement fait', 'change is made')}
}
change() { move "$1" "$2" "$3" before after write; }
undo() { move "$1" "$2" "$3" after before unwrite; }
`;
}

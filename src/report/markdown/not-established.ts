import type { Report } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { words } from '../words.ts';
import { block, codeSpan, paragraphs, table } from './write.ts';

/** The reads of an account that gave no answer, counted, and the policy statement that would open those denied. */
export function notEstablished(report: Report, lang: Language): string {
  const operations = report.coverage
    .filter(({ source }) => source === 'aws')
    .flatMap(({ scope, operations: own }) => own.map((one) => ({ scope, ...one })));
  const silent = operations.filter(({ denied, failed }) => denied + failed > 0);
  if (silent.length === 0) return '';
  const actions = [
    ...new Set(
      silent.flatMap(({ denied, permission }) =>
        denied > 0 && permission !== undefined ? permission.split(', ') : [],
      ),
    ),
  ].sort();
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  const [count, all] = [silent.length, operations.length];
  return paragraphs(
    `### ${words.notEstablished[lang]}`,
    lang === 'fr'
      ? `${count} ${count > 1 ? 'opérations' : 'opération'} sur ${all} ${count > 1 ? 'n’ont' : 'n’a'} pas répondu. Ce qui en dépend est non vérifié.`
      : `${count} of ${all} operations gave no answer. What depends on ${count > 1 ? 'them' : 'it'} is unverified.`,
    table(
      [words.operation, words.scope, words.denied, words.failed].map((head) => head[lang]),
      silent.map(({ name, scope, denied, failed }) => [
        codeSpan(name, true),
        codeSpan(scope, true),
        String(denied),
        String(failed),
      ]),
    ),
    actions.length === 0
      ? undefined
      : lang === 'fr'
        ? 'Pour ouvrir ce qui a été refusé, ajouter à la politique de qui audite\u00a0:'
        : 'To open what was denied, add to the policy of whoever audits:',
    actions.length === 0 ? undefined : block(JSON.stringify(statement, null, 2), 'json'),
  );
}

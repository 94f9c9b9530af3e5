import type { Report } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { words } from '../words.ts';
import { block, codeSpan, paragraphs, table } from './write.ts';

type Operation = Report['coverage'][number]['operations'][number] & { source: string; scope: string };

/** What would have to be allowed for the denied reads of one source, each name once. */
function permissions(silent: readonly Operation[], source: string): string[] {
  const names = silent.flatMap(({ source: own, denied, permission }) =>
    own === source && denied > 0 && permission !== undefined ? permission.split(', ') : [],
  );
  return [...new Set(names)].sort();
}

/** The statement of an IAM policy that would open what AWS denied. */
function policy(actions: readonly string[], lang: Language): string {
  if (actions.length === 0) return '';
  return paragraphs(
    lang === 'fr'
      ? 'Pour ouvrir ce qui a été refusé, ajouter à la politique de qui audite\u00a0:'
      : 'To open what was denied, add to the policy of whoever audits:',
    block(JSON.stringify({ Effect: 'Allow', Action: actions, Resource: '*' }, null, 2), 'json'),
  );
}

/** The permissions of an API token that would open what Cloudflare denied. */
function token(names: readonly string[], lang: Language): string {
  if (names.length === 0) return '';
  return paragraphs(
    lang === 'fr'
      ? 'Pour ouvrir ce que Cloudflare a refusé, ajouter ces permissions au jeton d’API de qui audite\u00a0:'
      : 'To open what Cloudflare denied, add these permissions to the API token of whoever audits:',
    names.map((name) => `- ${codeSpan(name)}`).join('\n'),
  );
}

/** The reads of accounts that gave no answer, counted, and what would open those denied. */
export function notEstablished(report: Report, lang: Language): string {
  const operations = report.coverage
    .filter(({ source }) => source === 'aws' || source === 'cloudflare')
    .flatMap(({ source, scope, operations: own }) =>
      own.map((one): Operation => ({ source, scope, ...one })),
    );
  const silent = operations.filter(({ denied, failed }) => denied + failed > 0);
  if (silent.length === 0) return '';
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
    policy(permissions(silent, 'aws'), lang),
    token(permissions(silent, 'cloudflare'), lang),
  );
}

import type { WriteStream } from 'node:tty';
import type { Language } from '#model/text.ts';
import type { Stage } from '../audit-options.ts';

const STAGES: Record<Stage, Record<Language, string>> = {
  list: { fr: 'Liste des fichiers', en: 'Listing files' },
  read: { fr: 'Lecture', en: 'Reading' },
  rehearse: { fr: 'Répétition des workflows et des scripts', en: 'Rehearsing workflows and scripts' },
  secrets: { fr: 'Recherche de secrets', en: 'Looking for secrets' },
  aws: { fr: 'Lecture du compte AWS', en: 'Reading the AWS account' },
  cloudflare: { fr: 'Lecture du compte Cloudflare', en: 'Reading the Cloudflare account' },
  host: { fr: 'Lecture des hôtes', en: 'Reading hosts' },
  reconcile: { fr: 'Rapprochement', en: 'Reconciling' },
  judge: { fr: 'Application des règles', en: 'Applying rules' },
  plan: { fr: 'Plan de remise en état', en: 'Planning what mends it' },
};

/** How often the line is drawn again, in milliseconds. */
const INTERVAL = 80;

/** One line on a terminal that says what is being done; nothing elsewhere. */
export function progressOn(
  stream: WriteStream | NodeJS.WriteStream,
  lang: Language,
): { show(stage: Stage, done?: number, total?: number): void; end(): void } | undefined {
  if (!stream.isTTY) return undefined;
  let last = 0;
  let previous: Stage | undefined;
  return {
    show(stage, done, total) {
      const now = performance.now();
      if (stage === previous && now - last < INTERVAL) return;
      last = now;
      previous = stage;
      const count = done !== undefined && total ? ` ${done}/${total}` : '';
      stream.write(`\r\u001b[K${STAGES[stage][lang]}${count}…`);
    },
    end() {
      stream.write('\r\u001b[K');
    },
  };
}

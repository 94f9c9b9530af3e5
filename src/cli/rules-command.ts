import type { Command } from 'commander';
import { languageOf } from '#lib/locale.ts';
import { LANGUAGES, type Language } from '#model/text.ts';
import { EXIT } from './exit.ts';

/** `constat rules [ID]`: every rule on a line, or one with its risk and remedy. */
export function rulesCommand(program: Command, finish: (code: number) => void): void {
  program
    .command('rules')
    .description('List the rules, or explain one')
    .argument('[id]', 'a rule, or the gap of a question')
    .option('--lang <language>', `language: ${LANGUAGES.join(', ')}`)
    .action(async (id: string | undefined, options: { lang?: string }) => {
      const { rules } = await import('#judge/rules/all.generated.ts');
      const lang: Language =
        options.lang === 'fr' || options.lang === 'en' ? options.lang : languageOf(process.env);
      const plain = (text: string) => text.replaceAll('`', '');
      if (id === undefined) {
        const width = Math.max(...rules.map((rule) => rule.id.length));
        for (const rule of rules)
          process.stdout.write(
            `${rule.id.padEnd(width)}  ${rule.severity.padEnd(8)}  ${plain(rule.title[lang])}\n`,
          );
      } else {
        const rule = rules.find((one) => one.id === id);
        if (!rule) {
          const { explained } = await import('./explained-gap.ts');
          process.stdout.write(explained(id, lang));
          return finish(EXIT.established);
        }
        const parts = [rule.title, rule.risk, rule.remedy].map((text) => plain(text[lang]));
        process.stdout.write(`${rule.id} (${rule.severity})\n\n${parts.join('\n\n')}\n`);
        for (const reference of rule.references ?? []) process.stdout.write(`\n${reference}`);
        process.stdout.write(rule.references?.length ? '\n' : '');
      }
      finish(EXIT.established);
    });
}

import { existsSync, lstatSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { InputError } from '#lib/input-error.ts';
import { languageOf } from '#lib/locale.ts';
import { PROFILES, type Profile } from '#model/maturity.ts';
import { LANGUAGES, type Language } from '#model/text.ts';
import { EXIT } from './exit.ts';

interface Options {
  profile?: Profile;
  lang?: Language;
}

/** `constat init [PATH]`: a `constat.yaml` to begin with, and with `--profile` the target to edit. */
export function initCommand(program: Command, finish: (code: number) => void): void {
  program
    .command('init')
    .description(
      'Write constat.yaml, and with --profile the target that a team edits; nothing is overwritten',
    )
    .argument('[path]', 'the folder that is audited', '.')
    .addOption(new Option('--profile <name>', 'write constat.target.yaml too').choices(PROFILES))
    .addOption(new Option('--lang <language>', 'language of the files').choices(LANGUAGES))
    .action(async (folder: string, options: Options) => {
      await init(folder, options);
      finish(EXIT.established);
    });
}

const isThere = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false }) !== undefined;

async function init(folder: string, { profile, lang = languageOf(process.env) }: Options): Promise<void> {
  const root = path.resolve(folder);
  if (!existsSync(root) || !statSync(root).isDirectory())
    throw new InputError(`${folder}: no such folder; give the path of a repository`);
  const [{ configurationText, targetText, writeNew }, { CONFIGURATION_FILE }, { TARGET_FILE }, { domains }] =
    await Promise.all([
      import('#store/initial-files.ts'),
      import('#store/configuration.ts'),
      import('#store/target-file.ts'),
      import('#judge/maturity/domains.ts'),
    ]);
  const wrote = (file: string) => process.stdout.write(`${path.join(folder, file)}\n`);
  if (profile) {
    writeNew(root, TARGET_FILE, targetText(domains, lang));
    wrote(TARGET_FILE);
    // one that is there is the team's: it is told what to add
    if (isThere(path.join(root, CONFIGURATION_FILE))) {
      process.stdout.write(`${path.join(folder, CONFIGURATION_FILE)}: ${KEPT[lang]}\n`);
      return;
    }
  }
  writeNew(root, CONFIGURATION_FILE, configurationText(path.basename(root), profile, lang));
  wrote(CONFIGURATION_FILE);
}

const KEPT: Record<Language, string> = {
  fr: 'conservé tel quel\u00a0; `profile: devops` y demande le profil à chaque audit',
  en: 'kept as it is; `profile: devops` in it asks for the profile in every audit',
};

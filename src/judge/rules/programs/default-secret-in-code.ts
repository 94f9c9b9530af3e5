import type { Artifacts } from '#model/artifacts.ts';
import { defineRule, type Gap, gaps, notApplicable, ok } from '#model/rule.ts';
import type { ProgramSettings, Setting } from '#model/settings.ts';
import { code } from '#model/text.ts';
import { some } from '../../derived/place.ts';
import { inProgram, nameOf } from '../../derived/programs.ts';

/** What the program itself checks or signs with: whoever has it gets in. */
const INWARD =
  /SECRET_?KEY|JWT|SESSION|COOKIE|CSRF|SIGN|ENCRYPT|CIPHER|HMAC|ADMIN|SUPERUSER|AUTH_?SECRET|AUTH_?PASS|MASTER|ROOT_?PASS|TOKEN_SECRET|APP_SECRET|SALT|PEPPER|INTERNAL/i;
/** What stands for an address: where it leads, and with which password, is of the machine that it runs on. */
const ADDRESS = /(?:URL|URI|DSN|CONNECTION(?:_STRING)?|ENDPOINT|HOST)$/i;
/** Accounts with others, whose keys a placeholder only leaves out. */
const OF_OTHERS =
  /AWS|AZURE|GOOGLE|GITHUB|GITLAB|OPENAI|ANTHROPIC|STRIPE|TWILIO|SLACK|DISCORD|SENDGRID|MAILGUN|OAUTH|OIDC|CLIENT_SECRET|RECAPTCHA|TURNSTILE|CAPTCHA|TEST/i;

/** Whoever reads the repository has the key of every place where the variable was forgotten. */
export const defaultSecretInCode = defineRule({
  id: 'default-secret-in-code',
  severity: 'high',
  subject: 'program',
  title: { fr: 'Secret par défaut dans le code', en: 'Default secret in code' },
  risk: {
    fr: 'Là où la variable manque, le programme démarre avec une valeur que tout lecteur du dépôt connaît, et rien ne le dit.',
    en: 'Where the variable is missing the program starts with a value that every reader of the repository knows, and nothing says so.',
  },
  remedy: {
    fr: 'Retirer la valeur par défaut, pour que le programme refuse de démarrer sans la variable.',
    en: 'Remove the default, so that the program refuses to start without the variable.',
  },
  references: ['https://cwe.mitre.org/data/definitions/1392.html'],
  evaluate(program, { artifacts }) {
    if (program.settings.length === 0) return notApplicable;
    const telling = program.settings.filter((setting) => isTelling(setting, program, artifacts));
    const found = [...Map.groupBy(telling, ({ name }) => name)].flatMap(([name, reads]): Gap[] => {
      const evidence = some(reads.map(({ at }) => at).slice(0, 6));
      if (!evidence) return [];
      const own = code(name);
      return [
        {
          key: name,
          ...(!INWARD.test(name) && { severity: 'medium' }),
          title: {
            fr: `${nameOf(program).fr}\u00a0: valeur par défaut pour le secret ${own}`,
            en: `${nameOf(program).en}: default value for the secret ${own}`,
          },
          message: {
            fr: `${inProgram(program).fr} donne à ${own} une valeur écrite en clair, utilisée quand la variable n’est pas définie.`,
            en: `${inProgram(program).en} gives ${own} a value written in the open, used where the variable is not set.`,
          },
          evidence,
          values: { name },
        },
      ];
    });
    return found.length > 0 ? gaps(found) : ok;
  },
});

function isTelling(
  { name, default: given, uses, at }: Setting,
  { settings }: ProgramSettings,
  { secrets }: Artifacts,
): boolean {
  if (!given?.secret || given.isGenerated || given.isGuarded || uses.length === 0) return false;
  if (ADDRESS.test(name) || OF_OTHERS.test(name)) return false;
  if (!['default', 'placeholder', 'weak', 'strong'].includes(given.class)) return false;
  // read elsewhere without a default, the program does not start without it
  if (settings.some((one) => one.name === name && one.isRequired)) return false;
  if (secrets.some((one) => one.file === at.file && one.line === at.line)) return false;
  // a password of a service beside it counts where everybody knows it
  return INWARD.test(name) || (given.class === 'default' && /PASS|PWD|SECRET|TOKEN|KEY/i.test(name));
}

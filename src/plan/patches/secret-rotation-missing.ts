import { shellQuote } from '#lib/shell-quote.ts';
import type { Kind } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { inLanguage, pageText, type Section } from './page.ts';
import { definePatch, folderFor, freeName, newFile } from './patch.ts';

/** How a new value is put in each sort of place; none is ever given on the command line. */
const PUT: Partial<Record<Kind, (resource: Resource) => string | undefined>> = {
  'Cloudflare::Workers::Secret': ({ name }) => {
    const at = name.indexOf('/');
    return at > 0
      ? `npx wrangler secret put ${shellQuote(name.slice(at + 1))} --name ${shellQuote(name.slice(0, at))}`
      : undefined;
  },
  'GitHub::Actions::Secret': ({ name }) => `gh secret set ${shellQuote(name)}`,
  'AWS::SecretsManager::Secret': ({ name, region }) =>
    `aws secretsmanager put-secret-value${region ? ` --region ${shellQuote(region)}` : ''} --secret-id ${shellQuote(name)} --secret-string file://new-value`,
  'AWS::SSM::Parameter': ({ name, region }) =>
    `aws ssm put-parameter${region ? ` --region ${shellQuote(region)}` : ''} --name ${shellQuote(name)} --type SecureString --overwrite --value file://new-value`,
};

/** An identifier or an address that is kept with the secrets: nobody would replace it. */
const NO_SECRET =
  /^GITHUB_TOKEN$|_(?:ARN|EMAIL|HOST|HOSTNAME|USER|USERNAME|REGION|PORT|DOMAIN|CLUSTER|BUCKET|NAME)$|(?<!KEY)_?ID$/i;
const HOLDS_SECRET = /secret|token|password|passwd|key|credential|private/i;

/** A page that says how each secret that is used is replaced. */
export const secretRotationMissing = definePatch({
  for: ['secret-rotation-missing'],
  draft: (findings, { estate, language }) => {
    const t = inLanguage(language);
    const commands = estate.resources
      .filter(({ kind, name }) => kind !== 'AWS::SSM::Parameter' || HOLDS_SECRET.test(name))
      .filter(({ name }) => !NO_SECRET.test(name))
      .filter(({ name, status }) => /^[\w./-]+$/.test(name) && status !== 'missing')
      .flatMap((resource) => PUT[resource.kind]?.(resource) ?? []);
    const folder = folderFor(estate, 'docs/runbooks', 'docs/operations', 'docs', 'doc', 'docs');
    const file = freeName(estate, `${folder}/secret-rotation.md`);
    if (commands.length === 0 || file === undefined) return [];
    const sections: Section[] = [
      {
        title: t('Quand', 'When'),
        text: t(
          'Une fois par an, aussitôt qu’une valeur a pu être vue par quelqu’un qui ne devait pas, et quand une personne qui la connaissait part.',
          'Once a year, as soon as a value may have been seen by somebody who was not to see it, and when a person who knew it leaves.',
        ),
      },
      {
        title: t('Sans coupure', 'Without an outage'),
        text: t(
          '1. Créer la nouvelle valeur chez le fournisseur, sans révoquer l’ancienne.\n2. La mettre en place par la commande ci-dessous, pour chaque environnement (la valeur est demandée, ou lue d’un fichier à effacer ensuite).\n3. Vérifier que le service répond avec elle.\n4. Révoquer l’ancienne chez le fournisseur.\n5. Dater la ligne au bas de cette page.',
          '1. Make the new value at the provider, without revoking the old one.\n2. Put it in place by the command below, for each environment (the value is asked for, or read from a file that is erased afterwards).\n3. Check that the service answers with it.\n4. Revoke the old one at the provider.\n5. Date the line at the end of this page.',
        ),
      },
      { title: t('Commandes', 'Commands'), commands: [...new Set(commands)] },
      {
        title: t('Rotations faites', 'Rotations done'),
        text: t(
          '| Date | Secret | Par |\n| --- | --- | --- |',
          '| Date | Secret | By |\n| --- | --- | --- |',
        ),
      },
    ];
    return [
      {
        id: 'secret-rotation-runbook',
        title: say(
          `Écrire la procédure de rotation des secrets (${code(file)})`,
          `Write the procedure that rotates secrets (${code(file)})`,
        ),
        findings,
        edits: [
          newFile(
            file,
            pageText({
              title: t('Renouveler les secrets', 'Rotate secrets'),
              lead: t(
                'Quand et comment chaque secret est remplacé, sans coupure.',
                'When and how each secret is replaced, without an outage.',
              ),
              sections,
            }),
          ),
        ],
      },
    ];
  },
});

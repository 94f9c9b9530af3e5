import { parseImageReference } from '#lib/image-reference.ts';
import { hasSymbol } from '#lib/symbolic.ts';
import type { Fact } from '#model/fact.ts';
import type { Observation } from '#model/lookup.ts';
import { code, type Text } from '#model/text.ts';
import type { Standing } from './status.ts';

const REPOSITORY = 'AWS::ECR::Repository';
const IMAGE = 'Docker::Image';
const say = (fr: string, en: string): Text => ({ fr, en });

/**
 * How an image of ECR stands that no list held: missing where its whole repository was read, or where the repository is
 * not there. Undefined for images of other registries, and where the account was not looked at.
 */
export function imageStanding(
  declared: readonly Fact[],
  observations: readonly Observation[],
): Omit<Standing, 'drift'> | undefined {
  const [first] = declared;
  if (first?.kind !== IMAGE) return undefined;
  const image = parseImageReference(first.name);
  if (!image?.ecr || image.registry === undefined) return undefined;
  const { account, region } = image.ecr;
  const unverified = (reason: Text) => ({ status: 'unverified', reason }) as const;
  const isOpen = hasSymbol(account) || hasSymbol(region);
  const looked = observations.find(
    (one) => isOpen || (one.account === account && one.regions.includes(region)),
  );
  if (!looked) return undefined;
  if (isOpen || declared.every(({ nameStatus }) => nameStatus === 'template'))
    return unverified(say('son nom n’est connu qu’à l’exécution', 'its name is only known when it runs'));
  if (image.tag === undefined) return unverified(say('aucune étiquette n’est nommée', 'no tag is named'));

  const uri = `${image.registry}/${image.repository}`;
  const inPlace = looked.lookups.filter((one) => one.account === account && one.region === region);
  const images = inPlace.find((one) => one.kind === IMAGE && one.scope === uri);
  if (images?.refusal) return unverified(images.refusal.why);
  if (images)
    return {
      status: 'missing',
      reason: say(
        `le dépôt ${code(image.repository)} n’a pas cette image`,
        `repository ${code(image.repository)} has no such image`,
      ),
    };
  const repositories = inPlace.filter(({ kind }) => kind === REPOSITORY);
  const refusal = repositories.find((one) => one.refusal)?.refusal;
  if (refusal) return unverified(refusal.why);
  return repositories.length === 0
    ? undefined
    : {
        status: 'missing',
        reason: say(
          `le dépôt ${code(image.repository)} n’existe pas`,
          `repository ${code(image.repository)} does not exist`,
        ),
      };
}

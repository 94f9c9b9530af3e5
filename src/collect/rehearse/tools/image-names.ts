import { AWS_REGION } from '#lib/aws-region.ts';
import { parseImageReference, withoutDigest } from '#lib/image-reference.ts';
import { aroundSymbols, isUnknown, knownPart } from '#lib/symbolic.ts';
import type { Json, Verb } from '#model/fact.ts';
import type { Named } from './tool.ts';

/** Lower-case parts as the distribution specification has them; symbols count as a letter. */
const PATH =
  /^[a-z0-9\ue000-\uf8ff]+(?:(?:\.|_{1,2}|-{1,10})[a-z0-9\ue000-\uf8ff]+)*(?:\/[a-z0-9\ue000-\uf8ff]+(?:(?:\.|_{1,2}|-{1,10})[a-z0-9\ue000-\uf8ff]+)*)*$/;
const TAG = /^[\w\ue000-\uf8ff][\w.\ue000-\uf8ff-]{0,127}$/;
const HOST = /^[\w.\ue000-\uf8ff-]+(?::[\d\ue000-\uf8ff]+)?$/;
/** Owners that stand for one: `ghcr.io/your-org/api`. */
const STAND_IN =
  /^(?:example|examples|your[-_]?[\w-]{0,30}|my[-_]?(?:org|name|user|company|repo)|myorg|org|orgname|owner|username|namespace|placeholder|changeme)\//;
/** A registry that stands on the machine itself: what is put there never leaves the job. */
const LOCAL_REGISTRY =
  /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal|kind-registry|registry)(?::|$)/;

/** A registry that only the run knows, named before the first slash: `⟨steps.login-ecr.outputs.registry⟩/api`. */
function leadingSymbol(reference: string): { symbol: string; rest: string } | undefined {
  const match = /^(⟨[^⟨⟩]*⟩)\/(.+)$/s.exec(reference);
  return match ? { symbol: match[1] ?? '', rest: match[2] ?? '' } : undefined;
}

/** Whether the symbol of a registry says that it is Amazon ECR's, and nothing more than the registry. */
const isEcrRegistry = (symbol: string): boolean => /ecr/i.test(symbol) && !/repo/i.test(symbol);

/** `ghcr.io/⟨github.repository⟩`: not known here, and yet no other than that of this repository. */
const isOwnRepository = (repository: string): boolean =>
  /^⟨(?:github\.repository|\$?GITHUB_REPOSITORY)[^⟨⟩]*⟩$/.test(repository);

interface Reference {
  name: string;
  registry?: string;
  repository: string;
  tag?: string;
  ecr?: { account?: string; region?: string };
}

function read(text: string): Reference | undefined {
  const lead = leadingSymbol(text);
  const parts = parseImageReference(lead ? lead.rest : text);
  if (!parts || (lead && parts.registry !== undefined)) return undefined;
  const { repository, tag, ecr } = parts;
  const registry = lead?.symbol ?? parts.registry;
  const fits = (part: string, rule: RegExp) => aroundSymbols(part, (own) => rule.test(own));
  if (isUnknown(repository) && !(registry !== undefined && !lead && isOwnRepository(repository)))
    return undefined;
  if (!fits(repository, PATH)) return undefined;
  if (tag !== undefined && !fits(tag, TAG)) return undefined;
  if (registry !== undefined && !fits(registry, HOST)) return undefined;
  const known = ecr && {
    ...(/^\d{12}$/.test(ecr.account) && { account: ecr.account }),
    ...(AWS_REGION.test(ecr.region) && { region: ecr.region }),
  };
  return {
    name: withoutDigest(text),
    repository,
    ...(registry !== undefined && { registry }),
    ...(tag !== undefined && { tag }),
    ...(known ? { ecr: known } : lead && isEcrRegistry(lead.symbol) && { ecr: {} }),
  };
}

/**
 * What an image reference names: the image and, where Amazon ECR stores it, the repository, which must be there before
 * anything is pushed. Nothing when the text is no reference, when nothing of the repository's name is known, or when
 * the registry is of the machine itself.
 */
export function imageNamed(reference: string, verb: Verb, properties: Record<string, Json> = {}): Named[] {
  const text = reference.trim().replace(/^(?:docker|oci):\/\//, '');
  if (text === '' || text.length > 512 || /^[-./]/.test(text)) return [];
  const image = read(text);
  if (!image || LOCAL_REGISTRY.test(image.registry ?? '')) return [];
  const { name, registry, repository, tag, ecr } = image;
  if (!ecr && STAND_IN.test(repository)) return [];
  const isLiteral = (part: string | undefined): part is string =>
    part !== undefined && knownPart(part) === part;
  const repositoryKey = { kind: 'AWS::ECR::Repository', name: repository } as const;
  const named: Named = {
    kind: 'Docker::Image',
    name,
    verb,
    ...ecr,
    properties: {
      ...(isLiteral(registry) && { registry }),
      ...(isLiteral(repository) && { repository }),
      ...(isLiteral(tag) && { tag }),
      ...properties,
    },
    ...(ecr && { relations: [{ type: 'stored-in', to: repositoryKey }] }),
  };
  if (ecr) return [{ ...repositoryKey, ...ecr, verb: verb === 'creates' ? 'requires' : verb }, named];
  const isPublicEcr = registry === 'public.ecr.aws' && verb === 'creates';
  const own = repository.split('/').slice(1).join('/');
  return isPublicEcr && !isUnknown(own)
    ? [{ kind: 'AWS::ECR::PublicRepository', name: own, verb: 'requires' }, named]
    : [named];
}

/** Like {@link imageNamed} for what a build pushes: a name without a registry or an owner can be pushed nowhere. */
export const pushedImage = (reference: string): Named[] =>
  /\//.test(knownPart(reference)) ? imageNamed(reference, 'creates', { built: true }) : [];

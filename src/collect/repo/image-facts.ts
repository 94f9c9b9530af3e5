import { AWS_REGION } from '#lib/aws-region.ts';
import { parseImageReference, withoutDigest } from '#lib/image-reference.ts';
import type { Evidence } from '#model/evidence.ts';
import type { Fact, FactSort, Json, RelationFact, Verb } from '#model/fact.ts';
import type { Interpolated } from './interpolation.ts';

/** A place of the repository that names a container image. */
export interface ImageMention {
  image: Interpolated;
  evidence: Evidence;
  sort: FactSort;
  environments: string[];
  verb: Verb;
  properties?: Record<string, Json>;
}

/** `${X}`, `$X`, `{{ x }}`, `<x>`, `%X%`, `__X__`, and words in capitals, which no image name holds. */
const PLACEHOLDER =
  /\$\{[^}]*\}|\$\([^)]*\)|\$[A-Za-z_]\w*|\{\{[^}]*\}\}|\{[A-Za-z_]\w*\}|<[^<>]*>|⟨[^⟩]*⟩|%[A-Z_]+%|__\w+?__|@[A-Z_]+@|\b(?:[A-Z][A-Z0-9]*[_-])*[A-Z]{3,}[A-Z0-9]*\b|\byour[-_][\w-]*/g;
/** Tags that are written until the real one is put in. */
const PLACEHOLDER_TAG = /:(?:placeholder|change-?me|replace-?me|to-?be-?replaced|image-?tag|todo|x{3,})$/i;
/** Stands for a placeholder while the reference is taken apart. */
const MARK = '\ue000';
const PATH =
  /^[a-z0-9\ue000]+(?:(?:\.|_{1,2}|-{1,10})[a-z0-9\ue000]+)*(?:\/[a-z0-9\ue000]+(?:(?:\.|_{1,2}|-{1,10})[a-z0-9\ue000]+)*)*$/;
const HOST = /^[A-Za-z0-9\ue000.-]+(?::[0-9\ue000]+)?$/;
const TAG = /^[\w\ue000][\w\ue000.-]{0,127}$/;

/**
 * The facts of an image reference: the image and, where Amazon ECR stores it, the repository. None when the text is no
 * image reference, or when nothing of the image's own name is known.
 */
export function imageFacts({ image, properties, ...mention }: ImageMention): Fact[] {
  if (image.text.length > 512) return [];
  const reference = referenceOf(image.text);
  if (!reference) return [];
  const { parts, name, isTemplate } = reference;
  const status = isTemplate ? 'template' : image.status === 'template' ? 'literal' : image.status;
  const facts: Fact[] = [];
  const relations: RelationFact[] = [];
  const { ecr } = parts;
  const where = {
    ...(ecr && /^\d{12}$/.test(ecr.account) && { account: ecr.account }),
    ...(ecr && AWS_REGION.test(ecr.region) && { region: ecr.region }),
  };
  if (ecr) {
    const repository = { kind: 'AWS::ECR::Repository', name: parts.repository } as const;
    const known = parts.repository.includes(MARK) ? undefined : repository;
    if (known) {
      facts.push({
        ...base(mention),
        ...known,
        ...where,
        nameStatus: image.status === 'resolved' ? 'resolved' : 'literal',
      });
      relations.push({ type: 'stored-in', to: known });
    }
  }
  facts.unshift({
    ...base(mention),
    kind: 'Docker::Image',
    name,
    nameStatus: status,
    ...where,
    properties: {
      ...(parts.registry !== undefined && !parts.registry.includes(MARK) && { registry: parts.registry }),
      ...(!parts.repository.includes(MARK) && { repository: parts.repository }),
      ...(parts.tag !== undefined && !parts.tag.includes(MARK) && { tag: parts.tag }),
      ...(parts.digest !== undefined && !parts.digest.includes(MARK) && { digest: parts.digest }),
      ...properties,
    },
    ...(relations.length > 0 && { relations }),
  });
  return facts;
}

function base({ evidence, sort, environments, verb }: Omit<ImageMention, 'image' | 'properties'>) {
  return { source: 'repo', sort, evidence, environments, verb, certainty: 'static' } as const;
}

function referenceOf(text: string) {
  const marked = text.replace(PLACEHOLDER, MARK).replace(PLACEHOLDER_TAG, `:${MARK}`);
  const parts = parseImageReference(marked);
  if (!parts) return undefined;
  const { registry, repository, tag } = parts;
  const isKnown = /[a-z0-9]/.test(repository) && PATH.test(repository);
  if (!isKnown || (registry !== undefined && !HOST.test(registry))) return undefined;
  if (tag !== undefined && !TAG.test(tag)) return undefined;
  return { parts, name: withoutDigest(text), isTemplate: withoutDigest(marked).includes(MARK) };
}

import { aroundSymbols } from './symbolic.ts';

/** The parts of a container image reference. Distribution specification, “reference grammar”. */
export interface ImageReference {
  /** Host with its port; undefined for Docker Hub. */
  registry?: string;
  /** The path without registry, tag and digest: `library/nginx` is written `nginx` and stays so. */
  repository: string;
  tag?: string;
  digest?: string;
  /** Where the registry is Amazon ECR. */
  ecr?: { account: string; region: string };
}

const ECR = /^([^.]+)\.dkr[.-]ecr(?:-fips)?\.([^.]+)\.(?:amazonaws\.com|on\.aws)(?:\.cn)?$/;

/**
 * Takes an image reference apart. Undefined when the text cannot be one. Symbols (`⟨…⟩`) stay where they stand, whatever
 * is written in them.
 */
export const parseImageReference = (text: string): ImageReference | undefined => aroundSymbols(text, parse);

function parse(text: string): ImageReference | undefined {
  if (text === '' || /\s/.test(text) || text.length > 512) return undefined;
  const [beforeDigest = '', digest] = text.split('@', 2);
  const slash = beforeDigest.lastIndexOf('/');
  const colon = beforeDigest.indexOf(':', slash + 1);
  const tag = colon >= 0 ? beforeDigest.slice(colon + 1) : undefined;
  const path = colon >= 0 ? beforeDigest.slice(0, colon) : beforeDigest;
  const [first = '', ...rest] = path.split('/');
  const registry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : undefined;
  const repository = registry === undefined ? path : rest.join('/');
  if (repository === '') return undefined;
  const ecr = registry === undefined ? null : ECR.exec(registry);
  return {
    ...(registry !== undefined && { registry }),
    repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    ...(ecr && { ecr: { account: ecr[1] ?? '', region: ecr[2] ?? '' } }),
  };
}

/** The reference without its digest, the name of a `Docker::Image`. */
export const withoutDigest = (text: string): string =>
  aroundSymbols(text, (hidden) => hidden.split('@', 1)[0] ?? hidden);

/**
 * The reference under which an image is pulled: by its digest where it has one, else by its tag, `latest` where none is
 * written. Undefined when the text cannot be one.
 */
export function pulledReference(text: string): string | undefined {
  const image = parseImageReference(text);
  if (!image) return undefined;
  const { registry, repository, tag = 'latest', digest } = image;
  const name = registry === undefined ? repository : `${registry}/${repository}`;
  return digest === undefined ? `${name}:${tag}` : `${name}@${digest}`;
}

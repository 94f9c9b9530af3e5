import { parseImageReference, pulledReference, withoutDigest } from '#lib/image-reference.ts';
import type { Json, Kind } from '#model/fact.ts';
import type { Check } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { fail, held, pass, say, unknown } from './checks.ts';
import { type Graph, type Properties, refusedDetail, seenOf } from './graph.ts';
import type { HopSide } from './hop.ts';
import { asText, asTexts, isObject } from './values.ts';

export const IMAGE: Kind = 'Docker::Image';
const REPOSITORY: Kind = 'AWS::ECR::Repository';

/** What the architecture of a task is called in an image (OCI image specification, “Image Index”, `platform`). */
const ARCHITECTURES: Record<string, string> = { X86_64: 'amd64', ARM64: 'arm64' };

const refused = (operation: string) => ({
  sort: 'failed' as const,
  operation,
  why: say('les images de ce registre ne sont pas lues', 'images of this registry are not read'),
});

/** The image of a container: there, of the right architecture, how old, how it was scanned. */
export function imageSide(
  graph: Graph,
  definition: Resource,
  container: Properties,
  seen: Properties,
): HopSide | undefined {
  const name = asText(container.image);
  const image = name === undefined ? undefined : parseImageReference(name);
  if (name === undefined || !image) return undefined;
  const values: Record<string, Json> = {
    repository: image.repository,
    tag: image.tag ?? image.digest ?? 'latest',
    container: asText(container.name) ?? '',
    ...(image.ecr && { region: image.ecr.region }),
  };
  const found = graph.named(IMAGE, name) ?? graph.named(IMAGE, withoutDigest(name));
  if (found) return { resource: found.id, role: 'image', checks: checksOf(found, seen, values) };
  return {
    resource: `constat:${IMAGE}::${name}`,
    role: 'image',
    checks: [absence(graph, definition, name, values)],
    ...(image.ecr && { sought: [{ kind: IMAGE, name, region: image.ecr.region }] }),
  };
}

/** Whether an image that was not seen is not there: only where its registry was read. */
function absence(graph: Graph, definition: Resource, name: string, values: Record<string, Json>): Check {
  const image = parseImageReference(name);
  const shown = code(name);
  const notRead = say(`image ${shown} non lue`, `image ${shown} not read`);
  const parts = { evidence: definition.observed, values };
  if (!image?.ecr || image.registry === undefined)
    return unknown('image-missing', notRead, refused('registry'), parts);
  const near = { account: image.ecr.account, region: image.ecr.region };
  // a registry that fetches from another one makes the repository with the first pull
  const fetched = graph.unseen(IMAGE, near, pulledReference(name));
  if (fetched?.sort === 'unavailable') return unknown('image-missing', notRead, fetched, parts);
  const repository = graph.named(REPOSITORY, image.repository, near);
  if (!repository || repository.account !== near.account) {
    const refusal = graph.unseen(REPOSITORY, near);
    return refusal
      ? unknown('image-missing', notRead, refusal, parts)
      : fail(
          'image-missing',
          say(
            `le dépôt ${code(image.repository)} n’existe pas dans le registre`,
            `the registry has no repository ${code(image.repository)}`,
          ),
          { ...parts, values: { ...values, isRepositoryMissing: true } },
        );
  }
  const uri = `${image.registry}/${image.repository}`;
  const tags = asTexts(seenOf(repository).tags);
  const own = graph.unseen(IMAGE, near, pulledReference(name));
  const others = own && graph.unseen(IMAGE, near, uri);
  // of the two reads that would tell it, the one that somebody can be allowed
  const refusal = others && (own.permission === undefined ? others : own);
  const at = { ...parts, evidence: repository.observed, resources: [repository.id] };
  if (image.tag !== undefined && tags.includes(image.tag))
    return pass('image-missing', say(`image ${shown} présente`, `image ${shown} is there`), at);
  return refusal
    ? unknown('image-missing', notRead, refusal, at)
    : fail(
        'image-missing',
        say(
          `${code(image.repository)} n’a pas d’image ${code(image.tag ?? image.digest ?? 'latest')}`,
          `${code(image.repository)} has no image ${code(image.tag ?? image.digest ?? 'latest')}`,
        ),
        at,
      );
}

function checksOf(image: Resource, task: Properties, values: Record<string, Json>): Check[] {
  const seen = seenOf(image);
  const parts = { evidence: image.observed, resources: [image.id], values };
  const pushed = asText(seen.pushedAt);
  const since =
    pushed === undefined
      ? say('', '')
      : say(`, publiée le ${pushed.slice(0, 10)}`, `, pushed on ${pushed.slice(0, 10)}`);
  const checks = [
    pass(
      'image-missing',
      say(
        `image ${code(String(values.tag))} présente${since.fr}`,
        `image ${code(String(values.tag))} is there${since.en}`,
      ),
      parts,
    ),
  ];
  const platform = isObject(task.runtimePlatform) ? asText(task.runtimePlatform.cpuArchitecture) : undefined;
  const wanted = ARCHITECTURES[platform ?? 'X86_64'];
  const architectures = asTexts(seen.architectures);
  const refusal = refusedDetail(image);
  if (architectures.length === 0 && refusal)
    checks.push(
      unknown(
        'image-architecture-mismatch',
        say('architectures de l’image non lues', 'architectures of the image not read'),
        refusal,
        parts,
      ),
    );
  if (architectures.length > 0 && wanted !== undefined)
    checks.push(
      held(
        'image-architecture-mismatch',
        architectures.includes(wanted),
        say(`architecture ${code(wanted)}`, `architecture ${code(wanted)}`),
        say(
          `image pour ${architectures.map(code).join(', ')}, tâches en ${code(wanted)}`,
          `image for ${architectures.map(code).join(', ')}, tasks on ${code(wanted)}`,
        ),
        { ...parts, values: { ...values, actual: architectures, expected: wanted } },
      ),
    );
  const scan = isObject(seen.scanFindings) ? seen.scanFindings : undefined;
  const severe =
    scan &&
    ['CRITICAL', 'HIGH'].flatMap((one) =>
      typeof scan[one] === 'number' && scan[one] > 0 ? `${scan[one]} ${one}` : [],
    );
  if (severe)
    checks.push(
      pass(
        'image-scanned',
        severe.length > 0
          ? say(`analyse\u00a0: ${severe.join(', ')}`, `scan: ${severe.join(', ')}`)
          : say('analyse sans vulnérabilité grave', 'scan without a severe vulnerability'),
        parts,
      ),
    );
  return checks;
}

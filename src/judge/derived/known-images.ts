import { parseImageReference } from '#lib/image-reference.ts';
import type { Estate } from '#model/estate.ts';
import { isFileEvidence } from '#model/evidence.ts';
import { pushedImages } from './calls.ts';

/** An image's name in its parts. */
export interface ImageName {
  /** With its registry and owner, without tag. */
  name: string;
  /** Without the registry. */
  path: string;
  /** The last part of it. */
  base: string;
  tag: string;
}

/** Takes a reference apart; Docker Hub is the registry where none is given. */
export function imageNameOf(reference: string): ImageName | undefined {
  const parsed = parseImageReference(reference);
  if (!parsed) return undefined;
  const registry = parsed.registry?.replace(/^index\.docker\.io$/, 'docker.io') ?? 'docker.io';
  const path = parsed.repository;
  const base = path.slice(path.lastIndexOf('/') + 1);
  return { name: `${registry}/${path}`, path, base, tag: parsed.tag ?? 'latest' };
}

/** What an estate says of its images, by name. */
export interface KnownImages {
  /** The tags under which anything of the repository pushes them. */
  pushedTags: ReadonlyMap<string, string[]>;
  /** The names under which the repository builds them. */
  built: ReadonlySet<string>;
  /** The places (`file:line`) where one is named without a variable. */
  writtenOut: ReadonlySet<string>;
}

const known = new WeakMap<Estate, KnownImages>();

/** The images of an estate, gathered once. */
export function knownImages(estate: Estate): KnownImages {
  const found = known.get(estate) ?? gathered(estate);
  known.set(estate, found);
  return found;
}

function gathered({ artifacts, resources }: Estate): KnownImages {
  const runs = [...artifacts.workflows.flatMap((workflow) => workflow.runs), ...artifacts.scripts];
  const calls = runs.flatMap((run) => run.calls);
  const pushed = calls.flatMap(pushedImages).flatMap(({ reference }) => imageNameOf(reference) ?? []);
  const builds = calls.filter(
    ({ tool, operation }) => tool === 'docker' && /^(buildx )?build$/.test(operation),
  );
  const services = artifacts.composeFiles.flatMap((file) => file.services);
  const built = [
    ...services.flatMap(({ image, build }) => (image && build ? [image.reference] : [])),
    ...builds.flatMap(({ arguments: { t, tag, tags } }) => [t, tag, tags].flat()),
  ];
  const facts = resources.filter(({ kind }) => kind === 'Docker::Image').flatMap((one) => one.facts);
  const tagsOf = Map.groupBy(pushed, ({ name }) => name);
  return {
    pushedTags: new Map([...tagsOf].map(([name, all]) => [name, all.map(({ tag }) => tag)])),
    built: new Set(
      built.flatMap((one) => (typeof one === 'string' ? (imageNameOf(one.trim())?.name ?? []) : [])),
    ),
    writtenOut: new Set(
      facts.flatMap(({ nameStatus, evidence }) =>
        nameStatus === 'literal' && isFileEvidence(evidence) ? [`${evidence.file}:${evidence.line}`] : [],
      ),
    ),
  };
}

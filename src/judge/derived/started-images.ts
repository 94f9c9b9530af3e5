import type { ComposeFile, ComposeService, JobSource, WorkflowSource } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Call } from '#model/workflow.ts';
import { argumentStrings, type Push, placeOf, pushesOf } from './calls.ts';
import { type ImageName, imageNameOf, type KnownImages, knownImages } from './known-images.ts';
import { at } from './place.ts';

/** An image that a workflow pushes, and the one of a compose file that it then starts in its place. */
export interface OtherImage {
  pushed: Push;
  started: { reference: string; service: string; place: FileEvidence };
  deployed: FileEvidence;
  /** The name in the file holds no variable that the host could give another value. */
  isWrittenOut: boolean;
}

/** What in a job may rewrite the file, build there, or give an image another name. */
const CHANGES_NAMES =
  /\.sh\b|\b(make|just|sed|perl|envsubst|yq|python3?|node|ansible)\b|\b(tag|load|build)\b\s|--build\b/;
/** What brings the repository's own file to the machine. */
const BRINGS_FILE = /\bgit (pull|fetch|clone|reset|checkout)\b|\b(scp|rsync)\b|scp-action/;

/**
 * The images that a workflow pushes while the compose file that it starts on another machine names another one. Only
 * where the file is the repository's own, and the other name is surely of the same image.
 */
export function otherImages(workflow: WorkflowSource, estate: Estate): OtherImage[] {
  const pushes = pushesOf(workflow);
  if (pushes.length === 0) return [];
  const images = knownImages(estate);
  const named = new Set(
    workflow.runs.flatMap(({ calls }) =>
      calls.flatMap(argumentStrings).flatMap((text) => imageNameOf(text)?.name ?? []),
    ),
  );
  return workflow.runs.flatMap((run) =>
    run.calls.flatMap((call) => {
      const file = startedFile(call, estate.artifacts.composeFiles);
      if (!file || !isPlain(workflow.jobs.find(({ id }) => id === run.job))) return [];
      const together = pushes.filter((push) => push.run.events.some((event) => run.events.includes(event)));
      return startedServices(call, file).flatMap(({ name, image }): OtherImage[] => {
        const pushed = image && pushedInstead(image.reference, together, { file, images, named });
        if (!pushed) return [];
        const started = { reference: image.reference, service: name, place: at(file.file, image.line) };
        const isWrittenOut = images.writtenOut.has(`${file.file}:${image.line}`);
        return [{ pushed, started, deployed: placeOf(call, run, workflow), isWrittenOut }];
      });
    }),
  );
}

/** The one compose file that a command names and starts on another machine. */
function startedFile(call: Call, files: readonly ComposeFile[]): ComposeFile | undefined {
  if (call.remote === undefined) return undefined;
  if (!/^docker(-| )compose up$|^docker stack deploy$/.test(`${call.tool} ${call.operation}`))
    return undefined;
  const { c, f, file, 'compose-file': composeFile, build } = call.arguments;
  const named = [c, f, file, composeFile].flat().filter((one) => typeof one === 'string');
  const base = named[0]?.slice(named[0].lastIndexOf('/') + 1) ?? '';
  if (named.length !== 1 || build !== undefined) return undefined;
  const same = files.filter((one) => one.file === base || one.file.endsWith(`/${base}`));
  const [only] = same;
  return same.length === 1 && only && !only.retired && only.overrides === undefined ? only : undefined;
}

/** Whether a job brings the file and starts it, and does nothing else that could change what it says. */
function isPlain(job: JobSource | undefined): boolean {
  const texts = job?.steps.flatMap(({ run, uses, with: given }) => [
    run?.text ?? '',
    uses?.text ?? '',
    ...Object.values(given),
  ]);
  const whole = texts?.join('\n') ?? '';
  return BRINGS_FILE.test(whole) && !CHANGES_NAMES.test(whole);
}

function startedServices(call: Call, { services }: ComposeFile): ComposeService[] {
  const { words } = call.arguments;
  const named = Array.isArray(words) && call.operation !== 'stack deploy' ? words : [];
  return services.filter(
    ({ name, build, profiles }) =>
      !build && profiles.length === 0 && (named.length === 0 || named.includes(name)),
  );
}

interface Surroundings {
  file: ComposeFile;
  images: KnownImages;
  /** Every image that a call of the workflow names. */
  named: ReadonlySet<string>;
}

/** The push that was surely meant for a service whose file names another image. */
function pushedInstead(
  started: string,
  pushes: readonly Push[],
  { file, images, named }: Surroundings,
): Push | undefined {
  const own = imageNameOf(started);
  if (!own || /[$⟨@]/.test(started)) return undefined;
  const inFile = file.services.flatMap(({ image }) => imageNameOf(image?.reference ?? '') ?? []);
  const pushedTags = images.pushedTags.get(own.name) ?? [];
  const same = pushes.find(({ reference }) => imageNameOf(reference)?.name === own.name);
  if (same) {
    // another workflow may push what is started, and another service may start what is pushed
    const tags = inFile.filter(({ name }) => name === own.name).map(({ tag }) => tag);
    return pushedTags.some((tag) => tags.some((one) => mayBe(tag, one))) ? undefined : same;
  }
  // given another name on the way
  if (pushedTags.length > 0 || named.has(own.name)) return undefined;
  return pushes.find(({ reference }) => {
    const pushed = imageNameOf(reference);
    return (
      pushed?.base === own.base &&
      !pushed.name.includes('⟨') &&
      isSameImage(pushed, own, images) &&
      inFile.every(({ name }) => name !== pushed.name)
    );
  });
}

/** Whether a pushed tag can turn out to be the one written in a file. Those of a commit or a run are no words. */
function mayBe(pushed: string, started: string): boolean {
  const rest = pushed.replace(/⟨[^⟨⟩]*(?:sha|run_number|run_id)[^⟨⟩]*⟩/gi, '');
  return /[⟨$]/.test(rest + started) || pushed === started || /^[0-9a-f]{7,40}$/.test(started);
}

/**
 * Whether two names are of one image: the same owner and name in two registries, or a name under which the repository
 * builds an image itself. The last part alone says nothing: `acme/nginx` is pushed beside a `nginx` of others.
 */
const isSameImage = (pushed: ImageName, started: ImageName, { built }: KnownImages): boolean =>
  (pushed.path.includes('/') && pushed.path === started.path) || built.has(started.name);

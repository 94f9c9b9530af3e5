import { Copy, DockerfileParser, type Instruction } from 'dockerfile-ast';
import { maskSecrets } from '#lib/mask.ts';
import type { DockerStage } from '#model/artifacts.ts';
import { defineCollector, type Reading, type Sink } from '../collector.ts';
import { imageFacts } from './image-facts.ts';
import { type Interpolated, interpolate } from './interpolation.ts';
import { withoutRetiredMark } from './retired.ts';
import { type Standing, standingOf } from './standing.ts';

const NAME = /^(?:docker|container)file(?:[._-].+)?$|\.(?:docker|container)file$/;
/** Files about Dockerfiles, and programs that happen to be called so. */
const OTHER =
  /\.(?:dockerignore|md|rst|txt|py|js|mjs|cjs|ts|go|rb|rs|java|kt|cs|c|h|cpp|php|json|ya?ml|toml|xml|html|svg|png|sh|bash|ps1|tf|lock|snap|patch|diff)$/;
const LONGEST_TEXT = 500_000;

/** Dockerfiles and Containerfiles: their stages, and the images that they are built from. */
export const dockerfile = defineCollector({
  id: 'dockerfile',
  source: 'repo',
  title: { fr: 'Dockerfile', en: 'Dockerfile' },
  reads: (_, base) => {
    const name = withoutRetiredMark(base);
    return NAME.test(name) && !OTHER.test(name);
  },
  collect(reading, sink) {
    if (reading.text.length > LONGEST_TEXT) {
      sink.unread(1, { fr: 'Dockerfile de plus de 500 Ko', en: 'Dockerfile over 500 kB' });
      return;
    }
    const parsed = DockerfileParser.parse(reading.text);
    const global = new Map<string, string>();
    for (const argument of parsed.getInitialARGs()) {
      const property = argument.getProperty();
      const value = property?.getValue();
      if (!property || value === null || value === undefined) continue;
      const { text, status } = interpolate(value, (name) => global.get(name));
      if (status !== 'template') global.set(property.getName(), text);
    }
    const reader = new StageReader(reading, sink, standingOf(reading.path), global);
    for (const instruction of parsed.getInstructions()) reader.read(instruction);
    if (reader.stages.length > 0) {
      sink.artifact('dockerfiles', { file: reading.path, stages: reader.stages });
    } else if (parsed.getInstructions().length > 0) {
      sink.unread(1, { fr: 'aucune instruction `FROM`', en: 'no `FROM` instruction' });
    }
  },
});

const lineOf = (instruction: Instruction): number => instruction.getRange().start.line + 1;
const expanded = (instruction: Instruction): string[] =>
  instruction.getExpandedArguments().map((argument) => argument.getValue());
const shown = (text: string): string => maskSecrets(text.replace(/\s+/g, ' ').slice(0, 300)).slice(0, 200);

function healthCommand(instruction: Instruction): string {
  const words = instruction.getArguments().map((argument) => argument.getValue());
  return words[0]?.toUpperCase() === 'NONE' ? 'none' : shown(words.slice(1).join(' '));
}

class StageReader {
  readonly stages: DockerStage[] = [];
  readonly #names = new Set<string>();
  #entered = false;
  readonly #reading: Reading;
  readonly #sink: Sink;
  readonly #standing: Standing;
  readonly #arguments: ReadonlyMap<string, string>;

  constructor(reading: Reading, sink: Sink, standing: Standing, global: ReadonlyMap<string, string>) {
    this.#reading = reading;
    this.#sink = sink;
    this.#standing = standing;
    this.#arguments = global;
  }

  read(instruction: Instruction): void {
    const keyword = instruction.getKeyword();
    const stage = this.stages.at(-1);
    if (keyword === 'FROM') this.#from(instruction);
    else if (instruction instanceof Copy) this.#copy(instruction);
    else if (stage) this.#describe(stage, keyword, instruction);
  }

  /** What instructions say of their stage; the last one counts, and an entry point counts more than a command. */
  #describe(stage: DockerStage, keyword: string, instruction: Instruction): void {
    const line = lineOf(instruction);
    const [first] = expanded(instruction);
    if (keyword === 'USER' && first) stage.user = { name: first.replace(/^["']|["']$/g, ''), line };
    if (keyword === 'EXPOSE') stage.ports.push(...expanded(instruction).map((port) => ({ port, line })));
    if (keyword === 'HEALTHCHECK') stage.healthcheck = { command: healthCommand(instruction), line };
    if (keyword === 'ENTRYPOINT' || (keyword === 'CMD' && !this.#entered)) {
      stage.start = { text: shown(instruction.getArgumentsContent() ?? ''), line };
      this.#entered = keyword === 'ENTRYPOINT';
    }
  }

  #from(instruction: Instruction): void {
    const words = instruction.getArguments().map((argument) => argument.getValue());
    const [written = '', as, alias, more] = words;
    const isNamed = as?.toLowerCase() === 'as' && alias !== undefined;
    if (written === '' || more !== undefined || (as !== undefined && !isNamed)) return;
    this.#entered = false;
    const image = this.#resolve(written);
    const fromStage = this.#names.has(image.text.toLowerCase());
    const name = isNamed ? alias : undefined;
    this.stages.push({
      ...(name !== undefined && { name }),
      line: lineOf(instruction),
      base: image.text,
      fromStage,
      ports: [],
    });
    if (!fromStage && image.text !== 'scratch') this.#uses(image, instruction);
    if (name !== undefined) this.#names.add(name.toLowerCase());
  }

  /** `COPY --from=` an image; a bare word is a stage, or a context that only the build's caller knows. */
  #copy(instruction: Copy): void {
    const written = instruction.getFromFlag()?.getValue() ?? '';
    const image = this.#resolve(written);
    if (/[/:]/.test(image.text) && !this.#names.has(image.text.toLowerCase())) this.#uses(image, instruction);
  }

  #resolve(written: string): Interpolated {
    const bare = /^"(.*)"$|^'(.*)'$/.exec(written);
    return interpolate(bare?.[1] ?? bare?.[2] ?? written, (name) => this.#arguments.get(name));
  }

  #uses(image: Interpolated, instruction: Instruction): void {
    const evidence = this.#reading.at(lineOf(instruction));
    for (const fact of imageFacts({ image, evidence, verb: 'uses', ...this.#standing }))
      this.#sink.fact(fact);
  }
}

import { Arg, Copy, DockerfileParser, Env, type Instruction } from 'dockerfile-ast';
import { maskSecrets } from '#lib/mask.ts';
import type { DockerStage } from '#model/artifacts.ts';
import { defineCollector, type Reading, type Sink } from '../collector.ts';
import { imageFacts } from './image-facts.ts';
import { type Interpolated, interpolate } from './interpolation.ts';
import { type Standing, standingOf } from './standing.ts';

const NAME = /^(?:docker|container)file(?:[._-].+)?$|\.(?:docker|container)file$/;
/** Files about Dockerfiles, and programs that happen to be called so. */
const OTHER =
  /\.(?:dockerignore|md|rst|txt|py|js|mjs|cjs|ts|go|rb|rs|java|kt|cs|c|h|cpp|php|json|ya?ml|toml|xml|html|svg|png|sh|bash|ps1|tf|lock|snap|patch|diff)$/;
const LONGEST_TEXT = 500_000;
const MOST_INSTRUCTIONS = 5_000;

/** Dockerfiles and Containerfiles: their stages, and the images that they are built from. */
export const dockerfile = defineCollector({
  id: 'dockerfile',
  source: 'repo',
  title: { fr: 'Dockerfile', en: 'Dockerfile' },
  reads: ({ plain }) => NAME.test(plain) && !OTHER.test(plain),
  collect(reading, sink) {
    if (reading.text.length > LONGEST_TEXT) {
      sink.unread(1, { fr: 'Dockerfile de plus de 500 Ko', en: 'Dockerfile over 500 kB' });
      return;
    }
    const instructions = DockerfileParser.parse(reading.text).getInstructions();
    if (instructions.length > MOST_INSTRUCTIONS) {
      sink.unread(1, {
        fr: 'Dockerfile de plus de 5\u202f000 instructions',
        en: 'Dockerfile of over 5,000 instructions',
      });
      return;
    }
    const reader = new StageReader(reading, sink, standingOf(reading.path));
    for (const instruction of instructions) reader.read(instruction);
    if (reader.stages.length > 0) {
      sink.artifact('dockerfiles', { file: reading.path, stages: reader.stages });
    } else if (instructions.length > 0 && /(?:^|\/)(?:Dock|Contain)erfile$/.test(reading.path)) {
      sink.unread(1, { fr: 'aucune instruction `FROM`', en: 'no `FROM` instruction' });
    }
  },
});

const lineOf = (instruction: Instruction): number => instruction.getRange().start.line + 1;
const wordsOf = (instruction: Instruction): string[] =>
  instruction.getArguments().map((argument) => argument.getValue());
const unquoted = (text: string): string => text.replace(/^(["'])(.*)\1$/s, '$2');
const shown = (text: string): string => maskSecrets(text.replace(/\s+/g, ' ').slice(0, 300)).slice(0, 200);

function healthCommand(instruction: Instruction): string {
  const words = wordsOf(instruction);
  return words[0]?.toUpperCase() === 'NONE' ? 'none' : shown(words.slice(1).join(' '));
}

class StageReader {
  readonly stages: DockerStage[] = [];
  /** Arguments before the first stage: what `FROM` may use. */
  readonly #global = new Map<string, string>();
  /** The variables at the end of each stage that has a name, by that name. */
  readonly #named = new Map<string, ReadonlyMap<string, string>>();
  #values = new Map<string, string>();
  #entered = false;
  readonly #reading: Reading;
  readonly #sink: Sink;
  readonly #standing: Standing;

  constructor(reading: Reading, sink: Sink, standing: Standing) {
    this.#reading = reading;
    this.#sink = sink;
    this.#standing = standing;
  }

  read(instruction: Instruction): void {
    const stage = this.stages.at(-1);
    if (instruction.getKeyword() === 'FROM') this.#from(instruction);
    else if (instruction instanceof Arg || instruction instanceof Env) this.#assign(instruction);
    else if (instruction instanceof Copy) this.#copy(instruction);
    else if (stage) this.#describe(stage, instruction);
  }

  #assign(instruction: Arg | Env): void {
    const values = this.stages.length === 0 ? this.#global : this.#values;
    for (const property of instruction.getProperties()) {
      const name = property.getName();
      const written =
        property.getValue() ?? (instruction instanceof Arg ? this.#global.get(name) : undefined);
      const { text, status } = this.#resolve(written ?? '', values);
      if (written !== undefined && status !== 'template') values.set(name, text);
      else values.delete(name);
    }
  }

  /** What instructions say of their stage; the last one counts, and an entry point counts more than a command. */
  #describe(stage: DockerStage, instruction: Instruction): void {
    const keyword = instruction.getKeyword();
    const line = lineOf(instruction);
    const words = () => wordsOf(instruction).map((word) => this.#resolve(word, this.#values).text);
    const [name] = keyword === 'USER' ? words() : [];
    if (name) stage.user = { name, line };
    if (keyword === 'EXPOSE') stage.ports.push(...words().map((port) => ({ port, line })));
    if (keyword === 'HEALTHCHECK') stage.healthcheck = { command: healthCommand(instruction), line };
    if (keyword === 'ENTRYPOINT' || (keyword === 'CMD' && !this.#entered)) {
      stage.start = { text: shown(instruction.getArgumentsContent() ?? ''), line };
      this.#entered = keyword === 'ENTRYPOINT';
    }
  }

  #from(instruction: Instruction): void {
    const [written = '', as, alias, more] = wordsOf(instruction);
    const isNamed = as?.toLowerCase() === 'as' && alias !== undefined;
    if (written === '' || more !== undefined || (as !== undefined && !isNamed)) return;
    this.#entered = false;
    const image = this.#resolve(written, this.#global);
    const parent = this.#named.get(image.text.toLowerCase());
    const fromStage = parent !== undefined;
    const name = isNamed ? alias : undefined;
    this.#values = new Map(parent);
    this.stages.push({
      ...(name !== undefined && { name }),
      line: lineOf(instruction),
      base: image.text,
      fromStage,
      ports: [],
    });
    if (!fromStage && image.text !== 'scratch') this.#uses(image, instruction);
    if (name !== undefined) this.#named.set(name.toLowerCase(), this.#values);
  }

  /** `COPY --from=` an image; a bare word is a stage, or a context that only the build's caller knows. */
  #copy(instruction: Copy): void {
    const written = instruction.getFromFlag()?.getValue() ?? '';
    const image = this.#resolve(written, this.#global);
    if (/[/:]/.test(image.text) && !this.#named.has(image.text.toLowerCase())) this.#uses(image, instruction);
  }

  #resolve(written: string, values: ReadonlyMap<string, string>): Interpolated {
    return interpolate(unquoted(written), (name) => values.get(name));
  }

  #uses(image: Interpolated, instruction: Instruction): void {
    const evidence = this.#reading.at(lineOf(instruction));
    for (const fact of imageFacts({ image, evidence, verb: 'uses', ...this.#standing }))
      this.#sink.fact(fact);
  }
}

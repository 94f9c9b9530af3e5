import type { Json } from '#model/fact.ts';
import type { Session } from '../session.ts';

/** The inputs of an action by name, as texts; empty where not given. Names are matched as GitHub does, in any case. */
export interface Inputs {
  (name: string): string;
  /** All that were given. */
  readonly all: Readonly<Record<string, string>>;
}

/** What an action leaves behind, and what is still to be rehearsed for it. */
export interface ActionResult {
  outputs?: Record<string, Json>;
  /** Variables that later steps see. */
  environment?: Record<string, string | undefined>;
  /** A script that the action runs on the runner. */
  script?: { text: string; folder?: string };
  /** A script that it runs on another host; `input` is the input in which it is written. */
  remote?: { text: string; host: string; input: string; variables: string[] };
}

/** What a marketplace action does: which calls it makes, with what it authenticates, what it puts out. */
export interface ActionModel {
  /** `owner/name` and other names under which it is published; forks that keep the name are matched too. */
  names: [string, ...string[]];
  /** True where many actions bear this name: no fork is guessed. */
  common?: boolean;
  run(given: Inputs, session: Session): ActionResult | undefined | Promise<ActionResult | undefined>;
}

export const defineAction = (model: ActionModel): ActionModel => model;

/** The lines of an input that holds a list; `separator` where commas part it too. */
export const linesOf = (text: string, separator: RegExp = /[\n,]/): string[] =>
  text
    .split(separator)
    .map((line) => line.trim())
    .filter(Boolean);

/** Options of a command line, those without a value left out. */
export const optionsOf = (options: Record<string, string | undefined>): string[] =>
  Object.entries(options).flatMap(([name, value]) => (value ? [`--${name}`, value] : []));

/** The account of an ARN: its number, or the symbol that stands for it. */
export const accountOf = (arn: string): string | undefined =>
  /^arn:aws[\w-]*:\w+:[\w-]*:(\w+):/.exec(arn)?.[1];

export const isTrue = (text: string): boolean => /^(true|yes|1|on)$/i.test(text.trim());

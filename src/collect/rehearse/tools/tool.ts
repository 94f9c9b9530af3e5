import type { Json, Kind, Verb } from '#model/fact.ts';
import type { Symbols } from '../symbols.ts';

/** A command line taken apart. Values may hold symbols. */
export interface ParsedCall {
  /** The canonical name: `docker` also for `podman`, `terraform` also for `tofu`. */
  tool: string;
  /** The subcommand, in words: `ecs update-service`, `compose up`. Empty for tools without one. */
  operation: string;
  /** Options without their dashes; `true` for a switch, a list for several values. */
  options: Record<string, string | string[] | true>;
  /** What is neither option nor operation. */
  words: string[];
}

/** What a tool's answer may draw on. */
export interface AnswerContext {
  symbols: Symbols;
  /** Virtual time, seconds since 1970. */
  now: number;
  region?: string;
  account?: string;
  /** What the call would list is not in the observed estate: lists come out empty. */
  isEmpty?: boolean;
  /** Standard input of the call. */
  stdin: string;
  /** A file as the simulated machine sees it. */
  readFile(path: string): Promise<string | undefined>;
}

/** Something a call names. */
export interface Named {
  kind: Kind;
  name: string;
  scope?: string;
  /** Where it departs from the call's own verb. */
  verb?: Verb;
  region?: string;
  account?: string;
  properties?: Record<string, Json>;
  /** Other resources of the same call that it relates to. */
  relations?: { type: string; to: { kind: Kind; name: string; scope?: string } }[];
}

/** One command that a workflow or script may call: how its arguments are read, what it answers, what it does. */
export interface Tool {
  /** Canonical name, then other names under which it is found. */
  names: [string, ...string[]];
  parse(argv: string[]): ParsedCall;
  /** Standard output with which a script can go on; unknown values are symbols. */
  answer(call: ParsedCall, context: AnswerContext): string | Promise<string>;
  verb(call: ParsedCall): Verb;
  /**
   * What the call names, its arguments rendered (`⟨…⟩`). A call that names nothing of the estate gives nothing:
   * `docker run --rm alpine` in a build declares nothing.
   */
  named(call: ParsedCall): Named[];
  /** The arguments recorded in the report; default: options and words. Holds what it read from files. */
  record?(call: ParsedCall, context: AnswerContext): Promise<Record<string, Json>>;
}

export const defineTool = (tool: Tool): Tool => tool;

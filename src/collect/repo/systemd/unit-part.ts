import type { FileEvidence } from '#model/evidence.ts';
import { parseUnit, type UnitAssignment } from '../../systemd/unit-text.ts';
import type { Standing } from '../standing.ts';
import type { UnitPath } from './unit-name.ts';

/** An assignment with the file that it stands in. */
export interface PlacedAssignment extends UnitAssignment {
  file: string;
  /** It stands in a condition of a template: whether it is there is known where the template is filled in. */
  isConditional: boolean;
}

/** One unit file, drop-in or quadlet, wherever its text stands. */
export interface UnitPart extends UnitPath {
  file: string;
  /** Where the file is installed, where a script says it. */
  installedAs?: string;
  standing: Standing;
  assignments: PlacedAssignment[];
  at(line: number): FileEvidence;
}

/** Where a unit's text stands. */
export interface UnitPlace extends Pick<UnitPart, 'file' | 'installedAs' | 'standing' | 'at'> {
  /** Lines of the file before the text. */
  before: number;
}

/** A unit's text at its place; undefined where it holds no assignment. */
export function unitPart(path: UnitPath, text: string, place: UnitPlace): UnitPart | undefined {
  const { before, ...where } = place;
  const at = (line: number): FileEvidence => {
    const given = assignments.find((one) => one.line === line && GIVES_VALUES.test(one.key));
    const { excerpt: _, ...evidence } = place.at(line);
    return given ? { ...evidence, excerpt: `${given.key}=…` } : place.at(line);
  };
  const conditional = conditionalLines(text);
  const assignments = parseUnit(text).map((one) => ({
    ...one,
    line: one.line + before,
    file: place.file,
    isConditional: conditional.has(one.line),
  }));
  return assignments.length === 0 ? undefined : { ...path, ...where, at, assignments };
}

/** Keys whose whole value may be a secret, whatever its name. */
const GIVES_VALUES =
  /^(?:Environment|SetCredential\w*|LoadCredential\w*|Label|Annotation|Secret|PodmanArgs)$/;

const OPENS =
  /^\s*(?:\{%[-+]?\s*(?:if|for)\b|<%[-=]?\s*(?:if|for|unless)\b|<%.*\bdo\b|\{\{[#-]?\s*(?:if|range|each|with)\b)/;
const CLOSES = /^\s*(?:\{%[-+]?\s*end(?:if|for)\b|<%[-=]?\s*end\b|\{\{[/-]?\s*(?:end|if|each|with)\b)/;

/** The lines (from 1) that stand between the marks of a condition or loop of Jinja, ERB, Go templates or Handlebars. */
function conditionalLines(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  if (!/\{%|<%|\{\{/.test(text)) return found;
  let depth = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.length > 1_000) continue;
    if (OPENS.test(line)) depth += 1;
    else if (CLOSES.test(line)) depth = Math.max(0, depth - 1);
    if (depth > 0) found.add(index + 1);
  }
  return found;
}

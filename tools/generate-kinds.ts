import type { KindDefinition } from '#model/kinds/kind.ts';
import { allKinds, kindOf } from '#model/kinds/kinds.ts';

/** `docs/kinds.md`: every kind of resource, by the domain under which the report lists it. */
export function kindsPage(): string {
  const domains = [...new Set(allKinds.map(({ domain }) => domain))].sort();
  const sections = domains.flatMap((domain) => [
    `## ${domain}`,
    [
      '| kind | what it is | ce que c’est | identity | verified by |',
      '| --- | --- | --- | --- | --- |',
      ...allKinds.filter((kind) => kind.domain === domain).map(row),
    ].join('\n'),
  ]);
  const opening = [
    `${allKinds.length} kinds of resource. Those of AWS bear the type names of CloudFormation; the others follow their`,
    'style. *Verified by* is the read-only command that the report prints for a resource named `NAME` that nobody',
    'looked at.',
  ].join('\n');
  return `${['# Kinds', opening, ...sections].join('\n\n')}\n`;
}

/** A command as code in a table: between two backticks, since queries hold one; a bar would end the cell. */
const commandCell = (command: string) =>
  `\`\` ${command.replace(/[\n\t]/g, ' ').replaceAll('|', '\\|')} \`\``;

function row({ kind, title, scoped }: KindDefinition): string {
  const asked = kindOf(kind).verify?.(['NAME'], { ...(scoped && { scope: 'SCOPE' }) }).command;
  const identity = scoped ? 'name within its scope' : 'name';
  return `| \`${kind}\` | ${title.en} | ${title.fr} | ${identity} | ${asked ? commandCell(asked) : ' '} |`;
}

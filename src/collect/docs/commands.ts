import path from 'node:path';
import { AWS_REGION } from '#lib/aws-region.ts';
import type { Kind, Verb } from '#model/fact.ts';
import type { Named, ParsedCall, Tool } from '../rehearse/tools/tool.ts';
import type { Mention } from './mention.ts';
import { inOpenItem, inProposal, isReference } from './mood.ts';
import { isExampleAccount, isPlaceholder, isToFillIn, readName } from './names.ts';
import { type FenceBlock, headings, itemsAround, type TextBlock } from './page.ts';
import { namedBySettings, type Setting, settingsOf } from './settings.ts';
import { commandsOf, isShell } from './shell-block.ts';

/** Tools whose calls name the estate. Others (curl, git, npm…) are how a reader works. */
const TOOLS = new Set(
  'aws wrangler gh kubectl helm systemctl docker flyctl fly heroku az gcloud eb sam vercel netlify railway copilot eksctl'.split(
    ' ',
  ),
);
/** A block without one of these words has no such call, and is not parsed. */
const NAMES_TOOL = new RegExp(`\\b(?:${[...TOOLS].join('|')})\\b`);
/** What a reader starts on their own machine is no part of the estate. */
const LOCAL: ReadonlySet<string> = new Set<Kind>([
  'Docker::Container',
  'Docker::Network',
  'Docker::Volume',
  'Compose::Service',
]);
/** Units that belong to the machine, not to what it serves. */
const MACHINE_UNITS =
  /^(?:docker|containerd|sshd?|cron|crond|snapd|ufw|firewalld|systemd-.*|networking|NetworkManager|rsyslog|dbus|getty.*)\.(?:service|socket|timer)$/;
/** What every account has from AWS. */
const NOBODYS = /^AWS::(?:EC2::\w+ default|ECS::CapacityProvider FARGATE(?:_SPOT)?)$/;
const ANY = /^\S{1,300}$/;
const MOST_COMMANDS = 400;

/** What the commands of a fenced block name, read by the recorders that read the repository's own scripts. */
export function mentionsInCommands(
  block: Omit<FenceBlock, 'type'>,
  toolFor: (name: string, folder: string) => Tool | undefined,
): Mention[] {
  if (!NAMES_TOOL.test(block.text) || !isShell(block.language, block.text)) return [];
  const example = inProposal(block.section) || (block.intro !== undefined && isReference(block.intro));
  const open = inOpenItem(block.item);
  const hints = [
    ...itemsAround(block.item).map((item) => item.title),
    block.intro ?? '',
    ...headings(block.section).map((section) => section.title),
  ];
  const settings: Setting[] = [];
  let folder = '';
  const mentions = commandsOf(block.text)
    .slice(0, MOST_COMMANDS)
    .flatMap((command) => {
      const [name = ''] = command.argv;
      if (name === 'cd') folder = movedTo(folder, command.argv[1]);
      const tool = TOOLS.has(name) ? toolFor(name, folder) : undefined;
      if (!tool) return [];
      const call = tool.parse(command.argv);
      const verb = tool.verb(call);
      settings.push(...settingsOf(call, block.line + command.line));
      return tool.named(call).flatMap((named): Mention[] => {
        const given = named.verb ?? verb;
        const read = isOtherOption(named, verb, call) ? undefined : nameIn(named, call);
        if (!read) return [];
        const line = block.line + lineOfName(block.text, named, command);
        return [
          {
            ...placed(named),
            ...read,
            kind: named.kind,
            line,
            verb: given,
            sort:
              example || given === 'deletes' || (given === 'creates' && open) || isRestored(named, call)
                ? 'reference'
                : 'declared',
            hints,
            together: [`command ${block.line} ${command.line}`],
          },
        ];
      });
    });
  for (const { kind, name, region, line } of namedBySettings(settings)) {
    const read = readName(name, ANY);
    if (read?.status !== 'literal') continue;
    const place = { ...(region && { region }), line, hints, together: [`command ${line}`] };
    mentions.push({
      kind,
      name,
      nameStatus: 'literal',
      sort: example || open ? 'reference' : 'declared',
      ...place,
    });
  }
  return mentions;
}

/** The folder that a block of commands is in after `cd`, from where it began; empty where that cannot be told. */
const movedTo = (folder: string, target = ''): string =>
  /^[\w.@-][\w./@-]*$/.test(target) ? path.posix.join(folder, target) : '';

/** What a restoration makes beside what is there, `orders-restored`, is gone after it. */
const isRestored = ({ name }: Named, { operation }: ParsedCall): boolean =>
  /^\w+ restore-/.test(operation) && /restor/i.test(name);

/** `fly logs -i backup` shows a machine: what only looks takes no image, whatever the option is called. */
const isOtherOption = ({ kind, name }: Named, verb: Verb, { tool }: ParsedCall): boolean =>
  kind === 'Docker::Image' && verb === 'uses' && tool !== 'docker' && !/[/:.]/.test(name);

/** The tool that a command starts, behind what starts it: `npx wrangler@4 …`, `pnpm exec wrangler …`. */
const STARTED =
  /^(?:(?:npx|bunx)\s+(?:(?:-y|--yes)\s+)?|(?:npm|pnpm|yarn|bun)\s+(?:(?:exec|dlx|x)\s+)?)?([a-z][\w-]*)(?:@[\w.^~-]+)?\s/;

/** Commands written in a sentence: “run `aws ecs update-service …`”. */
export function mentionsInInlineCommands(
  block: TextBlock,
  toolFor: (name: string, folder: string) => Tool | undefined,
): Mention[] {
  const { section, item, intro } = block;
  return block.lines.flatMap(({ line, spans, text: sentence }) =>
    spans.flatMap(({ style, text, struck }) => {
      if (style !== 'code' || struck || !text.includes(' ') || !TOOLS.has(STARTED.exec(text)?.[1] ?? ''))
        return [];
      const place = {
        ...(section && { section }),
        ...(item && { item }),
        ...(intro !== undefined && { intro }),
      };
      const found = mentionsInCommands({ ...place, language: 'sh', text, line }, toolFor);
      const reference = isReference(sentence);
      return found.map((mention): Mention => (reference ? { ...mention, sort: 'reference' } : mention));
    }),
  );
}

function nameIn(named: Named, call: ParsedCall): Pick<Mention, 'name' | 'nameStatus'> | undefined {
  if (LOCAL.has(named.kind) || (named.kind === 'Systemd::Unit' && MACHINE_UNITS.test(named.name)))
    return undefined;
  if (named.kind === 'Docker::Image' && call.tool === 'docker' && !/^[^/]*\.[^/]*\//.test(named.name))
    return undefined;
  if (named.account && isExampleAccount(named.account)) return undefined;
  if (NOBODYS.test(`${named.kind} ${named.name}`)) return undefined;
  // The account is left to the reader, in a word that the shell would take as it stands
  if (named.kind === 'Docker::Image' && /^(?!\d{12}\.)[^./]*\.dkr\.ecr\./.test(named.name)) return undefined;
  if (!named.kind.startsWith('GitHub::') && isToFillIn(named.name)) return undefined;
  // An image with an open tag is read where it is written, in its own words
  if (named.kind === 'Docker::Image' && isPlaceholder(named.name)) return undefined;
  const read = readName(named.name, ANY, { certain: true });
  return read && { name: read.name, nameStatus: read.status };
}

function placed({ scope, region, account, properties, relations }: Named): Partial<Mention> {
  const isLiteral = (text: string | undefined): text is string =>
    text !== undefined && readName(text, ANY, { certain: true })?.status === 'literal';
  return {
    ...(isLiteral(scope) && { scope }),
    ...(region !== undefined && AWS_REGION.test(region) && { region }),
    ...(account !== undefined && /^\d{12}$/.test(account) && { account }),
    ...(properties && { properties }),
    ...(relations && { relations: relations.filter(({ to }) => isLiteral(to.name)) }),
  };
}

/** The line of the command on which the name stands, from the block's first; of several, the one about its kind. */
function lineOfName(
  text: string,
  { kind, name }: Named,
  { line, endLine }: { line: number; endLine: number },
): number {
  if (endLine <= line) return line;
  const about = kind.slice(kind.lastIndexOf(':') + 1).match(/[A-Z][a-z]{2,}/g) ?? [];
  const lines = text
    .toLowerCase()
    .split('\n')
    .slice(line, endLine + 1);
  const holding = lines.flatMap((one, index) => (one.includes(name.toLowerCase()) ? [{ one, index }] : []));
  const best = holding.find(({ one }) => about.some((word) => one.includes(word.toLowerCase())));
  return line + ((best ?? holding[0])?.index ?? 0);
}

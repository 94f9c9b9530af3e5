import { kindOf } from '#model/kinds/kinds.ts';
import { defineCollector } from '../collector.ts';
import { toolFor } from '../rehearse/tools/all.ts';
import { claimsOf } from './claims.ts';
import { withClusters } from './clusters.ts';
import { mentionsInCommands, mentionsInInlineCommands } from './commands.ts';
import type { Around } from './context.ts';
import { describe } from './description.ts';
import { factsFrom } from './facts.ts';
import { mayIdentify } from './identifiers.ts';
import { mentionsInListing } from './listings.ts';
import type { Mention } from './mention.ts';
import type { Page } from './page.ts';
import { LONGEST_LINE, parsePage } from './parse.ts';
import { isBeside, isFolderName, isRepositoryPath, pathsOf } from './paths.ts';
import { withMeanings } from './placeholders.ts';
import { mentionsOfIdentifiers, pageDefaults, vocabularyOf } from './places.ts';
import { statementsOf } from './statements.ts';
import { mentionsInTable } from './tables.ts';
import { topicsOf } from './topics.ts';
import { mentionsInProse } from './typed-context.ts';
import { withConfiguredScripts } from './wrangler-calls.ts';
import { writtenNames } from './written.ts';

const LONGEST = 2_000_000;
const ENDING = /\.(?:md|markdown|mdx|mdown)$/;
const README = /^readme(?:\.(?:rst|adoc|asciidoc|txt))?$/;
/** Files that tell the story of a project, its terms or how to write to it: what they name is not the estate. */
const ASIDE =
  /^(?:changelog|changes|history|news|releases?|release[-_]notes|license|licence|copying|notice|authors|contributors|credits|attributions?|code[-_]of[-_]conduct|third[-_]party.*|pull_request_template|issue_template)(?:[._-][\w-]+)*(?:\.\w+)?$/;
const ELSEWHERE =
  /(?:^|\/)(?:node_modules|bower_components|vendor|vendored|third[-_]party|site-packages|\.venv|venv|pods|issue_template|pull_request_template|\.changeset|changelog\.d|__snapshots__|fixtures|testdata)\//;

/** Without one of these words, in lower case, a document names nothing of an estate by a word beside it, nor by a command. */
const ESTATE_WORD =
  /\b(?:aws|ec[2rs]|fargate|taskdef|task[ -]def|eks|lambda|s3|buckets?|compartiments?|sqs|sns|dynamodb|rds|aurora|elasticache|cloudfront|route ?53|hosted zones?|acm|iam|oidc|kms|ssm|secrets?|cloudwatch|cloudtrail|alb|nlb|load balancers?|r[ée]partiteurs?|target groups?|groupes? cibles?|log groups?|groupes? de (?:logs?|journaux|s[ée]curit[ée])|security groups?|web acl|user pools?|state machines?|step functions?|eventbridge|app ?runner|amplify|beanstalk|cloudformation|codebuild|codepipeline|cloudflare|wrangler|workers?|systemd|systemctl|docker|traefik|kubernetes|k8s|kubectl|helm|github|workflows?|gh|fly|flyctl|heroku|vercel|netlify|gcloud|az|eb|sam|railway|copilot|eksctl)\b/;

/** Markdown documents and README files: what they name, state, tick off and link to. */
export const markdown = defineCollector({
  id: 'markdown',
  source: 'docs',
  title: { fr: 'documents (Markdown)', en: 'documents (Markdown)' },
  reads: ({ path, base }) =>
    (ENDING.test(base) || README.test(base)) && !ASIDE.test(base) && !ELSEWHERE.test(path.toLowerCase()),
  collect(reading, sink, tree) {
    const whole = reading.text;
    if (whole.length > LONGEST)
      sink.unread(undefined, {
        fr: 'document de plus de 2 millions de caractères : la suite n’est pas lue',
        en: 'document of over 2 million characters: the rest is not read',
      });
    const text = whole.length > LONGEST ? whole.slice(0, LONGEST) : whole;
    const cut = longLine(text);
    if (cut !== undefined)
      sink.unread(
        cut,
        {
          fr: 'ligne de plus de 4 000 caractères : la suite n’est pas lue',
          en: 'line of over 4,000 characters: the rest is not read',
        },
        false,
      );
    const page = parsePage(text);
    const document = describe(page, reading.path, text);
    const lower = text.toLowerCase();
    const speaks = { identifies: mayIdentify(text), ofEstate: ESTATE_WORD.test(lower) };
    const named = mentionsOf(page, text, speaks, {
      isPath: (name) =>
        name.includes('/') ? isRepositoryPath(name, tree) : isBeside(name, reading.path, tree),
      isFolder: (name) => isFolderName(name, tree),
      isWorkflow: (file) => tree.paths.has(`.github/workflows/${file}`),
      toolFor: withConfiguredScripts(toolFor, reading.path, tree),
    });
    const mentions = withClusters(withMeanings(named, page, () => pageDefaults(text)));
    for (const fact of factsFrom(withDefaults(mentions, text), reading, document)) sink.fact(fact);
    sink.artifact('documents', {
      file: reading.path,
      ...document,
      headings: page.sections.map(({ depth, title, line }) => ({ depth, text: title, line })),
      paths: pathsOf(page, reading.path, tree),
      claims: claimsOf(page),
      statements: statementsOf(page, mentions, text),
      topics: topicsOf(page),
      ...((speaks.ofEstate || speaks.identifies) && { names: writtenNames(lower) }),
    });
  },
});

/** The first line that is cut; one that holds an embedded image loses nothing. */
function longLine(text: string): number | undefined {
  let line = 0;
  for (let start = 0; start < text.length; line += 1) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    if (stop - start > LONGEST_LINE && !text.slice(start, stop).includes('base64,')) return line + 1;
    start = stop + 1;
  }
  return undefined;
}

function mentionsOf(
  page: Page,
  text: string,
  speaks: { identifies: boolean; ofEstate: boolean },
  where: Pick<Around, 'isPath' | 'isFolder'> & {
    isWorkflow(file: string): boolean;
    toolFor: ReturnType<typeof withConfiguredScripts>;
  },
): Mention[] {
  const named = speaks.identifies ? mentionsOfIdentifiers(page, where) : [];
  if (!speaks.ofEstate) return named;
  const around = { ...where, vocabulary: vocabularyOf(text) };
  return [
    ...named,
    ...page.titles.flatMap((title) => mentionsInProse(title, around)),
    ...page.blocks.flatMap((block) =>
      block.type === 'text'
        ? [...mentionsInProse(block, around), ...mentionsInInlineCommands(block, where.toolFor)]
        : block.type === 'table'
          ? mentionsInTable(block, around)
          : [...mentionsInCommands(block, where.toolFor), ...mentionsInListing(block, around)],
    ),
  ];
}

/** A page that gives one region and one account gives them for all that it names. */
function withDefaults(mentions: readonly Mention[], text: string): Mention[] {
  if (mentions.length === 0) return [];
  const { region, account } = pageDefaults(text);
  return mentions.map((mention) => {
    if (!mention.kind.startsWith('AWS::')) return mention;
    const isGlobal = kindOf(mention.kind).global ?? false;
    return {
      ...mention,
      ...(!mention.account && account && { account }),
      ...(!mention.region && region && !isGlobal && { region }),
    };
  });
}

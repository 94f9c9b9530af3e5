import { code, type Text } from '#model/text.ts';
import { defineCollector } from '../collector.ts';
import { readLocated } from './cloudformation/located.ts';
import { worldsFor } from './cloudformation/nested.ts';
import { looksLikeTemplate } from './cloudformation/recognise.ts';
import { templateOf } from './cloudformation/template.ts';
import { templateFacts } from './cloudformation/template-facts.ts';
import { partsOfServices } from './serverless/parts.ts';
import { standingOf } from './standing.ts';

const NAME = /\.(?:ya?ml|json|template|cfn)(?:\.(?:tpl|tmpl|j2))?$/;
/** YAML and JSON of other tools, which hold no template. */
const OTHER =
  /^(?:package|package-lock|npm-shrinkwrap|composer|tsconfig[\w.-]*|jsconfig|angular|nx|turbo|lerna|renovate)\.json$|^(?:pnpm-lock|yarn-lock|mkdocs)\.ya?ml$/;
const OTHER_FOLDER = /(?:^|\/)(?:\.github|node_modules|i18n|locales?|translations)\//;

/** Unreadable, for coverage; the message repeats nothing of the file. */
const broken = (message: string): Text => ({
  fr: `modèle illisible\u00a0: ${code(message)}`,
  en: `unreadable template: ${code(message)}`,
});

/** Templates of CloudFormation and SAM: the resources that they declare, as each of their deployments names them. */
export const cloudformation = defineCollector({
  id: 'cloudformation',
  source: 'repo',
  title: { fr: 'modèle CloudFormation ou SAM', en: 'CloudFormation or SAM template' },
  reads: ({ path, plain }) => NAME.test(plain) && !OTHER.test(plain) && !OTHER_FOLDER.test(path),
  holds: looksLikeTemplate,
  collect(reading, sink, tree) {
    // what a service takes in is read with it: by itself its names have no stage
    if (!reading.text.includes('AWSTemplateFormatVersion') && partsOfServices(tree).has(reading.path)) return;
    const located = readLocated(reading.path, reading.text, (offset) => reading.lineOf(offset));
    if ('error' in located) {
      sink.unread(located.error.line, broken(located.error.message));
      return;
    }
    const template = templateOf(reading.path, located);
    const standing = standingOf(reading.path, { rendered: true });
    const at = (line: number) => reading.at(line);
    for (const fact of templateFacts(template, worldsFor(template, tree), { standing, tree, at }))
      sink.fact(fact);
  },
});

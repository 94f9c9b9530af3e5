import { commandTool } from './command-tool.ts';
import { names } from './options.ts';

/** Commands that are recorded because rules ask what a run tests, checks or builds; they name nothing of the estate. */
const git = commandTool({
  names: ['git'],
  grammar: {
    valued: names(
      'C c git-dir work-tree m message b B u o depth branch format F author date n max-count strategy X recurse-submodules-default',
    ),
  },
  depth: 1,
  creates: /^(?:push|tag|commit)$/,
  prints:
    /^(?:rev-parse|describe|log|ls-remote|branch|remote|show|rev-list|merge-base|symbolic-ref|diff|ls-files|config|for-each-ref|ls-tree|status|name-rev|shortlog|diff-tree)$/,
});

const quiet = (
  tools: [string, ...string[]],
  valued: string,
  prints?: RegExp,
  depth: number | ((words: readonly string[]) => number) = 0,
) => commandTool({ names: tools, grammar: { valued: names(valued) }, depth, ...(prints && { prints }) });

export const quietTools = [
  git,
  quiet(
    ['pip', 'pip3'],
    'r requirement c constraint i index-url extra-index-url t target e editable prefix f find-links',
    /^(?:freeze|show|list)$/,
    1,
  ),
  quiet(['apt-get', 'apt'], 'o option t target-release c config-file', undefined, 1),
  quiet(['make', 'gmake'], 'C f j I o l'),
  quiet(['firebase'], 'P project only except token message m config', /^(?:projects:list|apps:list)$/, 1),
  quiet(['doctl'], 'context t access-token format output o region image tag', /(?:list|get)$/, (words) =>
    Math.min(words.length, 3),
  ),
  quiet(
    ['pm2'],
    'n name i instances env interpreter max-memory-restart cron namespace',
    /^(?:list|jlist|describe|show|logs)$/,
    1,
  ),
  quiet(['supervisorctl'], 'c s u p', /^(?:status|pid)$/, 1),
  quiet(['psql'], 'h host p port U username d dbname c command f file v set o output P pset F', /^/),
];

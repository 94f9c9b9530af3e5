import { isUnknown } from '#lib/symbolic.ts';
import { commandTool } from './command-tool.ts';
import { names, valuesOf } from './options.ts';
import type { Named, ParsedCall } from './tool.ts';

const SETTING = /^[A-Za-z_]\w*$/;

function named(call: ParsedCall): Named[] {
  const [name = ''] = call.words;
  // another repository's settings are not this one's
  if (isUnknown(name) || valuesOf(call, 'R', 'repo').length > 0) return [];
  switch (call.operation) {
    case 'secret set':
    case 'secret delete':
      return SETTING.test(name) ? [{ kind: 'GitHub::Actions::Secret', name }] : [];
    case 'variable set':
    case 'variable get':
    case 'variable delete':
      return SETTING.test(name) ? [{ kind: 'GitHub::Actions::Variable', name }] : [];
    case 'workflow run':
    case 'workflow enable':
    case 'workflow view':
      return /^[\w.-]+\.ya?ml$/.test(name) ? [{ kind: 'GitHub::Actions::Workflow', name }] : [];
    default:
      return [];
  }
}

/** The GitHub CLI. GitHub CLI manual. */
export const gh = commandTool({
  names: ['gh'],
  grammar: {
    valued:
      names(`R repo t title b body F body-file f field raw-field B base H head l label a assignee r reviewer m milestone q jq json template
      T notes n notes-file target method X input hostname cache preview e env o org u user v visibility p pattern D dir O output limit L s state
      w workflow ref commit branch c color d description app repos i interval search author created event status job log attempt name`),
  },
  depth: (words) => (/^(?:api|browse|search|status|completion)$/.test(words[0] ?? '') ? 1 : 2),
  creates: /^(?:secret set|variable set|release create|repo create|pr create|issue create)$/,
  requires: /^(?:workflow run|workflow enable|run (?:rerun|watch|cancel))$/,
  deletes: / delete$/,
  prints: /^(?:api|auth (?:token|status)|.* (?:list|view|get|status|diff|checks|create))/,
  named,
});

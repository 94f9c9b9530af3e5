import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import {
  branchingPath,
  hostilePathReport,
  largePathReport,
  pathReport,
} from '../../../test/fixtures/path-report.ts';
import { observedReport } from '../../../test/fixtures/report-variants.ts';
import { renderMarkdown } from '../markdown.ts';
import { requestPaths } from './paths.ts';
import { planSection } from './plan.ts';

const parser = new MarkdownIt({ html: true, linkify: true });
const html = (markdown: string) => parser.render(markdown);

describe('a traced path in Markdown', () => {
  const text = requestPaths(pathReport(), 'fr');

  test('opens with its one fact', () => {
    expect(text).toContain(
      '**La requête échoue à l’étape 3 sur 6, répartiteur `vitrine-prod-alb`\u00a0: aucun écouteur sur le port 443.**',
    );
  });

  test('lists the hops in order, checks under their hop, what stands beside it one deeper', () => {
    expect(text).toContain('3. **Répartiteur** `vitrine-prod-alb` (divergent)\n   - ✓ Exposé à Internet\n');
    expect(text).toContain('   - Réseau `subnet-0f11a9c2`\n     - ✗ Le sous-réseau `subnet-0f11a9c2`');
    expect(text).toContain('À demander\u00a0: `logs:FilterLogEvents`');
    expect(html(text).match(/<ol>\n<li>\n?<p?/g)).not.toBeNull();
  });

  test('a check that got no answer is never ticked', () => {
    for (const line of text.split('\n').filter((one) => one.includes('refusée')))
      expect(line).not.toContain('✓');
  });

  test('every hop stays an item of one list, past the ninth too', () => {
    const [large] = largePathReport().paths;
    const one = requestPaths({ ...pathReport(), paths: large ? [large] : [] }, 'en');
    const [, hops = ''] = one.split('#### Hops and checks');
    const list = html(hops.split('####')[0] ?? '');
    expect(list.match(/<ol\b/g)).toHaveLength(1);
    expect(list.match(/<ul>/g)).toHaveLength(60);
  });

  test('a branch says which hop it comes from', () => {
    const one = requestPaths({ ...pathReport(), paths: [branchingPath()] }, 'en');
    expect(one).toContain('5. **Target group** `tg-green` (verified, from hop 2)');
  });
});

describe('the plan in Markdown', () => {
  const text = planSection(pathReport(), 'fr');

  test('gives the steps by wave, each with its command, rollback and proofs', () => {
    const steps = text.match(/^(### Temps \d|#### S-\d\d)/gm);
    expect(steps).toEqual([
      '### Temps 1',
      '#### S-01',
      '#### S-02',
      '#### S-03',
      '### Temps 2',
      '#### S-04',
      '### Temps 3',
      '#### S-05',
      '### Temps 4',
      '#### S-06',
    ]);
    const [first] = pathReport().plan.steps;
    expect(text).toContain(`\`\`\`bash\n${first?.command}\n\`\`\``);
    expect(text).toContain(`\`\`\`bash\n${first?.rollback?.command}\n\`\`\``);
    expect(text).toContain('- `PR-1` L’écouteur 443 existe (✗ en échec). Attendu\u00a0: `HTTPS`');
    expect(text).toContain('**Sans retour arrière\u00a0:** Une image publiée a pu être lue');
    expect(text).toContain('- [ ] `PR-7` Le site répond.');
  });

  test('a step without a rollback is not said to be one that cannot be undone', () => {
    const report = pathReport();
    report.plan.steps = report.plan.steps.slice(0, 1).map(({ rollback: _rollback, ...step }) => step);
    const bare = planSection(report, 'en');
    expect(bare).toContain('**Rollback:** This plan gives none.');
    expect(bare).not.toContain('No rollback');
  });

  test('the proofs of the plan are not among the commands to verify', () => {
    const sections = renderMarkdown(pathReport(), 'fr').split(/^## /m);
    const verify = sections.find((section) => section.startsWith('Noms attendus et commandes')) ?? '';
    expect(verify).not.toContain('PR-');
    expect(verify).toContain('V-01');
  });
});

test('a report without a path or a step has neither section', () => {
  for (const lang of ['fr', 'en'] as const) {
    expect(requestPaths(observedReport(), lang)).toBe('');
    expect(planSection(observedReport(), lang)).toBe('');
  }
});

test('nothing that an estate names becomes markup, and every fence holds what is in it', () => {
  const report = hostilePathReport();
  const [step] = report.plan.steps;
  if (step) step.command = 'echo "\n```\n<script>hacked</script>\n````\n# out\n"';
  for (const lang of ['fr', 'en'] as const) {
    const text = `${requestPaths(report, lang)}\n\n${planSection(report, lang)}`;
    expect(text).not.toMatch(/[\u0007\u001b\u202a-\u202e\u2066-\u2069]/);
    const shown = html(text);
    expect(shown).not.toMatch(/<(?:script|img|svg|style|a)\b|<b[ >]/i);
    expect(shown.match(/<h1>/g)).toBeNull();
    const fenced = parser.parse(text, {}).filter(({ type }) => type === 'fence');
    expect(fenced.map(({ content }) => content)).toContain(`${step?.command}\n`);
  }
});

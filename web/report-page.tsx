import type { JSX } from 'preact';
import { Actions } from './components/actions.tsx';
import { Architecture } from './components/architecture.tsx';
import { Basis } from './components/basis.tsx';
import { Cover } from './components/cover.tsx';
import { Deployments } from './components/deployments.tsx';
import { Findings } from './components/findings.tsx';
import { Hosts } from './components/hosts.tsx';
import { InventorySection } from './components/inventory-section.tsx';
import { Maturity } from './components/maturity.tsx';
import { Patches } from './components/patches.tsx';
import { Paths } from './components/paths.tsx';
import { Plan } from './components/plan.tsx';
import { Proofs } from './components/proofs.tsx';
import { type Entry, Rail } from './components/rail.tsx';
import { Sprite } from './components/sprite.tsx';
import { Systems } from './components/systems.tsx';
import { WhatIfs } from './components/what-ifs.tsx';
import { proofPlaces } from './plan.ts';
import { Say } from './speech.tsx';
import { fill } from './text.ts';
import type { View } from './view.ts';
import { pageWords, sectionWords } from './words/page.ts';

interface Part extends Entry {
  present: boolean;
  Body(props: { view: View; number: number }): JSX.Element;
}

/** The sections in their order. One that has nothing to show is absent, and the others close up. */
function partsOf({ report, drawings, hosts }: View): Part[] {
  const part = (
    id: keyof typeof sectionWords,
    Body: Part['Body'],
    present: boolean,
    count?: number,
  ): Part => ({
    id,
    title: sectionWords[id],
    present,
    Body,
    ...(count !== undefined && { count }),
  });
  const {
    components,
    workflows,
    findings,
    resources,
    paths,
    plan,
    summary,
    patches = [],
    whatIf = [],
  } = report;
  // an audit with a profile tells them in its maturity
  const closed = report.maturity.length > 0 ? [] : (report.closed ?? []);
  const hops = paths.reduce((sum, path) => sum + path.hops.length, 0);
  const { toVerify } = proofPlaces(report);
  return [
    part('summary', Cover, true),
    part('path', Paths, paths.length > 0, hops),
    part('systems', Systems, components.length > 0, report.systems.length),
    part('hosts', Hosts, hosts.length > 0, hosts.length),
    part('architecture', Architecture, drawings.length > 0, drawings.length),
    part('deployments', Deployments, workflows.length > 0, workflows.length),
    part('maturity', Maturity, report.maturity.length > 0, report.maturity.length),
    part(
      'findings',
      Findings,
      findings.length + closed.length > 0,
      findings.filter(({ muted }) => !muted).length,
    ),
    part('whatIf', WhatIfs, whatIf.length > 0, whatIf.length),
    part('plan', Plan, plan.steps.length > 0, plan.steps.length),
    part('patches', Patches, patches.length > 0, patches.length),
    part('actions', Actions, findings.some(({ muted }) => !muted) || summary.next.length > 0),
    part('inventory', InventorySection, resources.length > 0, resources.length),
    part('verify', Proofs, toVerify.length > 0, toVerify.length),
    part('basis', Basis, true),
  ].filter(({ present }) => present);
}

/** The whole report as one page. */
export function ReportPage({ view }: { view: View }) {
  const parts = partsOf(view);
  const { audit } = view.report;
  return (
    <>
      <a class="skip" href="#main">
        <Say text={pageWords.skip} />
      </a>
      <Sprite />
      <div class="page">
        <Rail entries={parts} />
        <main id="main" tabIndex={-1}>
          {parts.map(({ id, Body }, index) => (
            <Body key={id} view={view} number={index + 1} />
          ))}
          <p class="foot">
            <Say text={fill(pageWords.foot, { version: audit.tool.version, id: audit.id })} />
          </p>
          <p class="sr" id="live" aria-live="polite" />
        </main>
      </div>
    </>
  );
}

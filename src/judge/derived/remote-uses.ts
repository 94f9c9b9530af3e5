import type { WorkflowSource } from '#model/artifacts.ts';

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/i;
const VERSION = /^v?\d/;
const REUSABLE = /^[^/@]+\/[^/@]+\/\.github\/workflows\//;
/** The platform's own: who could move their tags already runs the workflow. */
const PLATFORM = new Set(['actions', 'github', 'dependabot']);
/** The makers of what the action talks to: they already hold what it is given. */
const VENDORS = new Set(
  `aws-actions azure google-github-actions googleapis docker hashicorp cloudflare microsoft gradle ruby oven-sh denoland
  pnpm astral-sh pulumi aws-powertools codecov sonarsource snyk aquasecurity anchore sigstore slsa-framework superfly
  netlify vercel shopify datadog newrelic getsentry atlassian slackapi digitalocean oracle-actions redhat-actions
  anthropics openai step-security ossf pypa rust-lang goreleaser golangci cypress-io chromaui grafana apple opentofu
  supabase firebase firebaseextended r-lib julia-actions swift-actions erlef expo launchdarkly mongodb confluentinc jfrog octopusdeploy gitguardian helm hadolint bridgecrewio renovatebot`.split(
    /\s+/,
  ),
);

/** An action or a reusable workflow of another repository, named by something that can be moved. */
export interface MovableUse {
  text: string;
  line: number;
  /**
   * `known`: the platform's own, or the maker's of what it talks to. `elsewhere`: a workflow of another repository,
   * which is most often of the same organisation, and says so nowhere.
   */
  owner: 'known' | 'elsewhere' | 'other';
}

/** What a workflow uses by a tag or a branch; actions of the platform by version and of one's own are left out. */
export function movableUses({ jobs }: WorkflowSource, own: ReadonlySet<string>): MovableUse[] {
  return jobs
    .flatMap((job) => [job.uses, ...job.steps.map(({ uses }) => uses)])
    .flatMap((use): MovableUse[] => {
      const [, owner = '', reference = ''] = (use && /^([\w.-]+)\/[\w./-]+@([^@\s]+)$/.exec(use.text)) ?? [];
      const name = owner.toLowerCase();
      const platform = PLATFORM.has(name);
      if (!use || !owner || own.has(name) || COMMIT.test(reference)) return [];
      if (platform && VERSION.test(reference)) return [];
      if (platform || VENDORS.has(name)) return [{ ...use, owner: 'known' }];
      return [{ ...use, owner: REUSABLE.test(use.text) ? 'elsewhere' : 'other' }];
    });
}

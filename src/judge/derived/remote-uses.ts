import type { WorkflowSource } from '#model/artifacts.ts';

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/i;
const VERSION = /^v?\d/;
/** The platform's own: who could move their tags already runs the workflow. */
const PLATFORM = new Set(['actions', 'github', 'dependabot']);
/** The makers of what the action talks to: they already hold what it is given. */
const VENDORS = new Set(
  `aws-actions azure google-github-actions googleapis docker hashicorp cloudflare microsoft gradle ruby oven-sh denoland
  pnpm astral-sh pulumi aws-powertools codecov sonarsource snyk aquasecurity anchore sigstore slsa-framework superfly
  netlify vercel shopify datadog newrelic getsentry atlassian slackapi digitalocean oracle-actions redhat-actions
  anthropics openai step-security ossf pypa rust-lang goreleaser golangci cypress-io chromaui grafana apple opentofu
  supabase firebase expo launchdarkly mongodb confluentinc jfrog octopusdeploy gitguardian helm hadolint bridgecrewio renovatebot`.split(
    /\s+/,
  ),
);

/** An action or a reusable workflow of another repository, named by something that can be moved. */
export interface MovableUse {
  text: string;
  line: number;
  /** `known`: the platform's own, or the maker's of what it talks to. */
  owner: 'known' | 'other';
}

/** What a workflow uses by a tag or a branch; actions of the platform by version are left out. */
export function movableUses({ jobs }: WorkflowSource): MovableUse[] {
  return jobs
    .flatMap((job) => [job.uses, ...job.steps.map(({ uses }) => uses)])
    .flatMap((use): MovableUse[] => {
      const [, owner = '', reference = ''] = (use && /^([\w.-]+)\/[\w./-]+@([^@\s]+)$/.exec(use.text)) ?? [];
      const platform = PLATFORM.has(owner.toLowerCase());
      if (!use || !owner || COMMIT.test(reference) || (platform && VERSION.test(reference))) return [];
      return [{ ...use, owner: platform || VENDORS.has(owner.toLowerCase()) ? 'known' : 'other' }];
    });
}

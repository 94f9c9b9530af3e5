import { expect, test } from 'vitest';
import { rules } from '#judge/rules/all.generated.ts';
import { remedies as patches } from '#plan/patches/all.ts';
import { remedies } from '#plan/remedies/all.ts';

/** What no command and no patch mends: the remedy is in the finding, and why there is no step. */
const NO_STEP: Readonly<Record<string, readonly string[]>> = {
  'only who wrote the program or the page knows what is right': [
    'compose-files-publish-same-port',
    'compose-mounts-docker-socket',
    'compose-privileged',
    'container-privileged-running',
    'container-runs-as-root',
    'default-secret-in-example',
    'doc-path-missing',
    'docs-contradict-each-other',
    'documented-resource-unused',
    'engine-socket-mounted',
    'environment-mismatch',
    'healthcheck-missing',
    'image-tag-mutable',
    'resource-undeclared',
    'resource-undocumented',
    'step-script-missing',
    'task-definition-file-missing',
    'unit-runs-as-root',
    'unit-secret-in-environment',
    'workflow-auth-inconsistent',
    'workflow-names-account-inline',
  ],
  'what a Worker is meant to be, and who may reach it, is a choice of its team': [
    'access-application-open',
    'api-token-without-expiry',
    'compatibility-date-old',
    'deployment-continues-after-failed-check',
    'production-database-wiped-by-script',
    'waf-managed-rules-off',
    'worker-base-overwrites-environment',
    'worker-binding-incomplete',
    'worker-domain-inherited',
    'worker-name-reused',
    'worker-secret-in-vars',
    'worker-undeclared-uses-data',
  ],
  'the next deployment of the configuration mends it, once it is what is meant': [
    'worker-binding-dangling',
    'worker-binding-differs',
    'worker-deployed-elsewhere',
    'worker-public-beside-access',
    'worker-version-of-another-commit',
  ],
  'what answers under a name of Cloudflare is set up where its configuration is, or where its connector runs':
    ['pages-domain-missing', 'tunnel-down', 'worker-missing', 'worker-route-missing'],
  'Cloudflare renews it by itself, or says what it waits for': ['certificate-pack-expiring'],
  'how the workflow is meant is a choice of its team': [
    'deploy-ignores-tests',
    'pull-request-deploys',
    'pull-request-target-checks-out-head',
    'pushed-image-not-deployed',
    'workflow-builds-without-deploying',
    'workflow-never-runs',
    'workflow-paths-match-nothing',
    'workflow-permissions-broad',
    'workflow-secret-not-passed',
  ],
  'only who runs the proxy knows where a site is to lead': [
    'nginx-location-shadowed',
    'proxy-files-contradict',
    'proxy-upstream-stale',
    'proxy-upstream-undefined',
    'router-disabled',
    'router-missing',
    'upstream-address-unknown',
  ],
  'what a Worker lets in and looks at is in its own code': [
    'cors-any-origin',
    'cors-origin-reflected',
    'health-route-missing',
    'rate-limiting-missing',
    'token-audience-unchecked',
    'token-signature-unverified',
    'webhook-signature-unchecked',
    'worker-binding-undeclared',
    'worker-binding-unused',
  ],
  'what a program asks of who comes, and what it does where nothing is set, is in its own code': [
    'command-route-unauthenticated',
    'cors-any-origin-with-credentials',
    'default-secret-in-code',
    'environment-variable-unread',
    'setting-without-effect',
    'token-lifetime-long',
  ],
  'what a route is meant to lead to, and through what, only who set it up knows': [
    'router-switched-off',
    'traefik-entry-point-undefined',
    'traefik-middleware-undefined',
    'traefik-service-undefined',
  ],
  'on which address and port a program listens is set up where it is started': [
    'host-port-closed',
    'upstream-listens-locally',
    'upstream-port-closed',
  ],
  'it is the sign of another fault, which has the step': [
    'deployment-failed',
    'resource-failed',
    'targets-unhealthy',
    'upstream-unhealthy',
    'tasks-stopped-by-health-check',
    'workflow-run-fails',
    'probe-dns-unresolved',
    'probe-http-failed',
    'probe-origin-differs',
    'probe-redirect-loop',
    'probe-tls-expired',
    'probe-tls-invalid',
    'probe-tls-name-mismatch',
    'probe-tls-version-old',
  ],
};

test('each rule has a step or a patch, or it is said why none can be given', () => {
  const mended = new Set([...remedies, ...patches].flatMap((one) => one.for));
  const left = Object.values(NO_STEP).flat();
  const silent = rules.map(({ id }) => id).filter((id) => !mended.has(id) && !left.includes(id));
  expect(silent).toEqual([]);
  expect(left.filter((id) => mended.has(id) || !rules.some((rule) => rule.id === id))).toEqual([]);
});

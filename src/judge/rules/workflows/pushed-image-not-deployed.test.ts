import { expect, test } from 'vitest';
import type { ComposeService } from '#model/artifacts.ts';
import {
  call,
  composeFile,
  estate,
  fact,
  findings,
  isUnknown,
  job,
  resource,
  run,
  service,
  step,
  workflow,
} from '../../test-estate.ts';
import { pushedImageNotDeployed } from './pushed-image-not-deployed.ts';

const FILE = 'compose.prod.yaml';
const PUSHED = ['ghcr.io/acme/shop:latest', 'ghcr.io/acme/shop:⟨github.sha⟩'];
const SCRIPT = `ssh host <<'EOF'\ngit pull\ndocker stack deploy -c ${FILE} shop\nEOF`;

interface Case {
  image: string;
  pushed?: string[];
  script?: string;
  command?: string;
  remote?: string | undefined;
  nameStatus?: 'literal' | 'resolved';
  services?: ComposeService[];
  /** A name under which another compose file builds. */
  built?: string;
}

/** A workflow that pushes and starts a compose file on a host. */
function of({
  image,
  pushed = PUSHED,
  script = SCRIPT,
  nameStatus = 'literal',
  services = [],
  ...rest
}: Case) {
  const { command = 'docker stack deploy', built } = rest;
  const remote = 'remote' in rest ? rest.remote : 'host';
  const start = call(command, { arguments: { c: FILE }, line: 31, ...(remote !== undefined && { remote }) });
  const push = call('docker buildx build', { arguments: { push: true, tag: pushed }, line: 21 });
  const build = { context: '.', line: 3 };
  const local = service('web', { build, image: { reference: built ?? '', line: 4 } });
  const named = fact('repo', { nameStatus, evidence: { source: 'repo', file: FILE, line: 3 } });
  return estate({
    resources: [resource('Docker::Image', image, [named])],
    artifacts: {
      workflows: [
        workflow({
          jobs: [job({ id: 'build' }), job({ steps: [step({ run: script })] })],
          runs: [run({ job: 'build', calls: [push] }), run({ calls: [start] })],
        }),
      ],
      composeFiles: [
        composeFile([service('web', { image: { reference: image, line: 3 } }), ...services], { file: FILE }),
        ...(built ? [composeFile([local])] : []),
      ],
    },
  });
}
const found = (one: Case) => findings(pushedImageNotDeployed, of(one));

test('an image pushed to a registry, and one of the same name without it started', () => {
  const [finding] = found({ image: 'shop:latest', built: 'shop:latest' });
  expect(finding).toMatchObject({
    severity: 'high',
    evidence: [
      { file: '.github/workflows/deploy.yml', line: 21 },
      { file: '.github/workflows/deploy.yml', line: 31 },
      { file: FILE, line: 3 },
    ],
  });
  expect(finding?.message.en).toContain('pushes `ghcr.io/acme/shop:latest`');
  expect(finding?.message.en).toContain('service `web` takes `shop:latest`');
});

test('another registry under the same owner, or a fixed tag that nothing pushes, is the same fault', () => {
  expect(found({ image: 'registry.example.net/acme/shop:latest' })).toHaveLength(1);
  expect(found({ image: 'ghcr.io/acme/shop:1.4', pushed: ['ghcr.io/acme/shop:⟨github.sha⟩'] })).toHaveLength(
    1,
  );
});

const other = (reference: string) => service('jobs', { image: { reference, line: 7 } });

test.each<[string, Case]>([
  ['the image that is pushed', { image: 'ghcr.io/acme/shop' }],
  ['an image of others with the same last name', { image: 'shop:latest' }],
  ['a tag from a variable', { image: 'ghcr.io/acme/shop:$' + '{TAG}' }],
  [
    'a tag that only the run knows',
    { image: 'ghcr.io/acme/shop:1.4', pushed: ['ghcr.io/acme/shop:⟨inputs.tag⟩'] },
  ],
  ['a commit written by hand', { image: 'ghcr.io/acme/shop:0a1b2c3' }],
  [
    'a second service that takes what is pushed',
    { image: 'ghcr.io/acme/shop:1.4', services: [other(PUSHED[0] ?? '')] },
  ],
  [
    'a file that a script rewrites',
    { image: 'shop', built: 'shop', script: `${SCRIPT}\nsed -i s/a/b/ ${FILE}` },
  ],
  [
    'an image that the host gives its name',
    { image: 'shop', built: 'shop', script: `docker tag a shop\n${SCRIPT}` },
  ],
  ['a file that is not brought to the host', { image: 'shop', built: 'shop', script: 'docker stack deploy' }],
  ['a start on the runner', { image: 'shop', built: 'shop', remote: undefined }],
])('%s is sound', (_, one) => expect(found(one)).toEqual([]));

test('a name whose variables the host may set is unknown', () => {
  const one: Case = { image: 'shop:latest', built: 'shop:latest', nameStatus: 'resolved' };
  expect(found(one)).toEqual([]);
  expect(isUnknown(pushedImageNotDeployed, of(one))).toBe(true);
});

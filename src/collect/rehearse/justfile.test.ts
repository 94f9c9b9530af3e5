import { expect, test } from 'vitest';
import { memoryTree } from '../readers/memory-tree.ts';
import { readJustfile } from './justfile.ts';
import { rehearse } from './rehearse.ts';
import { shown } from './test-workflow.ts';

test('recipes are scripts: variables and defaults are put in, what is given from outside is a variable', () => {
  const recipes = readJustfile(`set shell := ["bash", "-c"]
region := "eu-west-3"
# Deploys
[group('ops')]
deploy stage='dev' *flags:
    @aws s3 sync dist s3://shop-{{stage}} --region {{region}} {{flags}}
    -echo {{ uppercase(stage) }}

image-build: (deploy "prod")
  #!/usr/bin/env bash
  set -eu
  docker push r.quai.fr/shop:1
alias b := image-build
`);
  expect(recipes).toEqual([
    {
      name: 'deploy',
      line: 6,
      body: 'aws s3 sync dist s3://shop-${stage:-dev} --region eu-west-3 ${flags}\necho ${interpolation}\n',
    },
    { name: 'image-build', line: 10, body: '#!/usr/bin/env bash\nset -eu\ndocker push r.quai.fr/shop:1\n' },
  ]);
});

test('a recipe that calls a tool is rehearsed, each call at its own line', async () => {
  const tree = memoryTree({
    'infra/justfile':
      'check:\n    aws lambda invoke --function-name backup-check /dev/stdout\n\nlint:\n    eslint .\n',
  });
  const { scripts } = await rehearse(tree, { workflows: [], recipes: ['infra/justfile'] });
  expect(
    scripts.map(({ arguments: [name], calls }) => [name, calls.map(shown), calls.map(({ line }) => line)]),
  ).toEqual([['check', ['aws lambda invoke function-name=backup-check /dev/stdout'], [2]]]);
});

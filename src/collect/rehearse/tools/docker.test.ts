import { expect, test } from 'vitest';
import { namedBy, parsed, prints, says } from './test-commands.ts';

test('options of a build take their values, its context stays a word', () => {
  const call = parsed('docker build --pull -t acme/web:1 -f docker/Dockerfile --build-arg A=1 --no-cache .');
  expect(call.operation).toBe('build');
  expect(call.words).toEqual(['.']);
  expect(call.options.t).toBe('acme/web:1');
});

test('management commands are known by their short name', () => {
  expect(parsed('docker image push acme/web:1').operation).toBe('push');
  expect(parsed('docker container run -d --name x nginx').operation).toBe('run');
  expect(parsed('docker buildx build --push -t a/b .').operation).toBe('buildx build');
  expect(parsed('docker compose -f prod.yml up -d web').operation).toBe('compose up');
  expect(parsed('docker-compose --project-name shop pull').operation).toBe('pull');
  expect(parsed('podman push acme/web').tool).toBe('docker');
});

test('pushing to ECR requires the repository and creates the image', () => {
  const [repository, image] = namedBy('docker push 210123456780.dkr.ecr.eu-west-3.amazonaws.com/team/web:v1');
  expect(repository).toMatchObject({
    kind: 'AWS::ECR::Repository',
    name: 'team/web',
    account: '210123456780',
    region: 'eu-west-3',
    verb: 'requires',
  });
  expect(image).toMatchObject({
    kind: 'Docker::Image',
    name: '210123456780.dkr.ecr.eu-west-3.amazonaws.com/team/web:v1',
    verb: 'creates',
    properties: { repository: 'team/web', tag: 'v1', built: true },
    relations: [{ type: 'stored-in', to: { kind: 'AWS::ECR::Repository', name: 'team/web' } }],
  });
});

test.each([
  ['docker push acme/web:⟨github.sha⟩', ['creates Docker::Image acme/web:⟨github.sha⟩']],
  [
    'docker push ⟨steps.login-ecr.outputs.registry⟩/web:1',
    ['requires AWS::ECR::Repository web', 'creates Docker::Image ⟨steps.login-ecr.outputs.registry⟩/web:1'],
  ],
  ['docker push ⟨vars.REGISTRY⟩/web:1', ['creates Docker::Image ⟨vars.REGISTRY⟩/web:1']],
  ['docker push ⟨secrets.ECR_REPOSITORY⟩:1', []],
  ['docker push ⟨secrets.REGISTRY⟩/⟨env.NAME⟩:latest', []],
  [
    'docker push public.ecr.aws/a1b2c3/web:1',
    ['requires AWS::ECR::PublicRepository web', 'creates Docker::Image public.ecr.aws/a1b2c3/web:1'],
  ],
  ['docker push localhost:5000/web', []],
  ['docker push web', []],
  ['docker build -t acme/web:1 .', []],
  ['docker tag web acme/web:1', []],
  [
    'docker buildx build --push -t acme/web:1 -t acme/web:latest .',
    ['creates Docker::Image acme/web:1', 'creates Docker::Image acme/web:latest'],
  ],
  ['docker buildx build --output type=registry -t acme/web:1 .', ['creates Docker::Image acme/web:1']],
  [
    'docker buildx imagetools create -t acme/web:prod acme/web:1',
    ['creates Docker::Image acme/web:prod', 'uses Docker::Image acme/web:1'],
  ],
  ['docker pull redis:7', ['uses Docker::Image redis:7']],
  ['docker run --rm alpine true', []],
  ['docker run -it -e A=b -v /x:/y alpine sh -c "echo -d --name z"', []],
  [
    'docker run -d --name web --restart unless-stopped -p 80:80 acme/web:1',
    ['creates Docker::Container web', 'requires Docker::Image acme/web:1'],
  ],
  ['docker rm -f web', []],
  ['docker restart web worker', ['requires Docker::Container web', 'requires Docker::Container worker']],
  ['docker service update --image acme/web:2 shop_web', ['requires Docker::Image acme/web:2']],
])('%s', (line, expected) => {
  expect(says(line).sort()).toEqual([...expected].sort());
});

test('a build is silent, what lists gives a symbol', async () => {
  expect(await prints('docker build -t x .')).toBe('');
  expect(await prints('docker ps -q')).toMatch(/^⟨docker ps/);
});

test('a build names the image of a private registry that it starts from, and no other argument', () => {
  const found = namedBy(
    'docker build --build-arg BASE=210123456780.dkr.ecr.eu-west-3.amazonaws.com/base:3 --build-arg TAG=node:22 -t web .',
  );
  expect(found.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'AWS::ECR::Repository base',
    'Docker::Image 210123456780.dkr.ecr.eu-west-3.amazonaws.com/base:3',
  ]);
});

import { AWS_REGION } from '#lib/aws-region.ts';
import { environmentOf, environmentsOf } from '#lib/environments.ts';
import { readYaml } from '#lib/yaml-source.ts';
import type { Fact, Kind } from '#model/fact.ts';
import { code } from '#model/text.ts';
import { defineCollector } from '../collector.ts';
import { nameOfArn } from './aws-names.ts';
import { imageFacts } from './image-facts.ts';
import { standingOf } from './standing.ts';
import { readToml } from './toml-source.ts';
import { mapping, scalar } from './untyped.ts';

/** The commands whose parameters name what is deployed; `global` holds for all of them. */
const COMMANDS = ['global', 'deploy', 'sync', 'package', 'delete'];
const NAMES: readonly [key: string, kind: Kind, verb: 'creates' | 'requires', name: RegExp][] = [
  ['stack_name', 'AWS::CloudFormation::Stack', 'creates', /^[A-Za-z][A-Za-z0-9-]{0,127}$/],
  ['s3_bucket', 'AWS::S3::Bucket', 'requires', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/],
  ['role_arn', 'AWS::IAM::Role', 'requires', /^arn:/],
];

interface Read {
  top: ReadonlyMap<string, unknown>;
  lineOf(keys: readonly string[]): number;
}

function read(path: string, text: string): Read | { error: { line: number; message: string } } {
  if (path.endsWith('.toml')) {
    const toml = readToml(text);
    if ('error' in toml) return toml;
    return { top: toml.top, lineOf: (keys) => toml.lineOf(keys.slice(0, -1).join('.'), keys.at(-1) ?? '') };
  }
  const yaml = readYaml(text, { merge: true });
  return 'error' in yaml ? yaml : { top: mapping(yaml.value), lineOf: yaml.lineOf };
}

/**
 * The configuration of the AWS SAM CLI: the stack, the bucket, the role and the image repository that each of its
 * environments deploys with. AWS SAM Developer Guide, “AWS SAM CLI configuration file”.
 */
export const samConfig = defineCollector({
  id: 'sam-config',
  source: 'repo',
  title: { fr: 'configuration de SAM (`samconfig`)', en: 'SAM configuration (`samconfig`)' },
  reads: ({ plain }) => /^samconfig(?:[._-][\w-]{1,40})?\.(?:toml|ya?ml)$/.test(plain),
  collect(reading, sink) {
    const file = read(reading.path.toLowerCase(), reading.text);
    if ('error' in file) {
      sink.unread(file.error.line, {
        fr: `configuration illisible\u00a0: ${code(file.error.message)}`,
        en: `unreadable configuration: ${code(file.error.message)}`,
      });
      return;
    }
    const standing = standingOf(reading.path);
    for (const [environment, commands] of file.top)
      for (const command of COMMANDS) {
        const parameters = mapping(mapping(mapping(commands).get(command)).get('parameters'));
        const region = scalar(parameters.get('region')) ?? '';
        for (const [written, value] of parameters) {
          const text = scalar(value) ?? '';
          const evidence = reading.at(file.lineOf([environment, command, 'parameters', written]));
          const own = environmentOf(environment);
          const base = {
            ...(AWS_REGION.test(region) && { region }),
            environments: own === undefined ? [...standing.environments, ...environmentsOf(text)] : [own],
          };
          for (const fact of named(written.replaceAll('-', '_'), text, {
            ...base,
            sort: standing.sort,
            evidence,
          }))
            sink.fact(fact);
        }
      }
  },
});

function named(
  key: string,
  text: string,
  base: Pick<Fact, 'sort' | 'evidence' | 'environments' | 'region'>,
): Fact[] {
  const { sort, evidence, environments } = base;
  if (key === 'image_repository')
    return imageFacts({
      image: { text, status: 'literal' },
      evidence,
      sort,
      environments,
      verb: 'requires',
    }).filter(({ kind }) => kind === 'AWS::ECR::Repository');
  return NAMES.flatMap(([parameter, kind, verb, name]): Fact[] => {
    if (key !== parameter || !name.test(text)) return [];
    const identified = kind === 'AWS::IAM::Role' ? nameOfArn(text) : { kind, name: text };
    if (identified?.kind !== kind) return [];
    const { region, ...rest } = base;
    // a role is of no region
    const where = kind === 'AWS::IAM::Role' || region === undefined ? {} : { region };
    return [
      { ...rest, ...where, ...identified, source: 'repo', nameStatus: 'literal', verb, certainty: 'static' },
    ];
  });
}

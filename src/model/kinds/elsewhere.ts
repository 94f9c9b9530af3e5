import type { Kind } from '../fact.ts';
import { codes } from '../text.ts';
import { eachNamePrinted, word } from './aws.ts';
import {
  anyOrder,
  asText,
  asWritten,
  commandLine,
  imageReference,
  publishedPorts,
  restartPolicy,
  userName,
} from './compared.ts';
import type { KindDefinition, Verification } from './kind.ts';

type Provider = KindDefinition['provider'];
const of =
  (provider: Provider) =>
  (
    kind: Kind,
    fr: string,
    en: string,
    rest: Omit<KindDefinition, 'kind' | 'provider' | 'title'>,
  ): KindDefinition => ({
    kind,
    provider,
    title: { fr, en },
    ...rest,
  });
const github = of('github');
const docker = of('docker');
const kubernetes = of('kubernetes');
const external = of('external');

const kubectl =
  (resource: string): NonNullable<KindDefinition['verify']> =>
  (names) => ({
    command: `kubectl get ${resource} --all-namespaces --field-selector ${names.length === 1 ? `metadata.name=${word(names[0] ?? '')}` : 'metadata.name!='} --output name`,
    expected: eachNamePrinted(names),
  });

/** The list of a repository leaves out what its environments and its organisation hold. */
function eachNameInRepository(names: string[]): Verification['expected'] {
  const list = codes(names, 12);
  return {
    fr: `${names.length > 1 ? 'chacun de ces noms' : 'ce nom'} est affiché\u00a0: ${list.fr}\u202f; un nom qui n’est pas affiché est à chercher dans les environnements du dépôt (option \`--env\`) et dans son organisation (option \`--org\`)`,
    en: `${names.length > 1 ? 'each of these names' : 'this name'} is printed: ${list.en}; look for a name that is not printed in the environments of the repository (option \`--env\`) and in its organisation (option \`--org\`)`,
  };
}

/** GitHub, Docker, Kubernetes and external providers. */
export const kinds: KindDefinition[] = [
  github('GitHub::Actions::Workflow', 'workflow GitHub Actions', 'GitHub Actions workflow', {
    domain: 'delivery',
    verify: (names) => ({
      command: "gh workflow list --all --limit 500 --json path,state --jq '.[] | [.path, .state] | @tsv'",
      expected: eachNamePrinted(names),
    }),
  }),
  github('GitHub::Actions::Secret', 'secret GitHub', 'GitHub secret', {
    domain: 'delivery',
    verify: (names) => ({
      command: "gh secret list --json name --jq '.[].name'",
      expected: eachNameInRepository(names),
    }),
  }),
  github('GitHub::Actions::Variable', 'variable GitHub', 'GitHub variable', {
    domain: 'delivery',
    verify: (names) => ({
      command: "gh variable list --json name --jq '.[].name'",
      expected: eachNameInRepository(names),
    }),
  }),
  github('GitHub::Environment', 'environnement GitHub', 'GitHub environment', {
    domain: 'delivery',
    verify: (names) => ({
      command:
        "gh api 'repos/{owner}/{repo}/environments' --jq '.environments[] | [.name, (.protection_rules | length)] | @tsv'",
      expected: eachNamePrinted(names),
    }),
  }),
  docker('Docker::Image', 'image de conteneur', 'container image', {
    domain: 'images',
    verify: (names) => ({
      command: names
        .map((name) => `docker manifest inspect ${word(name)} > /dev/null && echo ${word(name)}`)
        .join('\n'),
      expected: eachNamePrinted(names),
    }),
  }),
  docker('Docker::Container', 'conteneur', 'container', {
    global: true,
    domain: 'compute',
    verify: (names) => ({
      command: "docker ps --all --format '{{.Names}} {{.Status}}'",
      expected: eachNamePrinted(names),
    }),
  }),
  docker('Docker::Network', 'réseau Docker', 'Docker network', {
    global: true,
    domain: 'network',
    verify: (names) => ({
      command: "docker network ls --format '{{.Name}}'",
      expected: eachNamePrinted(names),
    }),
  }),
  docker('Docker::Volume', 'volume Docker', 'Docker volume', {
    global: true,
    domain: 'data',
    verify: (names) => ({
      command: "docker volume ls --format '{{.Name}}'",
      expected: eachNamePrinted(names),
    }),
  }),
  docker('Compose::Service', 'service Compose', 'Compose service', {
    global: true,
    domain: 'compute',
    scoped: true,
    // what Compose makes and what an image brings by itself are not among them
    compared: {
      image: imageReference,
      ports: publishedPorts,
      containerName: asWritten,
      networks: anyOrder,
      restart: restartPolicy,
      privileged: asText,
      user: userName,
      command: commandLine,
    },
    verify: (names, { scope }) => ({
      command: `docker compose${scope ? ` --project-name ${word(scope)}` : ''} ps --all --format '{{.Service}} {{.State}} {{.Health}}'`,
      expected: eachNamePrinted(names),
    }),
  }),
  kubernetes('Kubernetes::Deployment', 'déploiement Kubernetes', 'Kubernetes deployment', {
    domain: 'compute',
    verify: kubectl('deployments'),
  }),
  kubernetes('Kubernetes::StatefulSet', 'StatefulSet Kubernetes', 'Kubernetes StatefulSet', {
    domain: 'compute',
    verify: kubectl('statefulsets'),
  }),
  kubernetes('Kubernetes::Service', 'service Kubernetes', 'Kubernetes service', {
    domain: 'network',
    verify: kubectl('services'),
  }),
  kubernetes('Kubernetes::Namespace', 'espace de noms Kubernetes', 'Kubernetes namespace', {
    domain: 'compute',
    verify: (names) => ({
      command: 'kubectl get namespaces --output name',
      expected: eachNamePrinted(names),
    }),
  }),
  external('Service::AI', 'service d’IA', 'AI service', { domain: 'ai' }),
  external('Service::SaaS', 'service tiers', 'third-party service', { domain: 'external' }),
];

import { environmentOf } from '#lib/environments.ts';
import { wordsOf } from '#lib/identifier.ts';

/** Words that say what kind of thing a name is, not which: `orders-prod-svc` and `orders-cluster` are of `orders`. */
const KIND_WORDS = new Set(
  (
    'svc service services cluster clusters tg target targets alb elb nlb lb listener td task tasks taskdef ' +
    'definition repo repository registry ecr ecs eks fargate role roles bucket queue topic table fn lambda ' +
    'function log logs group sg vpc subnet distribution cdn stack container image images github gh actions oidc ' +
    'deploy deployment deployer ci cd workflow pipeline push build release to aws tf tfstate terraform state'
  ).split(' '),
);
const VERSION = /^(v?\d+|latest|[0-9a-f]{8,})$/;
/** What consoles put behind a name to make it their only one: letters and digits mixed, eight of them. */
const RANDOM = /^(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])(?![a-z]+\d{1,4}$)[a-z0-9]{8}$/;
/** The service of a task definition that the console of ECS names: `orders-service-k3x9q2ab`. */
const MADE_UP = /(-service)-(?=[a-z]*\d)[a-z0-9]{8}$/;
const PLACEHOLDER = /⟨[^⟩]*⟩|\$\{[^}]*\}|\{\{[^}]*\}\}|<[^>]*>|\$\w+/g;
const REGION = /\b[a-z]{2}(-gov)?-(north|south|east|west|central)(east|west)?-\d\b/g;

/**
 * What is left of a name without its environment, its region, what is only known at run time and the words for its
 * kind, in kebab-case: the part that tells one system from another. Empty when nothing is left (`prod-cluster`).
 */
export function stem(name: string): string {
  const clean = name.replace(PLACEHOLDER, '-').replace(REGION, '-').replace(MADE_UP, '$1');
  const telling = (part: string) =>
    wordsOf(part).filter(
      (word) => !KIND_WORDS.has(word) && !VERSION.test(word) && environmentOf(word) === undefined,
    );
  const parts = clean
    .split('/')
    .map(telling)
    .filter((words) => words.length > 0);
  const words = parts.at(-1) ?? [];
  const last = words.at(-1) ?? '';
  return (words.length > 1 && RANDOM.test(last) ? words.slice(0, -1) : words).join('-');
}

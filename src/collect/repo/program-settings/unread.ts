import { posix } from 'node:path';
import type { Artifacts, EnvironmentFile } from '#model/artifacts.ts';
import type { ProgramSettings } from '#model/settings.ts';
import type { Tree } from '../../readers/tree.ts';
import { providerOfVariable } from '../manifests/providers.ts';
import { isRetired } from '../retired.ts';
import { isRunningCode, nearest, OTHER_LANGUAGE } from './programs.ts';

/** What runtimes, frameworks, base images, clients and tools read by themselves. */
const BY_ITSELF =
  /^(?:NODE_ENV|NODE_OPTIONS|NODE_\w+|PORT|HOST|HOSTNAME|TZ|LANG|LC_\w+|HOME|PATH|PWD|USER|SHELL|TERM|EDITOR|DEBUG|VERBOSE|LOG_LEVEL|RUST_LOG|CI|HTTPS?|ALL_PROXY|HTTPS?_PROXY|NO_PROXY|UID|GID|PUID|PGID|UMASK|BROWSER|PUBLIC_URL|WEB_CONCURRENCY|GENERATE_SOURCEMAP|DATABASE_URL|DIRECT_URL|SHADOW_DATABASE_URL|REDIS_URL|SECRET_KEY|SITE_ID|APP_ENV|APP_NAME|ENVIRONMENT|ENV|STAGE|VERSION|TAG|DOMAIN|HUSKY|TURBO_\w+|NX_\w+|NPM_\w+|YARN_\w+|PNPM_\w+|BUN_\w+|DENO_\w+|PYTHON\w+|PIP_\w+|UV_\w+|POETRY_\w+|VIRTUAL_\w+|LETSENCRYPT_\w+|GO[A-Z]+|CGO_\w+|GIN_MODE|DJANGO_\w+|FLASK_\w+|WERKZEUG_\w+|GUNICORN_\w+|UVICORN_\w+|HYPERCORN_\w+|CELERY_\w+|AIRFLOW_\w+|STREAMLIT_\w+|GRADIO_\w+|CHAINLIT_\w+|FASTAPI_\w+|POSTGRES_\w+|POSTGRESQL_\w+|PG\w+|PGADMIN_\w+|MYSQL_\w+|MARIADB_\w+|MONGO_\w+|MONGODB_\w+|ME_CONFIG_\w+|REDIS_\w+|RABBITMQ_\w+|ELASTIC\w*_\w+|ES_\w+|KIBANA_\w+|MEILI_\w+|TYPESENSE_\w+|MINIO_\w+|CLICKHOUSE_\w+|KAFKA_\w+|KC_\w+|KEYCLOAK_\w+|GF_\w+|GRAFANA_\w+|PROMETHEUS_\w+|TRAEFIK_\w+|CADDY_\w+|NGINX_\w+|COMPOSE_\w+|DOCKER_\w+|BUILDKIT_\w+|KUBE\w+|HELM_\w+|TF_\w+|AWS_\w+|S3_\w+|AZURE_\w+|ARM_\w+|GOOGLE_\w+|GCLOUD_\w+|GCP_\w+|CLOUDFLARE_\w+|CF_\w+|VERCEL\w*|NETLIFY\w*|HEROKU_\w+|RAILWAY_\w+|RENDER\w*|FLY_\w+|NEXT_\w+|NEXTAUTH_\w+|AUTH_\w+|NUXT_\w+|NITRO_\w+|VITE_\w+|REACT_APP_\w+|VUE_APP_\w+|GATSBY_\w+|EXPO_\w+|PUBLIC_\w+|STORYBOOK_\w+|ASTRO_\w+|SVELTE\w*|STRAPI_\w+|PAYLOAD_\w+|DIRECTUS_\w+|HASURA_\w+|SUPABASE_\w+|PRISMA_\w+|TYPEORM_\w+|SENTRY_\w+|DD_\w+|DATADOG_\w+|NEW_RELIC_\w+|OTEL_\w+|HONEYCOMB_\w+|LOGFIRE_\w+|LANGCHAIN_\w+|LANGSMITH_\w+|LANGFUSE_\w+|LLAMA_\w+|OLLAMA_\w+|OPENAI_\w+|ANTHROPIC_\w+|HF_\w+|HUGGING\w+|TRANSFORMERS_\w+|TOKENIZERS_\w+|CUDA_\w+|NVIDIA_\w+|TORCH_\w+|WANDB_\w+|LITELLM_\w+|PLAYWRIGHT_\w+|PUPPETEER_\w+|CYPRESS_\w+|SELENIUM_\w+|CHROME_\w+|JEST_\w+|GITHUB_\w+|GITLAB_\w+|GIT_\w+|SSH_\w+|SMTP_\w+|MAIL_\w+|N8N_\w+|SUPERSET_\w+|METABASE_\w+|MB_\w+|WORDPRESS_\w+|JAVA_\w+|JVM_\w+|SPRING_\w+|RAILS_\w+|RACK_\w+|BUNDLE_\w+|XDG_\w+|DISPLAY|QT_\w+|SSL_\w+|CURL_\w+|REQUESTS_\w+|REACT_\w+|WDS_\w+|CHOKIDAR_\w+|WATCHPACK_\w+|FAST_REFRESH|INIT_CWD|NUMEXPR_\w+|OMP_\w+|MKL_\w+|OPENBLAS_\w+|NUMBA_\w+|KMP_\w+|MALLOC_\w+|LD_\w+|TESSDATA_\w+|MPL\w+)$/i;
/** Words that begin the names of many variables and are part of many packages. */
const PLAIN_WORD = new Set([
  'app',
  'api',
  'web',
  'server',
  'client',
  'frontend',
  'backend',
  'the',
  'my',
  'base',
  'core',
  'data',
  'max',
  'min',
  'use',
  'enable',
  'default',
  'url',
  'log',
  'test',
  'dev',
  'prod',
]);

export interface Candidate {
  name: string;
  file: string;
  line: number;
}

/**
 * Variables of example files that no parsed code reads, by the folder of their program. What reads variables by itself is
 * left out: frameworks, base images, and whatever a package of the repository is called like.
 */
export function candidatesOf(
  programs: readonly ProgramSettings[],
  artifacts: Artifacts,
  tree: Tree,
): Map<string, Candidate[]> {
  const found = new Map<string, Candidate[]>();
  const examples = artifacts.environmentFiles.filter(
    ({ file, example }) => example && !isRetired(file) && isRunningCode(file),
  );
  if (examples.length === 0 || givenToImages(artifacts) || isPartElsewhere(artifacts, tree)) return found;
  const folders = new Set(programs.map(({ folder }) => folder));
  const words = packageWords(artifacts);
  const read = new Set(programs.flatMap(({ settings }) => settings.map(({ name }) => name.toLowerCase())));
  // a word that begins what the code reads is the program's own
  const own = new Set([...read].map(firstWord));
  for (const example of examples) {
    const folder = ownerOf(example, folders, programs);
    if (folder === undefined || hasOthers(example.file, tree)) continue;
    const vendors = vendorsOf(example, own);
    const used = usedInside(tree.read(example.file) ?? '');
    const left = example.variables.filter(
      ({ name }) =>
        !read.has(name.toLowerCase()) &&
        !BY_ITSELF.test(name) &&
        !used.has(name) &&
        providerOfVariable(name) === undefined &&
        !words.has(firstWord(name)) &&
        !vendors.has(firstWord(name)),
    );
    if (left.length > 0)
      found.set(folder, [
        ...(found.get(folder) ?? []),
        ...left.map(({ name, line }) => ({ name, file: example.file, line })),
      ]);
  }
  return found;
}

/** The program that an example file belongs to: one whose blind spots are none. */
function ownerOf(
  { file }: EnvironmentFile,
  folders: ReadonlySet<string>,
  programs: readonly ProgramSettings[],
): string | undefined {
  const folder = nearest(file, folders);
  const own = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  if (folders.has(folder) && (folder !== '' || own === '')) {
    const program = programs.find((one) => one.folder === folder);
    const isSeen = program?.blindSpots.length === 0;
    // at the root it may be meant for all of them
    return isSeen && (folder !== '' || programs.every(({ blindSpots }) => blindSpots.length === 0))
      ? folder
      : undefined;
  }
  if (own !== '' || programs.length === 0) return undefined;
  return programs.every(({ blindSpots }) => blindSpots.length === 0) ? programs[0]?.folder : undefined;
}

/** Whether a file of variables is given as a whole to an image that others made: nobody knows what it reads. */
const givenToImages = ({ composeFiles }: Artifacts): boolean =>
  composeFiles.some(
    ({ retired, services }) =>
      !retired &&
      services.some(({ image, build, environmentFiles }) => image && !build && environmentFiles.length > 0),
  );

/** Whether code of the same estate stands elsewhere: in submodules, or in folders that images are built from and that are not here. */
function isPartElsewhere({ composeFiles }: Artifacts, { submodules, files }: Tree): boolean {
  if (submodules.length > 0) return true;
  const contexts = composeFiles.flatMap(({ file, retired, services }) =>
    retired
      ? []
      : services.flatMap(({ build }) =>
          build && !/[$:{]/.test(build.context)
            ? [posix.normalize(posix.join(posix.dirname(file), build.context)).replace(/\/$/, '')]
            : [],
        ),
  );
  return [...new Set(contexts)]
    .slice(0, 200)
    .some(
      (context) =>
        context.startsWith('..') ||
        (context !== '.' && !files.some(({ path }) => path.startsWith(`${context}/`))),
    );
}

/** `URL=http://${HOST}`: other variables of the file are made from it. */
const usedInside = (text: string): Set<string> =>
  new Set([...text.slice(0, 200_000).matchAll(/\$\{?([A-Za-z_]\w{0,100})/g)].map(([, name = '']) => name));

/** Whether code of languages that are not read stands beside the example or below it. */
function hasOthers(file: string, { files }: Tree): boolean {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  return files.some(
    ({ path }) => path.startsWith(folder) && OTHER_LANGUAGE.test(path) && isRunningCode(path),
  );
}

const CREDENTIAL = /_(?:API_?KEY|ACCESS_KEY|SECRET|SECRET_KEY|TOKEN|CLIENT_ID|DSN|LICENSE)$/i;
/** Words that begin the names of a program's own credentials. */
const OWN_WORD = new Set([
  ...['jwt', 'app', 'session', 'admin', 'db', 'database', 'secret', 'cookie', 'encryption', 'access'],
  ...['refresh', 'user', 'api', 'auth', 'internal', 'service', 'webhook', 'signing'],
]);

/** Whose credentials a file names: tools and clients of theirs read variables by themselves. */
const vendorsOf = ({ variables }: EnvironmentFile, own: ReadonlySet<string>): Set<string> =>
  new Set(
    variables
      .filter(({ name }) => CREDENTIAL.test(name))
      .map(({ name }) => firstWord(name))
      .filter((word) => !OWN_WORD.has(word) && !own.has(word)),
  );

const firstWord = (name: string): string => name.toLowerCase().split('_')[0] ?? '';

function packageWords({ manifests }: Artifacts): Set<string> {
  const words = new Set<string>();
  for (const { packages } of manifests)
    for (const { name } of packages)
      for (const word of name.toLowerCase().split(/[^a-z0-9]+/)) {
        if (word.length > 2 && !PLAIN_WORD.has(word)) words.add(word);
        // `django-environ` and `python-jose` are called after what they are for
        if (/^(?:py|node|go)[a-z]{3,}$/.test(word)) words.add(word.replace(/^(?:py|node|go)/, ''));
      }
  return words;
}

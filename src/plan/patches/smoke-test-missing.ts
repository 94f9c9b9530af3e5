import { shellQuote } from '#lib/shell-quote.ts';
import type { Estate } from '#model/estate.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { inLanguage } from './page.ts';
import { definePatch, folderFor, freeName, newFile } from './patch.ts';

/** A host name that can be asked: no pattern, no part that only the run knows. */
const HOST = /^(?=.{4,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

/** The addresses under which the estate answers, as far as its files say it. */
function addresses({ resources, artifacts, paths }: Estate): string[] {
  const hosts = resources
    .filter(({ kind, nameStatus }) => /::(?:Domain|Route|RecordSet)$/.test(kind) && nameStatus !== 'template')
    .filter(
      ({ kind, scope }) =>
        kind !== 'AWS::Route53::RecordSet' || scope === undefined || /^(?:A|AAAA|CNAME)$/.test(scope),
    )
    .map(({ name }) => name.replace(/\/\*?$/, ''));
  const health =
    artifacts.workers.flatMap((worker) => worker.health.map(({ path }) => path)).sort()[0] ?? '/';
  const urls = paths.map(({ url }) => url);
  return [
    ...new Set([
      ...urls,
      ...hosts.filter((host) => HOST.test(host)).map((host) => `https://${host}${health}`),
    ]),
  ].sort();
}

/** A script that asks what was deployed whether it answers. */
export const smokeTestMissing = definePatch({
  for: ['smoke-test-missing'],
  draft: (findings, { estate, language }) => {
    const t = inLanguage(language);
    const folder = folderFor(estate, 'scripts/devops', 'scripts/deploy', 'scripts', 'bin', 'scripts');
    const file = freeName(estate, `${folder}/verify-deployment.sh`, `${folder}/smoke-test.sh`);
    if (file === undefined) return [];
    const known = addresses(estate).slice(0, 10);
    const text = `#!/bin/sh
# ${t('Vérifie, après un déploiement, que chaque adresse répond. Sans argument\u00a0: celles du dépôt.', 'Checks, after a deployment, that each address answers. Without arguments: those of the repository.')}
# ${t('usage\u00a0:', 'usage:')} sh ${file} [URL...]
set -eu

${known.length > 0 ? `[ "$#" -gt 0 ] || set -- \\\n${known.map((url) => `  ${shellQuote(url)}`).join(' \\\n')}` : `[ "$#" -gt 0 ] || { echo "${t('donner au moins une adresse', 'give at least one address')}" >&2; exit 2; }`}

failed=0
for url in "$@"; do
  # ${t('un déploiement peut mettre quelques secondes à prendre effet', 'a deployment may take some seconds to take effect')}
  status=$(curl --silent --show-error --location --max-time 10 --retry 5 --retry-delay 3 --retry-all-errors \\
    --output /dev/null --write-out '%{http_code}' "$url") || status=000
  case "$status" in
    2??) echo "ok $status $url" ;;
    *) echo "FAILED $status $url" >&2; failed=1 ;;
  esac
done
exit "$failed"
`;
    return [
      {
        id: 'smoke-test',
        title: say(
          `Ajouter un contrôle après déploiement (${code(file)})`,
          `Add a check after deployments (${code(file)})`,
        ),
        note: say(
          `À appeler à la fin de chaque déploiement (\`sh ${file}\`), dont il doit faire échouer la suite\u00a0; les adresses sont à compléter.`,
          `To be called at the end of each deployment (\`sh ${file}\`), which has to fail with it; the addresses are to be completed.`,
        ),
        findings,
        edits: [newFile(file, text)],
      },
    ];
  },
});

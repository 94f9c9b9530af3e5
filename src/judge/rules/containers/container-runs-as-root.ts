import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { defaultUser, lineage } from '../../derived/base-image.ts';
import { isForDevelopment } from '../../derived/development.ts';
import { at, titled } from '../../derived/place.ts';

const ROOT = /^(root|0)(:|$)/;
const HANDS_OVER = /\b(gosu|su-exec|setpriv|runuser|chpst|s6-setuidgid|su)\b/;
/** Lambda runs an image as a user of its own, whatever the image says. AWS Lambda developer guide, “Container images”. */
const LAMBDA = /\/lambda\/|lambda-(web-)?adapter|lambda-?ri[ce]\b|\.(lambda_)?handler\b/;
/** A server that watches its files for a developer: nobody puts it into service. */
const DEVELOPS =
  /\b(npm|pnpm|yarn|bun)\b[", ]+(run[", ]+)?(dev|start:dev|develop|watch)\b|--reload\b|\b(nodemon|mkdocs[", ]+serve|manage\.py[", ]+runserver|next[", ]+dev|ng[", ]+serve|webpack[", ]+serve)\b/;
const ENTRY_SCRIPT = /\.sh\b|entrypoint/i;

/** A fault in the application is then a fault in the whole container, and often the first step onto its host. */
export const containerRunsAsRoot = defineRule({
  id: 'container-runs-as-root',
  severity: 'medium',
  subject: 'dockerfile',
  title: { fr: 'Conteneur qui s’exécute en root', en: 'Container that runs as root' },
  risk: {
    fr: 'Une faille de l’application donne tous les droits dans le conteneur et facilite la sortie vers l’hôte.',
    en: 'A flaw in the application gives full rights inside the container and makes it easier to reach the host.',
  },
  remedy: {
    fr: 'Créer un utilisateur sans privilège dans l’image et le désigner par `USER` dans l’étape finale.',
    en: 'Create an unprivileged user in the image and name it with `USER` in the final stage.',
  },
  references: ['https://docs.docker.com/build/building/best-practices/#user'],
  evaluate(dockerfile, { resources }) {
    const stages = lineage(dockerfile);
    const start = stages.find((stage) => stage.start)?.start;
    const base = stages.at(-1);
    if (!start || !base || isForDevelopment(dockerfile.file) || DEVELOPS.test(start.text))
      return notApplicable;
    const holdsAdapter = resources.some(
      ({ kind, name, declared }) =>
        kind === 'Docker::Image' &&
        LAMBDA.test(name) &&
        declared.some(({ file }) => file === dockerfile.file),
    );
    if (HANDS_OVER.test(start.text) || LAMBDA.test(`${start.text} ${base.base}`) || holdsAdapter) return ok;
    const user = stages.find((stage) => stage.user)?.user;
    if (user && !ROOT.test(user.name)) return ok;
    const inherited = user ? 'root' : defaultUser(base.base);
    if (inherited === 'other') return ok;
    if (inherited === 'unknown')
      return unknown({
        fr: 'l’utilisateur par défaut de l’image de base n’est écrit dans aucun fichier',
        en: 'no file says which user the base image runs as',
      });
    const file = code(dockerfile.file);
    const why = user
      ? { fr: `${code(`USER ${user.name}`)} le demande`, en: `${code(`USER ${user.name}`)} asks for it` }
      : {
          fr: `aucun \`USER\`, et ${code(base.base)} laisse root par défaut`,
          en: `it has no \`USER\`, and ${code(base.base)} leaves root as the default`,
        };
    return gaps([
      {
        title: titled(file, 'le conteneur s’exécute en root', 'the container runs as root'),
        message: {
          fr: `Le processus lancé par ${code(start.text)} s’exécute en root : ${why.fr}.`,
          en: `The process started by ${code(start.text)} runs as root: ${why.en}.`,
        },
        evidence: [at(dockerfile.file, user?.line ?? base.line), at(dockerfile.file, start.line)],
        confidence: ENTRY_SCRIPT.test(start.text) ? 'medium' : 'high',
      },
    ]);
  },
});

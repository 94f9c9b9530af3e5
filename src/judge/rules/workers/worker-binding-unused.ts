import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { at, some, titled } from '../../derived/place.ts';
import { blindSpotsOf, configsOf, isShown, notRead } from '../../derived/worker-reading.ts';

/** Bindings that something else than the code reads, or that nothing has to read. */
const ASIDE =
  /^(?:assets|version_metadata|service|durable_object_namespace|workflow|wasm_module|text_blob|data_blob|tail|inherit|unsafe|plain_text|json|secret_text|dispatch_namespace|container)$/;

/** A Worker that can reach more than it uses gives an intruder more than it needs. */
export const workerBindingUnused = defineRule({
  id: 'worker-binding-unused',
  severity: 'low',
  subject: 'worker',
  title: { fr: 'Liaison d’un Worker que rien ne lit', en: 'Binding of a Worker that nothing reads' },
  risk: {
    fr: 'Le Worker garde l’accès à une base ou à un stockage dont il n’a pas besoin, et le fichier laisse croire qu’il s’en sert.',
    en: 'The Worker keeps access to a database or a store that it does not need, and the file makes believe that it uses it.',
  },
  remedy: {
    fr: 'Retirer la liaison de chaque environnement, ou écrire le code qui s’en sert.',
    en: 'Take the binding out of each environment, or write the code that uses it.',
  },
  references: ['https://developers.cloudflare.com/workers/runtime-apis/bindings/'],
  evaluate(worker, { artifacts }) {
    // another entry of the same configuration may read it
    const configs = configsOf(worker, artifacts);
    if (isShown(worker) || configs.length === 0) return notApplicable;
    const read = new Set(worker.reads.map(({ name }) => name));
    const unused = configs.flatMap(({ file, environments }) =>
      environments.flatMap(({ bindings }) =>
        bindings
          .filter(({ type, name }) => !ASIDE.test(type) && name !== '' && !read.has(name))
          .map(({ name, line }) => ({ name, at: at(file, line) })),
      ),
    );
    const places = new Map(unused.map((one) => [`${one.at.file}:${one.at.line}`, one.at]));
    const evidence = some([...places.values()]);
    if (!evidence) return ok;
    const blind = notRead(blindSpotsOf(worker));
    if (blind) return blind;
    if (worker.handlers.length === 0)
      return unknown({
        fr: 'ce que l’entrée exporte vient d’ailleurs et n’a pas été suivi',
        en: 'what the entry exports comes from elsewhere and was not followed',
      });
    const names = codes(new Set(unused.map(({ name }) => name)));
    return gaps([
      {
        title: titled(
          code(configs[0]?.file ?? worker.entry),
          'liaison que rien ne lit',
          'binding that nothing reads',
        ),
        message: {
          fr: `${names.fr}\u00a0: aucun des modules que ${code(worker.entry)} atteint (${worker.files.length} lus) ne lit ce que le fichier lie.`,
          en: `${names.en}: none of the modules that ${code(worker.entry)} reaches (${worker.files.length} read) reads what the file binds.`,
        },
        evidence,
      },
    ]);
  },
});

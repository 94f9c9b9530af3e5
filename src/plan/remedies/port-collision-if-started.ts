import { shellQuote } from '#lib/shell-quote.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { removed } from '../git.ts';
import { linesOf } from '../places.ts';
import { defineRemedy } from '../remedy.ts';

/** What must not be started as it is: taken away where it is out of use, else given a port that is free. */
export const portCollisionIfStarted = defineRemedy({
  for: ['port-collision-if-started', 'retired-compose-touches-running', 'retired-compose-reuses-port'],
  plan(problem) {
    const file = problem.maybeText('file') ?? linesOf(problem).find((one) => isRetired(one.file))?.file;
    if (file === undefined) return [];
    const [port, free] = [problem.maybeNumber('port'), problem.maybeNumber('free')];
    const compose = problem.artifacts.composeFiles.find((one) => one.file === file);
    function isRetired(path: string): boolean {
      return problem.artifacts.composeFiles.some((one) => one.file === path && one.retired);
    }
    if (isRetired(file))
      return [
        {
          // the title of what takes away any file out of use: it is one step
          title: say(`Supprimer ${code(file)}`, `Delete ${code(file)}`),
          reason: say(
            `Le lancer toucherait ce qui sert aujourd’hui\u00a0: ne pas le lancer d’ici là. L’historique de git le garde${free === undefined ? '' : `, et s’il doit resservir, le port ${code(free)} est libre`}.`,
            `Starting it would touch what serves today: do not start it until then. The history of git keeps it${free === undefined ? '' : `, and if it is to serve again, port ${code(free)} is free`}.`,
          ),
          risk: 'none',
          changes: [],
          proofs: [],
          hand: removed(file),
        },
      ];
    const service = compose?.services.find(({ name }) => name === problem.maybeText('service'));
    const published = service?.ports.find((one) => one.published === String(port));
    if (port === undefined || !published) return [];
    const title = say(
      `Publier ${code(file)} sur un port libre plutôt que sur ${code(port)}`,
      `Publish ${code(file)} on a free port instead of ${code(port)}`,
    );
    const reason = say(
      `Sur ${code(problem.maybeText('host') ?? '')}, ${code(port)} est à ${code(problem.maybeText('holder') ?? '')}.`,
      `On ${code(problem.maybeText('host') ?? '')}, ${code(port)} is ${code(problem.maybeText('holder') ?? '')}’s.`,
    );
    const step = { title, reason, risk: 'none' as const, changes: [], proofs: [] };
    if (free === undefined)
      return [
        {
          ...step,
          needs: [
            say(
              'Un port que rien ne tient sur l’hôte\u00a0: ce qui y écoute n’a pas été lu en entier.',
              'A port that nothing holds on the host: what listens there was not read in full.',
            ),
          ],
        },
      ];
    // only a line that is seen to hold the published port is changed by a command
    const written = linesOf(problem).find((one) => one.file === file && one.line === published.line)?.excerpt;
    if (written === undefined || !publishes(written, port))
      return [
        {
          ...step,
          needs: [
            say(
              `${code(free)} est libre\u00a0: le publier dans ${code(`${file}:${published.line}`)}.`,
              `${code(free)} is free: publish it in ${code(`${file}:${published.line}`)}.`,
            ),
          ],
        },
      ];
    const word = shellQuote(file.startsWith('-') ? `./${file}` : file);
    const change = (from: number, to: number) =>
      [
        `sed '${published.line}s/${from}/${to}/' ${word} > ${shellQuote(`${file}.new`)}`,
        `cat ${shellQuote(`${file}.new`)} > ${word}`,
        `rm ${shellQuote(`${file}.new`)}`,
      ].join(' && ');
    return [
      {
        ...step,
        hand: {
          command: change(port, free),
          undo: change(free, port),
          before: { [`sed -n '${published.line}p' ${word}`]: String(port) },
          proof: {
            title: say(
              `${code(file)} ne publie plus ${code(port)}`,
              `${code(file)} no longer publishes ${code(port)}`,
            ),
            command: `docker compose --file ${word} config --format json | jq '[.services[].ports[]? | .published // "0" | tonumber] | index(${port})'`,
            expected: say(`${code('null')}`, `${code('null')}`),
          },
        },
      },
    ];
  },
});

/** Whether the first time that a line writes a number, it is the published port: `8002:80`, `published: 8002`. */
const publishes = (line: string, port: number): boolean =>
  new RegExp(`^[^0-9]*(?:\\d{1,3}(?:\\.\\d{1,3}){3}:)?${port}(?:[:"'\\s]|$)`).test(
    line.split('\n')[0] ?? '',
  ) &&
  /^\s*(?:-|published\s*:)/.test(line) &&
  !/^\s*-?\s*target\s*:/.test(line);

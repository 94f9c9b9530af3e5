import type { Estate } from '#model/estate.ts';
import type { Rule, SubjectName, Subjects } from '#model/rule.ts';

/** One thing that a rule is asked about, and what tells it from the others of its sort: no line, no position. */
export interface KeyedSubject {
  key: string;
  subject: Subjects[SubjectName];
  resource?: boolean;
}

/** What a rule is asked about in this estate, in the estate's own order. */
export function subjectsOf<S extends SubjectName>(estate: Estate, rule: Rule<S>): KeyedSubject[] {
  const { artifacts } = estate;
  const byFile = <T extends Subjects[SubjectName] & { file: string }>(list: readonly T[]): KeyedSubject[] =>
    list.map((subject) => ({ key: subject.file, subject }));
  const lists: Record<SubjectName, () => KeyedSubject[]> = {
    estate: () => [{ key: '', subject: estate }],
    system: () => estate.systems.map((subject) => ({ key: subject.id, subject })),
    workflow: () => byFile(artifacts.workflows),
    strayWorkflow: () => byFile(artifacts.strayWorkflows),
    dockerfile: () => byFile(artifacts.dockerfiles),
    composeFile: () => byFile(artifacts.composeFiles),
    environmentFile: () => byFile(artifacts.environmentFiles),
    document: () => byFile(artifacts.documents),
    secret: () =>
      artifacts.secrets.map((subject) => ({
        key: `${subject.file}\n${subject.detector}\n${subject.masked}`,
        subject,
      })),
    trackedIgnored: () => byFile(artifacts.trackedIgnored),
    terraformState: () => byFile(artifacts.terraformStates),
    wranglerConfig: () => byFile(artifacts.wranglerConfigs),
    host: () => estate.hosts.map((subject) => ({ key: subject.name, subject })),
    // labels of one compose file and static files beside it are configurations of their own
    proxy: () =>
      [...artifacts.proxies, ...estate.hosts.flatMap(({ proxies }) => proxies)].map((subject) => ({
        key: [subject.product, subject.host ?? '', subject.files[0] ?? subject.runsIn?.container ?? ''].join(
          '\n',
        ),
        subject,
      })),
    unitFile: () =>
      artifacts.unitFiles.map((subject) => ({
        key: subject.file ?? subject.dropIns[0] ?? subject.name,
        subject,
      })),
    program: () => artifacts.programs.map((subject) => ({ key: subject.folder, subject })),
    whatIf: () => estate.whatIfs.map((subject) => ({ key: `${subject.host}\n${subject.file}`, subject })),
    worker: () => artifacts.workers.map((subject) => ({ key: subject.entry, subject })),
    // what is wrong at a place is one thing, whatever URLs lead there: the gap's own key says where
    path: () => estate.paths.map((subject) => ({ key: '', subject })),
    resource: () =>
      estate.resources
        .filter((resource) => !rule.kinds || rule.kinds.includes(resource.kind))
        .map((subject) => ({ key: subject.key, subject, resource: true })),
  };
  return lists[rule.subject]();
}

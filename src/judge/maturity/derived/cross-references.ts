import { isOperationProgram } from '#lib/operation-programs.ts';
import type { Document } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
import { at, inDocument } from '../../derived/place.ts';
import { layoutOf } from './projects.ts';

/** A script that a file names, where. */
export interface Reference {
  from: string;
  script: string;
  place: FileEvidence;
}

const SHELL = /\.(?:sh|bash|zsh|ps1)$/;
/** A script that operates something; a source file that a page explains is none. */
export const isScript = (path: string): boolean =>
  SHELL.test(path) || (/\.(?:py|rb|pl|[cm]?js|ts)$/.test(path) && isOperationProgram(path.toLowerCase()));

const isPage = (file: string): boolean => /\.(?:md|markdown|mdx)$/i.test(file);

/** Every script that another file names: by a command, a link or a path in a page. Reports of the past left out. */
export function scriptUses({ artifacts, files }: Estate): Reference[] {
  const reports = new Set(artifacts.documents.filter(({ report }) => report).map(({ file }) => file));
  const found = new Map<string, Reference>();
  const add = (from: string, script: string, line: number) => {
    const key = `${from}\n${script}`;
    if (isScript(script) && files.has(script) && from !== script && !reports.has(from) && !found.has(key))
      found.set(key, { from, script, place: isPage(from) ? inDocument(from, line) : at(from, line) });
  };
  for (const { script, from, line } of artifacts.scriptReferences) add(from, script, line);
  for (const { file, paths } of artifacts.documents)
    for (const { path, line, exists } of paths) if (exists) add(file, path, line);
  return [...found.values()].sort((a, b) =>
    a.from < b.from ? -1 : a.from > b.from ? 1 : a.place.line - b.place.line,
  );
}

/** That files of one project use scripts of another. */
export interface CrossUse {
  project: string;
  other: string;
  references: Reference[];
}

/**
 * The projects that use scripts of another project's folder without depending on it: not what is shared, nor a project
 * inside the other, nor one that a manifest names as a dependency.
 */
export function crossUses(estate: Estate): CrossUse[] {
  const layout = layoutOf(estate);
  const found = new Map<string, CrossUse>();
  for (const reference of scriptUses(estate)) {
    const project = layout.projectOf(reference.from);
    const other = layout.projectOf(reference.script);
    if (project === undefined || other === undefined || project === other) continue;
    if (dependsOn(estate, project, other)) continue;
    const key = `${project}\n${other}`;
    const known = found.get(key);
    if (known) known.references.push(reference);
    else found.set(key, { project, other, references: [reference] });
  }
  return [...found.values()];
}

function dependsOn({ artifacts }: Estate, project: string, other: string): boolean {
  const name = other.slice(other.lastIndexOf('/') + 1);
  return artifacts.manifests.some(
    ({ file, packages }) =>
      file.startsWith(`${project}/`) &&
      packages.some((one) => one.name === name || one.name.endsWith(`/${name}`)),
  );
}

/** A subject that two folders of pages treat, neither leading to the other. */
export interface SplitSubject {
  folders: [string, string];
  /** What both name, or the name that both pages have. */
  subject: string;
  places: FileEvidence[];
}

const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));
const GENERIC =
  /^(?:readme|index|overview|introduction|intro|changelog|contributing|license|licence|claude|agents?|gemini|skill|summary|security|code_of_conduct|todo|notes?|getting-?started|quickstart|faq|installation|usage|examples?|api|spec|plan|tasks?|design|requirements|template|copilot-instructions)$/;
/** Copies of one page by language, version or release are meant to be alike. */
const VARIANT =
  /(?:^|\/)(?:[a-z]{2}(?:[-_][a-zA-Z]{2})?|v?\d+(?:\.[\dx]+)*|next|latest|versioned_docs|i18n|locales?|translations?|archives?|archived|old|legacy|templates?|examples?|node_modules)(?:\/|$)/;

/**
 * Subjects whose pages stand in two places: pages of two projects that name the same script, and pages of one name in
 * two folders of one project. Where one of the folders leads to the other, the reader finds both.
 */
export function splitSubjects(estate: Estate): SplitSubject[] {
  const layout = layoutOf(estate);
  const pages = estate.artifacts.documents.filter(
    ({ file, report }) => !report && !VARIANT.test(folderOf(file)),
  );
  const byFile = new Map(pages.map((page) => [page.file, page]));
  const found = new Map<string, SplitSubject>();
  const add = (first: string, second: string, subject: string, places: FileEvidence[]) => {
    const folders: [string, string] = first < second ? [first, second] : [second, first];
    const key = folders.join('\n');
    if (!found.has(key) && !leadsTo(pages, ...folders)) found.set(key, { folders, subject, places });
  };
  for (const [script, uses] of Map.groupBy(
    scriptUses(estate).filter(({ from }) => byFile.has(from)),
    (one) => one.script,
  )) {
    const byProject = Map.groupBy(uses, ({ from }) => layout.projectOf(from) ?? '');
    byProject.delete('');
    const [one, two] = [...byProject.values()];
    const [first] = one ?? [];
    const [second] = two ?? [];
    if (first && second)
      add(folderOf(first.from), folderOf(second.from), script, [first.place, second.place]);
  }
  const byName = Map.groupBy(pages, ({ file }) => {
    const stem = file
      .slice(file.lastIndexOf('/') + 1)
      .replace(/\.\w+$/, '')
      .toLowerCase();
    return GENERIC.test(stem) ? '' : `${layout.projectOf(file) ?? ''}\n${stem.replace(/[-_ ]/g, '')}`;
  });
  byName.delete('');
  for (const same of byName.values()) {
    const [first, second] = same.filter(isOperational);
    if (
      first &&
      second &&
      folderOf(first.file) !== folderOf(second.file) &&
      isGuide(first) &&
      isGuide(second)
    )
      add(folderOf(first.file), folderOf(second.file), first.file.slice(first.file.lastIndexOf('/') + 1), [
        inDocument(first.file, 1),
        inDocument(second.file, 1),
      ]);
  }
  return [...found.values()];
}

/** A page on how to operate something; two pages on parts of a product may well have one name. */
const isOperational = ({ topics }: Document): boolean =>
  topics.some(({ topic }) => topic !== 'security' && topic !== 'monitoring');
/** Its own name says that it is a guide of an operation: `DEPLOYMENT`, `rollback-guide`. */
const isGuide = ({ file }: Document): boolean =>
  /^(?:[a-z\d]+[-_ ])?(?:deploy(?:ment|ing)?|d[eé]ploiement|d[eé]ployer|rollback|release|releasing|backups?|restore|sauvegardes?|restauration|runbook|migrations?|rotation|operations|exploitation)(?:[-_ ](?:guide|runbook|steps|instructions|checklist|process|procedure|aws|prod|production|docker|vps|cloudflare|restore))*\.\w+$/i.test(
    file.slice(file.lastIndexOf('/') + 1),
  );

/** Whether a page of one of the folders links to a page of the other. */
const leadsTo = (pages: readonly Document[], one: string, two: string): boolean =>
  pages.some(({ file, paths }) => {
    const own = folderOf(file);
    const other = own === one ? two : own === two ? one : undefined;
    return (
      other !== undefined &&
      paths.some(
        ({ path, exists, kind }) =>
          exists && kind === 'link' && folderOf(path) === other && /\.mdx?$/i.test(path),
      )
    );
  });

const PROGRAM = /\.(?:py|rb|php|pl|[cm]?[jt]s)$/;
const FOLDER =
  /(?:^|\/)(?:scripts?|bin|tools?|ops|devops|deploy|deployment|ci|cron|jobs|infra|backups?)\/[^/]+$/;
const NAME =
  /(?:^|\/)[^/]*(?:backup|dump|restore|rotat|secret|deploy|migrat|sauvegarde|security|provision|rollback|smoke)[^/]*$|(?:^|\/)(?:reset|seed|setup|release|publish|sync|manage|verify|check|audit)[-_][^/]*$/;
/** A part of the product, a test or a declaration, whatever its name: `verify-code.dto.ts`, `src/checkout.ts`. */
const PART =
  /(?:^|\/)(?:src|app|lib|components?|pages|__tests__|tests?)\/(?!scripts?\/)|\.[a-z]+\.[cm]?[jt]s$/;

/**
 * Whether a program operates an estate rather than being the product: it stands in a folder of scripts or is named for
 * what operators do. The path is given in lower case.
 */
export const isOperationProgram = (path: string): boolean =>
  PROGRAM.test(path) && !PART.test(path) && (FOLDER.test(path) || NAME.test(path));

const DEVELOPMENT =
  /(^|[^a-z])(dev|devel|development|devcontainer|local|localhost|test|tests|testing|e2e|ci|examples?|samples?|fixtures?|override|demo|playground|sandbox|tutorials?|docs?)([^a-z]|$)/i;

/** Whether a file is, by its path, for a developer's machine, a test or an example: nothing that an estate runs. */
export const isForDevelopment = (path: string): boolean => DEVELOPMENT.test(path);

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** For tests: a folder that nobody else has. */
export const freshFolder = (): string => mkdtempSync(path.join(tmpdir(), 'constat-act-'));

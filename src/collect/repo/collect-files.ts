import type { Collected, Collector } from '../collector.ts';
import { memoryTree } from '../readers/memory-tree.ts';
import { collectRepository } from './collect-repository.ts';

/** For tests: what one collector makes of files that stand in memory. */
export const collectFiles = (collector: Collector, files: Record<string, string>): Collected =>
  collectRepository(memoryTree(files), [collector]);

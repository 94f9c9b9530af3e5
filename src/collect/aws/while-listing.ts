/**
 * Lists something and looks into each item while further pages are read. What was begun is over when this ends, also
 * where a page was refused.
 * @throws what `look` throws
 */
export async function whileListing(
  look: (begin: (work: Promise<void>) => void) => Promise<void>,
): Promise<void> {
  const begun: Promise<void>[] = [];
  try {
    await look((work) => void begun.push(work));
  } finally {
    await Promise.all(begun);
  }
}

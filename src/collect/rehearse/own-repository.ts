const GATE = /github\.repository\s{0,4}==\s{0,4}'([\w.-]{1,100}\/[\w.-]{1,100})'/gi;

/**
 * What `github.repository` holds wherever the workflows do anything: the one name (`owner/name`) that their conditions
 * compare it with. Undefined where they ask for none, or for several.
 */
export function ownRepository(texts: readonly string[]): string | undefined {
  const [name, other] = new Set(
    texts.flatMap((text) => [...text.matchAll(GATE)].map(([, found = '']) => found)),
  );
  return other === undefined ? name : undefined;
}

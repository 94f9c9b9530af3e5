import { visible } from '#model/text.ts';

/** A word of the audited estate that stands in prose: a system's title, an environment. Its direction is its own. */
export const Plain = ({ text }: { text: string }) => <bdi>{visible(text)}</bdi>;

import type { Paginator } from '@smithy/types';
import type { Kind } from '#model/fact.ts';
import type { AwsScope } from './aws-collector.ts';
import { whileListing } from './while-listing.ts';

/**
 * One list with all its pages, what is looked into of each item begun while further pages are read. The kinds are
 * established when it ends; where a page is refused they are not.
 * @param items those of a page
 * @param each sees an item; a promise where it has to be looked into
 * @param scope what holds them, where they are listed by it
 */
export async function listOf<Input extends object, Output, Item>(
  aws: AwsScope,
  kinds: readonly Kind[],
  // biome-ignore lint/suspicious/noExplicitAny: the configuration of each service is its own type
  paginate: (config: any, input: Input) => Paginator<Output>,
  input: Input,
  items: (page: Output) => readonly Item[] | undefined,
  each: (item: Item) => void | Promise<void>,
  scope?: string,
): Promise<void> {
  await aws.list(
    kinds,
    () =>
      whileListing(async (begin) => {
        for await (const page of aws.pages(paginate, input))
          for (const item of items(page) ?? []) {
            const looked = each(item);
            if (looked) begin(looked);
          }
      }),
    scope,
  );
}

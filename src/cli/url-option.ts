import { InvalidArgumentError } from 'commander';
import { InputError } from '#lib/input-error.ts';

/**
 * A URL as somebody types it: `example.org` is asked over HTTPS.
 * @throws InvalidArgumentError for what is no URL of the web; InputError, which does not show it, for one with a password
 */
export function webUrl(text: string): string {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '')
    throw new InvalidArgumentError('give a URL, such as https://example.org/.');
  if (url.username !== '' || url.password !== '')
    throw new InputError('give the URL without a user name and a password');
  // neither changes the way, and a query may hold a token
  url.hash = '';
  url.search = '';
  return url.href;
}

export const webUrls = (text: string, given: string[] = []): string[] => [
  ...new Set([...given, webUrl(text)]),
];

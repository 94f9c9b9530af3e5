/** Whether a name of a certificate, an alias or a record covers a host: a star stands for one label (RFC 6125, 6.4.3). */
export function covers(pattern: string, host: string): boolean {
  const [name, asked] = [bare(pattern), bare(host)];
  if (!name.startsWith('*.')) return name === asked;
  const dot = asked.indexOf('.');
  return dot > 0 && asked.slice(dot) === name.slice(1);
}

export const coveredBy = (host: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => covers(pattern, host));

/** A name in lower case without its last dot: names of the DNS have no case (RFC 4343). */
export const bare = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** Whether a name is a zone's or below it. */
export const isWithin = (name: string, zone: string): boolean => {
  const [inner, outer] = [bare(name), bare(zone)];
  return inner === outer || inner.endsWith(`.${outer}`);
};

/**
 * Whether a text fits a pattern in which a star stands for any text and a question mark for any one character, as path
 * and host patterns of CloudFront and Elastic Load Balancing do. No regular expression is made of a pattern: a hostile one
 * costs at most as many steps as the two have characters, multiplied.
 */
export function fitsWildcard(text: string, pattern: string): boolean {
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const expected = pattern[inPattern];
    if (expected === '*') {
      star = inPattern;
      resume = at;
      inPattern += 1;
    } else if (expected === '?' || (expected !== undefined && expected === text[at])) {
      at += 1;
      inPattern += 1;
    } else if (star >= 0) {
      inPattern = star + 1;
      resume += 1;
      at = resume;
    } else return false;
  }
  while (pattern[inPattern] === '*') inPattern += 1;
  return inPattern === pattern.length;
}

/**
 * Whether all that fits one pattern fits another one too. Where it cannot be told for certain (a question mark against a
 * star), it is not said.
 */
export const isPatternWithin = (inner: string, outer: string): boolean =>
  inner === outer || (!(outer.includes('?') && inner.includes('*')) && fitsWildcard(inner, outer));

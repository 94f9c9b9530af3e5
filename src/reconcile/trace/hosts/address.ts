/** `address:port` as URLs write it, and as facts name what listens. RFC 3986, section 3.2.2. */
export const addressOf = (address: string, port: number): string =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`;

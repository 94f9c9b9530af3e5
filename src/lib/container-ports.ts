/** A container as some format writes it: undefined where its name or one of its ports is not known. */
export interface ContainerPorts {
  name: string | undefined;
  ports: readonly (string | number)[] | undefined;
}

/**
 * The ports on which containers listen, `api:8080` each, in one order for all who write them. Undefined where one of
 * them is not known: a list that is not whole says nothing of the others. Nor does one without any: what needs no mapping
 * is often left out.
 */
export function portsOf(containers: readonly ContainerPorts[]): string[] | undefined {
  const all = containers.map(({ name, ports }) => {
    const known = ports?.map(String);
    const isWhole =
      name !== undefined && /^[\w-]{1,255}$/.test(name) && known?.every((one) => /^\d{1,5}$/.test(one));
    return isWhole ? known?.map((port) => `${name}:${port}`) : undefined;
  });
  const whole = all.filter((one) => one !== undefined);
  const ports = whole.flat().sort();
  return ports.length === 0 || whole.length < all.length ? undefined : ports;
}

import type { Json } from '../fact.ts';

/** What makes two spellings of a property the same, for `compared` of a kind. */
export type Normaliser = (value: Json) => Json;

export const asWritten: Normaliser = (value) => value;

/** Names that services write in capitals, and people as they like. */
export const anyCase: Normaliser = (value) => (typeof value === 'string' ? value.toUpperCase() : value);

/** A list whose order says nothing. */
export const anyOrder: Normaliser = (value) =>
  Array.isArray(value) ? [...value].map(String).sort() : [String(value)];

/** Versions of a bucket that were never kept: S3 says nothing, Terraform “Disabled”. */
export const versioningStatus: Normaliser = (value) => (value === 'Disabled' ? 'Off' : value);

/** Numbers and booleans that some formats hold as text. */
export const asText: Normaliser = (value) => String(value);

/** `1.30` that a file holds as a number is read as 1.3; no version of that form is older than 1.10 on EKS. */
export const kubernetesVersion: Normaliser = (value) => String(value).replace(/^1\.([1-9])$/, '1.$10');

/** Sizes of a task may be written as `1 vCPU` and `2 GB`; ECS keeps units of 1/1024. Amazon ECS, “Task size”. */
export const taskSize: Normaliser = (value) => {
  const [, count] = /^(\d{1,6}(?:\.\d{1,3})?)\s{0,4}(?:vCPU|GB)$/i.exec(String(value)) ?? [];
  return count === undefined ? String(value) : String(Number(count) * 1024);
};

const eachText = (value: Json): string[] =>
  (Array.isArray(value) ? value : [value]).map((one) => String(one).trim());

/**
 * Command lines of `ExecStart=`: the marks before the program and the quotes are no part of what runs. systemd.service(5),
 * “Command lines”; systemctl(1) shows them without both.
 */
export const commandLines: Normaliser = (value) =>
  eachText(value).map((line) =>
    line
      .replace(/^[-@:+!|]+/, '')
      .replace(/["']/g, '')
      .replace(/\s+/g, ' '),
  );

/** A folder, whatever ends or begins it: `-` says that it may be missing. systemd.exec(5), `WorkingDirectory=`. */
export const folderPath: Normaliser = (value) =>
  String(value)
    .replace(/^[-!]+/, '')
    .replace(/(?<=.)\/+$/, '');

/** Paths of `EnvironmentFile=`, in the order in which they are read. */
export const filePaths: Normaliser = (value) => eachText(value).map((path) => path.replace(/^-/, ''));

/** Of a unit: root by name or number; a number that is written in digits. systemd.exec(5), `User=`. */
export const userName: Normaliser = (value) => (/^(?:root|0)?$/.test(String(value)) ? 'root' : String(value));

/**
 * Published ports, `address:published:target/protocol`: an engine shows one for each family of addresses where a file says
 * none. Docker documentation, “Port publishing and mapping”.
 */
export const publishedPorts: Normaliser = (value) => {
  const plain = eachText(value).map((port) =>
    port.replace(/^(?:0\.0\.0\.0|\[?::\]?|\*):(?=\d)/, '').replace(/(?<=\d)$/, '/tcp'),
  );
  return [...new Set(plain)].sort();
};

/** An image by its whole name: Docker Hub is what is meant without a registry, `latest` without a tag. Docker documentation, “docker image tag”. */
export const imageReference: Normaliser = (value) => {
  const [name = '', digest] = String(value).split('@');
  const plain = name.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
  const isTagged = plain.lastIndexOf(':') > plain.lastIndexOf('/');
  return digest === undefined ? (isTagged ? plain : `${plain}:latest`) : `${plain.split(':')[0]}@${digest}`;
};

/** `on-failure:3` is the policy and its limit. Docker documentation, “Start containers automatically”. */
export const restartPolicy: Normaliser = (value) => String(value).replace(/:\d+$/, '');

/** Words of one command line, whatever quotes they were written with. */
export const commandLine: Normaliser = (value) =>
  (Array.isArray(value) ? value.join(' ') : String(value)).replace(/["']/g, '').replace(/\s+/g, ' ').trim();

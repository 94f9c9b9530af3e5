import { readToml } from '../toml-source.ts';
import { mapping, scalar } from '../untyped.ts';
import { type Format, type PackageLine, version } from './package-line.ts';

/** `pom.xml`: dependencies of the project, without what it only manages versions of. */
export const maven: Format = {
  ecosystem: 'java',
  reads: (base) => base === 'pom.xml',
  read(text) {
    const visible = blank(blank(text, '<!--', '-->'), '<dependencyManagement>', '</dependencyManagement>');
    const packages: PackageLine[] = [];
    let line = 1;
    let counted = 0;
    for (let at = visible.indexOf('<dependency>'); at >= 0; at = visible.indexOf('<dependency>', at + 1)) {
      const end = visible.indexOf('</dependency>', at);
      if (end < 0) break;
      const block = visible.slice(at, Math.min(end, at + 5_000));
      for (
        let next = text.indexOf('\n', counted);
        next >= 0 && next < at;
        next = text.indexOf('\n', counted)
      ) {
        line += 1;
        counted = next + 1;
      }
      const group = element(block, 'groupId');
      const artifact = element(block, 'artifactId');
      if (group === undefined || artifact === undefined) continue;
      const before = block.slice(0, block.indexOf('<artifactId>')).split('\n').length - 1;
      packages.push({
        name: `${group}:${artifact}`,
        ...version(element(block, 'version')),
        line: line + before,
        development: element(block, 'scope') === 'test',
      });
    }
    return { packages };
  },
};

/** What stands between two marks, made blank; line ends stay. */
function blank(text: string, open: string, close: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf(open); at >= 0; at = text.indexOf(open, from)) {
    const end = text.indexOf(close, at);
    const next = end < 0 ? text.length : end + close.length;
    parts.push(text.slice(from, at), text.slice(at, next).replace(/[^\n]/g, ' '));
    from = next;
    if (from >= text.length) break;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

function element(block: string, name: string): string | undefined {
  const start = block.indexOf(`<${name}>`);
  const end = start < 0 ? -1 : block.indexOf(`</${name}>`, start);
  const text = end < 0 ? '' : block.slice(start + name.length + 2, end).trim();
  return text !== '' && text.length <= 200 ? text : undefined;
}

const CONFIGURATION =
  /\b(\w*(?:[iI]mplementation|[aA]pi|[cC]ompile|[cC]ompileOnly|[rR]untimeOnly|developmentOnly|kapt|ksp))\b\s*\(?\s*(?:(?:enforcedP|p)latform\s*\(\s*)?["']([\w.-]{1,100}):([\w.-]{1,100})(?::([^"'@:]{1,60}))?/;
const BY_KEYS =
  /\b(\w*(?:[iI]mplementation|[aA]pi|[cC]ompile|[rR]untimeOnly))\b\s*\(?\s*group\s*[:=]\s*["']([\w.-]{1,100})["']\s*,\s*name\s*[:=]\s*["']([\w.-]{1,100})["'](?:\s*,\s*version\s*[:=]\s*["']([^"']{1,60})["'])?/;

/** `build.gradle` and `build.gradle.kts`: dependencies written out; what a catalogue names is read there. */
export const gradle: Format = {
  ecosystem: 'java',
  reads: (base) => base === 'build.gradle' || base === 'build.gradle.kts',
  read(_, lines) {
    const packages = lines.flatMap((written, index): PackageLine[] => {
      const text = written.slice(0, 500);
      if (/^\s*(?:\/\/|\*)/.test(text)) return [];
      const match = CONFIGURATION.exec(text) ?? BY_KEYS.exec(text);
      const [, configuration = '', group, artifact, wanted] = match ?? [];
      if (group === undefined || artifact === undefined) return [];
      const development = /^(?:test|androidTest|integrationTest)/i.test(configuration);
      return [{ name: `${group}:${artifact}`, ...version(wanted), line: index + 1, development }];
    });
    return { packages };
  },
};

/** Gradle's version catalogue. */
export const catalogue: Format = {
  ecosystem: 'java',
  reads: (base) => base === 'libs.versions.toml',
  read(text) {
    const toml = readToml(text);
    if ('error' in toml) return toml;
    const packages = [...mapping(toml.top.get('libraries'))].flatMap(([alias, value]): PackageLine[] => {
      const keys = mapping(value);
      const short = scalar(value)?.split(':');
      const group = short?.[0] ?? scalar(keys.get('group'));
      const artifact = short?.[1] ?? scalar(keys.get('name'));
      const name = scalar(keys.get('module')) ?? (group && artifact ? `${group}:${artifact}` : undefined);
      const line = toml.lineOf('libraries', alias);
      return name === undefined
        ? []
        : [{ name, ...version(short?.[2] ?? scalar(keys.get('version'))), line, development: false }];
    });
    return { packages };
  },
};

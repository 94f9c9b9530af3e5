import { type Format, type PackageLine, version } from './package-line.ts';

const GEM = /^\s*gem\s*\(?\s*["']([\w.-]{1,80})["'](?:\s*,\s*["']([^"']{1,60})["'])?/;
const OPENS = /\bdo\b\s*(?:\|[^|]*\|)?\s*(?:#.*)?$|^\s*(?:if|unless|case)\b/;
/** A group that is installed where code is written and tested, and not where it runs. */
const FOR_DEVELOPMENT = /^\s*group\b(?=.*:(?:development|test|ci)\b)(?!.*:(?:production|default|staging)\b)/;
const OWN_GROUP = /\bgroups?:\s*\[?\s*:(?:development|test|ci)\b(?!.*:production)/;

/** A Gemfile of Bundler, read line by line: it is a program, and what it computes is left out. */
export const gemfile: Format = {
  ecosystem: 'ruby',
  reads: (base) => base === 'gemfile' || base === 'gems.rb',
  read(_text, lines) {
    const packages: PackageLine[] = [];
    // of each block that is open, whether it is for development
    const blocks: boolean[] = [];
    for (const [index, line] of lines.entries()) {
      if (/^\s*#/.test(line)) continue;
      const [, name, wanted] = GEM.exec(line) ?? [];
      if (name !== undefined)
        packages.push({
          name,
          ...version(wanted),
          line: index + 1,
          development: blocks.includes(true) || OWN_GROUP.test(line),
        });
      if (OPENS.test(line)) blocks.push(FOR_DEVELOPMENT.test(line));
      else if (/^\s*end\b/.test(line)) blocks.pop();
    }
    return { packages };
  },
};

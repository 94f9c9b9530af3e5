import type { Format, PackageLine } from './package-line.ts';

const REQUIRED = /^\s*(?:require\s+)?"?([a-z0-9][\w.~-]*\.[\w.~/-]{2,200})"?\s+(v[\w.+-]{1,60})/i;

/** `go.mod`: what the module's own code requires, without what only its dependencies do. */
export const goMod: Format = {
  ecosystem: 'go',
  reads: (base) => base === 'go.mod',
  read(_, lines) {
    let block = '';
    const packages: PackageLine[] = [];
    for (const [index, written] of lines.entries()) {
      const text = written.slice(0, 500);
      const opened = /^\s*(\w+)\s*\(/.exec(text)?.[1];
      if (opened !== undefined) block = opened;
      else if (/^\s*\)/.test(text)) block = '';
      const isRequired = block === 'require' || /^\s*require\s+[^(\s]/.test(text);
      const found = isRequired && !text.includes('// indirect') ? REQUIRED.exec(text) : null;
      if (found?.[1] && found[2]) {
        packages.push({ name: found[1], version: found[2], line: index + 1, development: false });
      }
    }
    return { packages };
  },
};

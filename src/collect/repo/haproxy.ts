import { excerpt } from '#lib/excerpt.ts';
import { defineCollector } from '../collector.ts';
import { haproxyConfig } from '../haproxy/config.ts';
import { sectionsOf } from '../haproxy/sections.ts';
import { maskHaproxyLine } from '../nginx/masked.ts';
import { hasMarks, untemplated } from '../nginx/template.ts';
import { proxyFacts } from '../proxy-facts.ts';
import { givenTo, placedFiles } from './placed-files.ts';
import { standingOf } from './standing.ts';

const NAME = /^haproxy[\w.-]{0,80}\.cfg(?:\.[\w-]{1,24}){0,3}$/;
const FOLDER = /(?:^|\/)haproxy\/(?:.*\/)?[^/]{1,100}\.cfg(?:\.[\w-]{1,24}){0,3}$/;
const TEMPLATE = /\.(?:j2|erb|tmpl|tpl|template|ctmpl)$/i;
/** Where images and packages of HAProxy keep their configuration. */
const FOLDERS = /^\/(?:usr\/local\/etc\/haproxy|etc\/haproxy)(?=\/|$)/;
const HOLDS = /^(?:global|defaults|frontend|backend|listen)(?:[ \t]|$)/m;

/** HAProxy's configuration: what its frontends listen on, how they choose a backend, and the servers of each. */
export const haproxy = defineCollector({
  id: 'haproxy',
  source: 'repo',
  title: { fr: 'configuration HAProxy', en: 'HAProxy configuration' },
  reads: ({ path, plain }) => NAME.test(plain) || FOLDER.test(path.toLowerCase()),
  holds: (text) => HOLDS.test(text),
  collect(reading, sink, tree) {
    const { path } = reading;
    const { text, marks } = hasMarks(reading.text)
      ? untemplated(reading.text)
      : { text: reading.text, marks: [] };
    const { sections, astray } = sectionsOf(text, path);
    const { sort, environments } = standingOf(path, { rendered: TEMPLATE.test(path) });
    const at = ({ line }: { line: number }) => {
      const shown = excerpt(maskHaproxyLine(reading.lines[line - 1] ?? '')).trim();
      return { source: 'repo' as const, file: path, line, ...(shown !== '' && { excerpt: shown }) };
    };
    const config = haproxyConfig(sections, astray, { source: 'repo', standing: sort, files: [path] }, at);
    for (const { what, line } of marks) config.blindSpots.push({ what, at: at({ line }) });
    if (config.routers.length === 0 && config.services.length === 0) return;
    const services = givenTo(placedFiles(tree, FOLDERS), [path]);
    if (services.length > 0) config.givenTo = services;
    sink.artifact('proxies', config);
    for (const fact of proxyFacts(config, environments)) sink.fact(fact);
  },
});

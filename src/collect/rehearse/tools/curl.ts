import { lastValue, names, parseOptions } from './options.ts';
import { defineTool } from './tool.ts';

const VALUED =
  names(`A user-agent b cookie c cookie-jar C continue-at d data data-binary data-raw data-urlencode json D dump-header e referer E
  cert F form form-string H header i-range K config m max-time connect-timeout o output P ftp-port Q quote r range T upload-file u user U
  proxy-user w write-out x proxy X request y Y z cacert capath key key-type resolve connect-to retry retry-delay retry-max-time url
  oauth2-bearer limit-rate max-redirs interface noproxy proto unix-socket aws-sigv4 pass stderr output-dir create-file-mode`);
const LINE = /%\{(\w+)\}/g;

/** curl(1). A probe is answered as by a server that is well, so that a loop that waits for it ends. */
export const curl = defineTool({
  names: ['curl'],
  parse(argv) {
    const { options, words } = parseOptions(argv.slice(1), { valued: VALUED });
    return { tool: 'curl', operation: '', options, words };
  },
  answer(call, { symbols }) {
    const [url = ''] = call.words;
    const body = lastValue(call, 'o', 'output') === undefined ? symbols.of(`answer of ${url || 'curl'}`) : '';
    const format = lastValue(call, 'w', 'write-out');
    if (format === undefined) return body;
    const said = format
      .replaceAll('\\n', '\n')
      .replace(LINE, (_, name: string) =>
        /^(?:http|response)_code$/.test(name)
          ? '200'
          : /^time_/.test(name)
            ? '0.1'
            : symbols.of(`curl ${name}`),
      );
    return body + said;
  },
  verb: (call) =>
    /^(?:POST|PUT|PATCH|DELETE)$/i.test(lastValue(call, 'X', 'request') ?? '') ? 'requires' : 'uses',
  named: () => [],
});

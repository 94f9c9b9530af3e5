import { isUnknown } from '#lib/symbolic.ts';
import { commandTool } from './command-tool.ts';
import { imageNamed } from './image-names.ts';
import { isOn, lastValue, names, valuesOf } from './options.ts';
import type { ParsedCall } from './tool.ts';

/** `--set a.image.repository=x,a.image.tag=y`, which charts read by convention. */
function images(call: ParsedCall) {
  const values = new Map(
    valuesOf(call, 'set', 'set-string')
      .flatMap((text) => text.split(/,(?![^⟨]*⟩)/))
      .flatMap((pair) => {
        const equals = pair.indexOf('=');
        return equals > 0 ? [[pair.slice(0, equals).trim(), pair.slice(equals + 1)] as const] : [];
      }),
  );
  return [...values].flatMap(([key, value]) => {
    if (/(?:^|\.)image$/.test(key)) return imageNamed(value, 'requires');
    const base = /^(?:(.*)\.)?image\.repository$/.exec(key);
    if (!base) return [];
    const tag = values.get(`${base[1] ? `${base[1]}.` : ''}image.tag`);
    return imageNamed(tag ? `${value}:${tag}` : value, 'requires');
  });
}

/** Helm 3. Helm documentation, “Helm commands”. */
export const helm = commandTool({
  names: ['helm'],
  grammar: {
    valued:
      names(`n namespace f values set set-string set-file set-json version repo username password timeout kube-context kubeconfig
      description history-max post-renderer kube-apiserver kube-token registry-config repository-config repository-cache o output max revision
      ca-file cert-file key-file keyring d destination app-version burst-limit l labels qps post-renderer-args kube-version a api-versions s show-only`),
  },
  depth: (words) =>
    /^(?:repo|registry|dependency|dep|plugin|get|show|search)$/.test(words[0] ?? '') ? 2 : 1,
  creates: /^(?:upgrade|install)$/,
  requires: /^(?:rollback|test)$/,
  deletes: /^(?:uninstall|delete)$/,
  prints: /^(?:list|ls|status|history|get|show|template|version|search)/,
  named(call) {
    if (
      !/^(?:upgrade|install|rollback|status|test|history|uninstall|delete)$/.test(call.operation) ||
      isOn(call, 'dry-run')
    )
      return [];
    const namespace = lastValue(call, 'n', 'namespace');
    const [release = ''] = call.words;
    const isRelease =
      !isUnknown(release) && /^[a-z0-9⟨]/.test(release) && !/[/.]/.test(release.replace(/⟨[^⟩]*⟩/g, ''));
    return [
      ...(isRelease
        ? [{ kind: 'Helm::Release' as const, name: release, ...(namespace && { properties: { namespace } }) }]
        : []),
      ...images(call),
    ];
  },
});

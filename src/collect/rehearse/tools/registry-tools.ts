import { commandTool } from './command-tool.ts';
import { imageNamed, pushedImage } from './image-names.ts';
import { names } from './options.ts';

/** `skopeo copy docker://a docker://b`. */
export const skopeo = commandTool({
  names: ['skopeo'],
  grammar: {
    valued:
      names(`authfile src-creds dest-creds creds src-tls-verify dest-tls-verify override-os override-arch override-variant format f
      retry-times src dest policy registries.d username u password p`),
  },
  depth: 1,
  creates: /^(?:copy|sync)$/,
  deletes: /^delete$/,
  prints: /^(?:inspect|list-tags)$/,
  named: ({ operation, words }) => {
    const isRemote = (word: string | undefined): word is string => word?.startsWith('docker://') === true;
    const [from, to] = words;
    if (operation === 'copy')
      return [
        ...(isRemote(from) ? imageNamed(from, 'uses') : []),
        ...(isRemote(to) ? pushedImage(to.replace('docker://', '')) : []),
      ];
    return isRemote(from) ? imageNamed(from, 'uses') : [];
  },
});

/** go-containerregistry's crane. */
export const crane = commandTool({
  names: ['crane', 'gcrane'],
  grammar: {
    valued: names('platform u username p password f base t tag n new_tag image a annotation l label'),
  },
  depth: (words) => (words[0] === 'auth' ? 2 : 1),
  creates: /^(?:push|copy|cp|tag|append|mutate|rebase)$/,
  deletes: /^delete$/,
  prints: /^(?:digest|manifest|config|ls|catalog)$/,
  named: ({ operation, words: [first = '', second = ''] }) => {
    if (operation === 'push') return pushedImage(second);
    if (operation === 'copy' || operation === 'cp')
      return [...imageNamed(first, 'uses'), ...pushedImage(second)];
    return /^(?:tag|digest|manifest|config|pull|delete)$/.test(operation) ? imageNamed(first, 'uses') : [];
  },
});

/** Sigstore's cosign signs what was pushed before. */
export const cosign = commandTool({
  names: ['cosign'],
  grammar: {
    valued: names(
      'key a annotations certificate-identity certificate-identity-regexp certificate-oidc-issuer certificate-oidc-issuer-regexp predicate type output-signature output-certificate fulcio-url rekor-url oidc-issuer identity-token registry-username registry-password attachment sbom',
    ),
  },
  depth: 1,
  requires: /^(?:sign|attest|attach)$/,
  named: ({ operation, words }) =>
    /^(?:sign|attest|verify|verify-attestation)$/.test(operation)
      ? words.flatMap((word) => imageNamed(word, 'requires'))
      : [],
});

/** Buildah pushes what it built, to the name it was given or to another one. */
export const buildah = commandTool({
  names: ['buildah'],
  grammar: {
    valued: names(
      't tag f file build-arg platform arch os authfile creds format D digestfile layers isolation label u username p password v volume target',
    ),
  },
  depth: 1,
  creates: /^(?:push|manifest)$/,
  prints: /^(?:images|inspect|from)$/,
  named: ({ operation, words }) =>
    operation === 'push' ? pushedImage((words[1] ?? words[0] ?? '').replace(/^docker:\/\//, '')) : [],
});

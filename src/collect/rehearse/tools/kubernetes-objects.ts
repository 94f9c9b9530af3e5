import { isAlias, isCollection, isMap, parseAllDocuments } from 'yaml';
import type { Named } from './tool.ts';

/** Names under which kubectl knows a kind. Kubernetes documentation, `kubectl api-resources`. */
const KINDS: readonly (readonly [kind: string, ...words: string[]])[] = [
  ['Deployment', 'deployment', 'deployments', 'deploy'],
  ['StatefulSet', 'statefulset', 'statefulsets', 'sts'],
  ['DaemonSet', 'daemonset', 'daemonsets', 'ds'],
  ['Service', 'service', 'services', 'svc'],
  ['Ingress', 'ingress', 'ingresses', 'ing'],
  ['ConfigMap', 'configmap', 'configmaps', 'cm'],
  ['Secret', 'secret', 'secrets'],
  ['Job', 'job', 'jobs'],
  ['CronJob', 'cronjob', 'cronjobs', 'cj'],
  ['Namespace', 'namespace', 'namespaces', 'ns'],
  ['ServiceAccount', 'serviceaccount', 'serviceaccounts', 'sa'],
  ['PersistentVolumeClaim', 'persistentvolumeclaim', 'persistentvolumeclaims', 'pvc'],
  ['HorizontalPodAutoscaler', 'horizontalpodautoscaler', 'horizontalpodautoscalers', 'hpa'],
];
const BY_WORD = new Map(KINDS.flatMap(([kind, ...words]) => words.map((word) => [word, kind] as const)));
const KNOWN = new Set(KINDS.map(([kind]) => kind));
const LONGEST = 500_000;
const MOST = 200;

/** The kind that a word of kubectl means (`deploy`, `deployment.apps`). */
export const kubernetesKind = (word: string): string | undefined =>
  BY_WORD.get(word.toLowerCase().replace(/\..*$/, ''));

export const objectNamed = (kind: string, name: string, namespace?: string): Named => ({
  kind: `Kubernetes::${kind}`,
  name,
  ...(namespace && kind !== 'Namespace' && { properties: { namespace } }),
});

/** What manifests hold: `Deployment/web` or, with a namespace, `Deployment/shop/web`; and their images. */
export interface Manifests {
  objects: string[];
  images: string[];
}

/** Objects and images of Kubernetes manifests; templates that are no YAML give nothing. */
export function readManifests(text: string): Manifests {
  const objects = new Set<string>();
  const images = new Set<string>();
  if (text.length > LONGEST || !/^\s*(?:- )?kind:|"kind"/m.test(text)) return { objects: [], images: [] };
  const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  for (const document of 'empty' in documents ? [] : documents.slice(0, MOST)) {
    if (document.errors.length > 0 || !isMap(document.contents)) continue;
    const value = (path: string[]) => {
      const found = document.getIn(path);
      return typeof found === 'string' ? found : undefined;
    };
    const kind = value(['kind']);
    const name = value(['metadata', 'name']);
    const namespace = value(['metadata', 'namespace']);
    if (!kind || value(['apiVersion']) === undefined) continue;
    if (name && KNOWN.has(kind)) objects.add([kind, namespace, name].filter(Boolean).join('/'));
    // nodes are walked, never aliases: an alias bomb costs nothing
    const pending: unknown[] = [document.contents];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (!isCollection(node) || isAlias(node)) continue;
      for (const item of node.items) {
        if (!isMap(node)) {
          pending.push(item);
          continue;
        }
        const pair = item as { key: { value?: unknown } | null; value: { value?: unknown } | null };
        if (pair.key?.value === 'image' && typeof pair.value?.value === 'string')
          images.add(pair.value.value);
        if (pair.value) pending.push(pair.value);
      }
    }
  }
  return { objects: [...objects], images: [...images] };
}

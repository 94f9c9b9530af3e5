import type { Report } from '#model/report.ts';

type Resource = Report['resources'][number];

export interface Node {
  /** `n1`, `n2`…: what a diagram language may use as a name. */
  id: string;
  resource: Resource;
}

export interface Edge {
  from: string;
  to: string;
  type: string;
}

/** What of an estate one picture shows. */
export interface Graph {
  title: string;
  nodes: Node[];
  edges: Edge[];
  /** Resources that would not fit. */
  left: number;
}

/** More boxes than this are no picture. */
const MOST_NODES = 40;
/** What everything leads to: lines to them hide the others. */
const EVERYWHERE =
  /^(?:AWS::IAM::|AWS::KMS::|AWS::EC2::(?:SecurityGroup|Subnet|NetworkAcl|RouteTable)|GitHub::Actions::(?:Secret|Variable)|GitHub::Environment|Cloudflare::(?:Workers::Secret|APIToken)|Compose::|Dockerfile)/;

/** Ports and routes that nobody made: they are listed with the host, and hide what was made. */
const OF_PRODUCTS = /^(?:Host::|Traefik::|Nginx::)/;

const isShown = ({ kind, properties }: Resource): boolean =>
  !EVERYWHERE.test(kind) && !(properties.builtIn === true && OF_PRODUCTS.test(kind));

/**
 * The architecture of each system, from the relations between what it holds and what that leads to: a picture for each
 * system that has any, those with most relations cut to the first 40 boxes. Only where something was observed.
 */
export function graphsOf(report: Report): Graph[] {
  const byId = new Map(report.resources.map((resource) => [resource.id, resource]));
  return report.systems.flatMap((system): Graph[] => {
    const own = new Set(report.resources.filter((one) => one.system === system.id).map(({ id }) => id));
    const relations = report.relations.filter(({ from, to }) => {
      const [a, b] = [byId.get(from), byId.get(to)];
      return a && b && (own.has(from) || own.has(to)) && isShown(a) && isShown(b);
    });
    const all = [...new Set(relations.flatMap(({ from, to }) => [from, to]))].sort();
    // of more than fit, what files speak of and what it leads to; forty of a thousand that nobody names are no picture
    const named = new Set(all.filter((id) => byId.get(id)?.declared.length));
    const near = new Set(
      relations.flatMap(({ from, to }) => (named.has(from) || named.has(to) ? [from, to] : [])),
    );
    const touched =
      all.length <= MOST_NODES
        ? all
        : [...all.filter((id) => named.has(id)), ...all.filter((id) => near.has(id) && !named.has(id))];
    if (touched.length < 2 || !touched.some((id) => byId.get(id)?.observed.length)) return [];
    const ids = new Map(touched.slice(0, MOST_NODES).map((id, index) => [id, `n${index + 1}`]));
    const edges = relations.flatMap(({ from, to, type }): Edge[] => {
      const [a, b] = [ids.get(from), ids.get(to)];
      return a && b ? [{ from: a, to: b, type }] : [];
    });
    return [
      {
        title: system.title,
        nodes: [...ids].flatMap(([id, short]) => {
          const resource = byId.get(id);
          return resource ? [{ id: short, resource }] : [];
        }),
        edges: [...new Map(edges.map((edge) => [`${edge.from} ${edge.to} ${edge.type}`, edge])).values()],
        left: Math.max(0, all.length - MOST_NODES),
      },
    ];
  });
}

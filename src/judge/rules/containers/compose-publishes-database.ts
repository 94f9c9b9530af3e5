import type { ComposeFile, ComposeService } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { dockerfileOf, isForServer, isInUse } from '../../derived/compose.ts';
import { at, some, titled } from '../../derived/place.ts';

const DATABASES: ReadonlyMap<string, string> = new Map([
  ['5432', 'PostgreSQL'],
  ['3306', 'MySQL'],
  ['6379', 'Redis'],
  ['27017', 'MongoDB'],
  ['9200', 'Elasticsearch'],
  ['11211', 'Memcached'],
  ['5984', 'CouchDB'],
  ['9042', 'Cassandra'],
  ['1433', 'SQL Server'],
  ['1521', 'Oracle'],
  ['7687', 'Neo4j'],
  ['2379', 'etcd'],
]);
const ALL_ADDRESSES = new Set(['0.0.0.0', '::', '[::]', '*']);

/** A service that is built may only borrow the port of a database: its name or its base image says which it is. */
const SAYS_DATABASE =
  /postgres|postgis|timescale|pgvector|mysql|maria|percona|redis|valkey|mongo|elastic|opensearch|memcache|couch|cassandra|scylla|sql|oracle|neo4j|etcd|(^|[^a-z])(db|database|cache|store)/i;

function holdsDatabase(compose: ComposeFile, service: ComposeService, estate: Estate): boolean {
  if (!service.build) return true;
  const bases = dockerfileOf(compose, service, estate)?.stages.map(({ base }) => base) ?? [];
  return [service.name, service.image?.reference ?? '', ...bases].some((text) => SAYS_DATABASE.test(text));
}

const published = (service: ComposeService) =>
  service.ports.flatMap((port) => {
    const database = DATABASES.get(port.target.split('/')[0] ?? '');
    const open = port.address === undefined || ALL_ADDRESSES.has(port.address);
    return database && open && port.published ? [{ ...port, published: port.published, database }] : [];
  });

/** Docker opens the port past the host's own firewall rules: what was meant for a colleague is open to the internet. */
export const composePublishesDatabase = defineRule({
  id: 'compose-publishes-database',
  severity: 'medium',
  subject: 'composeFile',
  title: { fr: 'Base de données publiée sur toutes les adresses', en: 'Database published on all addresses' },
  risk: {
    fr: 'Docker ouvre le port avant les règles du pare-feu de l’hôte (`ufw`, `firewalld`) : la base répond à toute machine qui atteint le serveur.',
    en: 'Docker opens the port ahead of the firewall rules of the host (`ufw`, `firewalld`): the database answers any machine that reaches the server.',
  },
  remedy: {
    fr: 'Retirer la publication du port (les services du même réseau compose n’en ont pas besoin) ou la lier à `127.0.0.1`.',
    en: 'Remove the published port (services of the same compose network do not need it) or bind it to `127.0.0.1`.',
  },
  references: ['https://docs.docker.com/engine/network/packet-filtering-firewalls/'],
  evaluate(compose, estate) {
    if (!isInUse(compose)) return notApplicable;
    const open = compose.services
      .filter((service) => holdsDatabase(compose, service, estate))
      .flatMap((service) => published(service).map((port) => ({ ...port, service: service.name })));
    return isForServer(compose, estate)
      ? gaps(open.map((port) => onServer(compose.file, port)))
      : gaps(onWorkstation(compose.file, open));
  },
});

type OpenPort = ReturnType<typeof published>[number] & { service: string };

const onServer = (file: string, { service, database, published: port, line }: OpenPort): Gap => ({
  key: `${service} ${port}`,
  title: titled(
    code(service),
    `${database} publié sur toutes les adresses`,
    `${database} published on all addresses`,
  ),
  message: {
    fr: `${code(file)} publie le port ${code(port)} de ${code(service)} sans adresse.`,
    en: `${code(file)} publishes port ${code(port)} of ${code(service)} without an address.`,
  },
  evidence: [at(file, line)],
});

/** One gap for the file: on a workstation, it is one habit. */
function onWorkstation(file: string, open: readonly OpenPort[]): Gap[] {
  const evidence = some(open.map(({ line }) => at(file, line)));
  if (!evidence) return [];
  const names = codes(open.map(({ service, published: port }) => `${service}:${port}`));
  return [
    {
      severity: 'low',
      confidence: 'medium',
      title: titled(
        code(file),
        'base de données publiée sur toutes les adresses',
        'database published on all addresses',
      ),
      message: {
        fr: `Le fichier publie ${names.fr} sans adresse ; rien ne dit qu’il serve ailleurs que sur un poste de travail.`,
        en: `The file publishes ${names.en} without an address; nothing says that it is used anywhere but on a workstation.`,
      },
      evidence,
    },
  ];
}

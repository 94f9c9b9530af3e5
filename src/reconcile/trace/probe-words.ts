import type { Silence } from '#model/probe.ts';
import type { Text } from '#model/text.ts';
import { say } from './checks.ts';

/** Why a request gave no answer, to follow a colon. */
export const silenceWords: Record<Silence, Text> = {
  unresolved: say('le nom ne mène à aucune adresse', 'the name leads to no address'),
  resolver: say('aucun serveur de noms n’a répondu', 'no name server gave an answer'),
  'not-public': say(
    'l’adresse est celle d’un réseau privé, qui n’est pas suivie',
    'the address is one of a private network, which is not followed',
  ),
  unreachable: say(
    'cette machine n’a pas de chemin vers l’adresse',
    'this machine has no way to the address',
  ),
  refused: say('la connexion est refusée', 'the connection is refused'),
  'connect-timeout': say('aucune connexion dans le délai', 'no connection in time'),
  handshake: say('aucun accord TLS', 'no TLS was agreed on'),
  'client-certificate': say(
    'un certificat du client est demandé',
    'a certificate of the client is asked for',
  ),
  closed: say('la connexion est fermée avant la réponse', 'the connection is closed before an answer'),
  timeout: say('connecté, mais aucune réponse dans le délai', 'connected, and no answer in time'),
  malformed: say('la réponse n’est pas du HTTP', 'the answer is not HTTP'),
  limit: say(
    'la limite de requêtes ou de temps était atteinte',
    'the limit of requests or of time was reached',
  ),
};

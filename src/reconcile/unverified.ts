import type { Kind } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Text } from '#model/text.ts';

const REASONS: Record<string, Text> = {
  aws: {
    fr: 'aucun accès à AWS n’a été demandé pour cet audit',
    en: 'no access to AWS was asked for in this audit',
  },
  cloudflare: {
    fr: 'aucun accès à Cloudflare n’a été demandé pour cet audit',
    en: 'no access to Cloudflare was asked for in this audit',
  },
  github: {
    fr: 'GitHub n’a pas été interrogé : un fichier n’est pas la preuve de lui-même',
    en: 'GitHub was not asked: a file is not its own proof',
  },
  docker: {
    fr: 'ni le registre ni le moteur de conteneurs n’ont été interrogés',
    en: 'neither the registry nor the container engine was asked',
  },
  host: {
    fr: 'aucun hôte n’a été lu pour cet audit',
    en: 'no host was read for this audit',
  },
  external: {
    fr: 'fournisseur extérieur : seul l’usage dans le code est connu',
    en: 'external provider: only its use in the code is known',
  },
};

/** Why a declared resource of this kind was not looked for, when no access to its provider was asked for. */
export const unverifiedReason = (kind: Kind): Text =>
  REASONS[kindOf(kind).provider] ?? {
    fr: 'aucune source demandée ne permet de l’observer',
    en: 'no source that was asked for can observe it',
  };

import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';

/** Who did what is not told from a log in which everybody is root. */
export const sshRootLogin = defineRule({
  id: 'ssh-root-login',
  severity: 'low',
  subject: 'host',
  title: { fr: 'Connexion directe en root par SSH', en: 'Direct login as root over SSH' },
  risk: {
    fr: 'Une clé volée donne toute la machine d’un coup, et les journaux ne disent pas qui a agi.',
    en: 'A stolen key gives the whole machine at once, and the logs do not say who acted.',
  },
  remedy: {
    fr: 'Se connecter sous son propre compte et passer par `sudo`, puis `PermitRootLogin no`.',
    en: 'Log in under one’s own account and use `sudo`, then `PermitRootLogin no`.',
  },
  references: ['https://man.openbsd.org/sshd_config#PermitRootLogin'],
  evaluate(host) {
    const { sshd } = host;
    const rooted = sshd?.permitrootlogin;
    if (rooted === undefined) return unreadOn(host, ['sshd']) ?? notApplicable;
    if (!/^(?:yes|prohibit-password|without-password)$/.test(rooted)) return ok;
    const root = host.users.find(({ uid }) => uid === 0);
    if (!root || root.keys === undefined) return unreadOn(host, ['users']) ?? notApplicable;
    // by a password is told for itself, and graver
    const isByPassword =
      rooted === 'yes' && sshd?.passwordauthentication === 'yes' && root.hasPassword === true;
    if (isByPassword || root.keys === 0) return ok;
    const others = host.users.filter(({ uid, keys = 0 }) => uid !== 0 && keys > 0).map(({ name }) => name);
    return gaps([
      onHost(host, {
        title: titled(code(host.name), 'root se connecte par clé', 'root logs in by key'),
        message: {
          fr: `\`PermitRootLogin\` vaut ${code(rooted)}, et root a ${root.keys} ${root.keys > 1 ? 'clés' : 'clé'} autorisée${root.keys > 1 ? 's' : ''}.`,
          en: `\`PermitRootLogin\` is ${code(rooted)}, and root has ${root.keys} authorised ${root.keys === 1 ? 'key' : 'keys'}.`,
        },
        evidence: [seenOn(host, 'sshd -T', `permitrootlogin ${rooted}`)],
        values: { others, permitRootLogin: rooted },
      }),
    ]);
  },
});

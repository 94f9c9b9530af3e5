import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { onHost, reachOf, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';

/** Passwords are tried from all over the world, day and night. */
export const sshPasswordLogin = defineRule({
  id: 'ssh-password-login',
  severity: 'medium',
  subject: 'host',
  title: { fr: 'SSH accepte les mots de passe', en: 'SSH takes passwords' },
  risk: {
    fr: 'Quiconque atteint le port peut essayer des mots de passe, sans fin.',
    en: 'Whoever reaches the port can try passwords, without end.',
  },
  remedy: {
    fr: 'Refuser les mots de passe (`PasswordAuthentication no`), une fois que chacun a une clé.',
    en: 'Refuse passwords (`PasswordAuthentication no`), once everybody has a key.',
  },
  references: ['https://man.openbsd.org/sshd_config#PasswordAuthentication'],
  evaluate(host) {
    const { sshd } = host;
    if (!sshd) return unreadOn(host, ['sshd']) ?? notApplicable;
    const isOpen = sshd.passwordauthentication === 'yes';
    const isRoot = sshd.permitrootlogin === 'yes';
    if (!isOpen)
      return sshd.passwordauthentication === undefined ? (unreadOn(host, ['sshd']) ?? notApplicable) : ok;
    const unread = unreadOn(host, ['users']);
    const able = host.users.filter(({ hasPassword, uid }) => hasPassword === true && (uid !== 0 || isRoot));
    // nobody has one: nothing can be guessed
    if (able.length === 0) return unread ?? ok;
    const names = codes(able.map(({ name }) => name));
    const sockets = host.listeners.filter(
      ({ process, unit }) => process?.name === 'sshd' || /^sshd?[.@]/.test(unit ?? ''),
    );
    // who is let in by the firewall alone can try
    const isNarrow = sockets.length > 0 && sockets.every((one) => /^(?:some|host)$/.test(reachOf(one).from));
    const withRoot = isRoot && able.some(({ uid }) => uid === 0);
    return gaps([
      onHost(host, {
        severity: isNarrow ? 'low' : withRoot ? 'high' : 'medium',
        title: titled(
          code(host.name),
          withRoot ? 'SSH accepte un mot de passe, pour root aussi' : 'SSH accepte les mots de passe',
          withRoot ? 'SSH takes a password, for root too' : 'SSH takes passwords',
        ),
        message: {
          fr: `\`PasswordAuthentication\` vaut \`yes\`, et ${names.fr} ${able.length > 1 ? 'ont' : 'a'} un mot de passe.`,
          en: `\`PasswordAuthentication\` is \`yes\`, and ${names.en} ${able.length > 1 ? 'have' : 'has'} a password.`,
        },
        evidence: [
          seenOn(
            host,
            'sshd -T',
            `passwordauthentication yes, permitrootlogin ${sshd.permitrootlogin ?? ''}`,
          ),
        ],
        values: {
          able: able.map(({ name }) => name),
          withoutKeys: able.filter(({ keys }) => !keys).map(({ name }) => name),
          withRoot,
        },
      }),
    ]);
  },
});

import { code } from '#model/text.ts';
import { apiCommand } from '../cloudflare-api.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';

/** Cloudflare API documentation, “Refresh a service token”: it is given another year, its secret stays. */
export const serviceTokenExpiring = defineRemedy({
  for: ['service-token-expiring'],
  plan(problem) {
    return (problem.finding?.resources ?? []).flatMap((id) => {
      const token = problem.known(id);
      const expires = token?.properties.expiresAt;
      if (
        !token ||
        typeof expires !== 'string' ||
        !/^\/accounts\/[0-9a-f]{32}\/access\/service_tokens\/[\w-]+$/.test(id)
      )
        return [];
      return [
        {
          title: say(
            `Prolonger le jeton de service ${code(token.name)}`,
            `Extend the service token ${code(token.name)}`,
          ),
          reason: say(
            `Le jeton expire le ${code(expires)}\u00a0: ce qui s’en sert n’entrera plus.`,
            `The token expires on ${code(expires)}: what uses it will be let in no more.`,
          ),
          risk: 'none' as const,
          irreversible: say(
            'Une échéance repoussée ne se ramène pas en arrière.',
            'An expiry that was put off cannot be brought back.',
          ),
          changes: [],
          proofs: [],
          hand: {
            command: apiCommand(`${id}/refresh`, 'POST'),
            before: { expires_at: expires },
            proof: {
              title: say(
                `${code(token.name)} a une nouvelle échéance`,
                `${code(token.name)} has a new expiry`,
              ),
              command: apiCommand(id),
              expected: say(
                `\`expires_at\` est après ${code(expires)}`,
                `\`expires_at\` is after ${code(expires)}`,
              ),
            },
          },
        },
      ];
    });
  },
});

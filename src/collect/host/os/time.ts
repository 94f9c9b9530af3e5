import type { HostState } from '#model/host.ts';
import { note, notUnderstood, refuse } from '../refusals.ts';
import { defineSection } from '../section.ts';

/**
 * Whether the clock follows another: `timedatectl show` (systemd from 239) or what older ones print, else chronyc(1) or ntpq(8).
 * Undefined where none of them says.
 */
export function timeOf(text: string): HostState['time'] | undefined {
  const zone = /^(?:Timezone=|\s*Time ?zone: )([\w+/-]{1,64})/m.exec(text)?.[1];
  const said =
    /^NTPSynchronized=(yes|no)$/m.exec(text)?.[1] ??
    /^\s*(?:System clock|NTP) synchronized: (yes|no)$/m.exec(text)?.[1];
  const leap = /^Leap status\s*: (.{1,40})$/m.exec(text)?.[1];
  const peers = /^=== ntpq\n([\s\S]{0,20000})/m.exec(text)?.[1];
  const isSynchronised =
    said === 'yes' || leap?.trim() === 'Normal'
      ? true
      : said !== undefined || leap !== undefined
        ? false
        : peers?.includes('refid')
          ? /^[*o]/m.test(peers)
          : undefined;
  return isSynchronised === undefined ? undefined : { isSynchronised, ...(zone !== undefined && { zone }) };
}

export const time = defineSection({
  parts: ['time'],
  round: 1,
  commands: () => [
    {
      id: 'time',
      operation: 'timedatectl show',
      script: `n=127
if command -v timedatectl >/dev/null 2>&1; then timedatectl show -p NTPSynchronized -p Timezone 2>/dev/null || timedatectl status; n=$?; fi
if command -v chronyc >/dev/null 2>&1; then chronyc -n tracking && n=0; fi
if command -v ntpq >/dev/null 2>&1; then echo '=== ntpq'; ntpq -pn && n=0; fi
exit "$n"`,
    },
  ],
  read(answers, state) {
    const answer = answers.get('time');
    if (!answer || refuse(state, 'time', answer)) return;
    const found = timeOf(answer.stdout);
    if (found) state.time = found;
    else note(state, 'time', notUnderstood(answer));
  },
});

import type { HostContainer } from '#model/host.ts';
import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, type Text } from '#model/text.ts';
import { idsOfContainer, onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';

/** Restarts after which a container that runs now is taken for one that does not stay up. */
const MANY = 5;
/** Milliseconds within which it was started anew. */
const RECENT = 10 * 60_000;

/** Restarts, and milliseconds since the last, after which one that runs is told to have been started anew just now. */
const AGAIN = 2;
const JUST_NOW = 60_000;

interface Failing {
  severity: 'high' | 'medium';
  confidence?: 'medium';
  title: Text;
  message: Text;
  seen: string;
}

/** A container that is meant to run and does not, or not for long. */
export const containerFailing = defineRule({
  id: 'container-failing',
  severity: 'high',
  subject: 'host',
  title: {
    fr: 'Conteneur qui s’arrête, redémarre sans fin ou se dit malade',
    en: 'Container that stops, restarts over and over, or says that it is unhealthy',
  },
  risk: {
    fr: 'Ce qu’il sert ne répond pas, ou par moments seulement.',
    en: 'What it serves does not answer, or only at times.',
  },
  remedy: {
    fr: 'Lire ses dernières lignes (`docker logs`), corriger la cause, puis le relancer.',
    en: 'Read its last lines (`docker logs`), mend the cause, then start it again.',
  },
  references: ['https://docs.docker.com/engine/containers/start-containers-automatically/'],
  evaluate(host, estate) {
    const found = host.containers.flatMap((one) => {
      const failing = failingOf(one, host.at);
      return failing ? [{ one, failing }] : [];
    });
    if (found.length === 0)
      return unreadOn(host, ['containers']) ?? (host.containers.length > 0 ? ok : notApplicable);
    return gaps(
      found.map(({ one, failing }) =>
        onHost(host, {
          key: one.name,
          severity: failing.severity,
          ...(failing.confidence && { confidence: failing.confidence }),
          title: titled(code(one.name), failing.title.fr, failing.title.en),
          message: failing.message,
          resources: idsOfContainer(estate, host, one),
          evidence: [seenOn(host, `${one.engine} inspect`, `${one.name}: ${failing.seen}`)],
          values: {
            container: one.name,
            engine: one.engine,
            isStopped: one.state !== 'running' && one.state !== 'restarting',
          },
        }),
      ),
    );
  },
});

function failingOf(one: HostContainer, now: string): Failing | undefined {
  const code_ = one.exitCode === undefined ? '' : `, code ${one.exitCode}`;
  const memory: Text = one.wasKilledForMemory
    ? { fr: '\u00a0; le noyau l’a tué faute de mémoire', en: '; the kernel killed it for lack of memory' }
    : { fr: '', en: '' };
  const age = Date.parse(now) - Date.parse(one.startedAt ?? '');
  if (one.state === 'restarting' || (one.restartCount >= MANY && age < RECENT))
    return {
      severity: 'high',
      title: { fr: 'redémarre sans fin', en: 'restarts over and over' },
      message: {
        fr: `Le conteneur ${code(one.name)} s’arrête aussitôt lancé\u00a0: ${one.restartCount} redémarrages${code_}${memory.fr}.`,
        en: `The container ${code(one.name)} ends as soon as it is started: ${one.restartCount} restarts${code_}${memory.en}.`,
      },
      seen: `${one.state}, RestartCount ${one.restartCount}`,
    };
  if (one.state === 'running' && one.restartCount >= AGAIN && age < JUST_NOW)
    return {
      severity: 'medium',
      confidence: 'medium',
      title: { fr: 'vient encore de redémarrer', en: 'has just restarted again' },
      message: {
        fr: `Le moteur a relancé le conteneur ${code(one.name)} ${one.restartCount} fois, la dernière moins d’une minute avant la lecture\u00a0: il ne tient sans doute pas.`,
        en: `The engine has restarted container ${code(one.name)} ${one.restartCount} times, the last less than a minute before it was read: it probably does not stay up.`,
      },
      seen: `${one.state}, RestartCount ${one.restartCount}`,
    };
  if (one.state === 'running' && one.health === 'unhealthy')
    return {
      severity: 'high',
      title: { fr: 'se dit malade', en: 'says that it is unhealthy' },
      message: {
        fr: `Le contrôle de santé du conteneur ${code(one.name)} échoue.`,
        en: `The health check of container ${code(one.name)} fails.`,
      },
      seen: 'Health unhealthy',
    };
  // one that ended by itself with 0 may have been a task
  const isMeantToRun = one.restartPolicy === 'always' || one.restartPolicy === 'unless-stopped';
  if ((one.state === 'exited' || one.state === 'dead') && isMeantToRun && one.exitCode !== 0)
    return {
      severity: 'medium',
      title: { fr: 'arrêté', en: 'stopped' },
      message: {
        fr: `Le conteneur ${code(one.name)} est arrêté${code_}${memory.fr}, et sa règle de redémarrage (${code(one.restartPolicy)}) dit qu’il doit tourner.`,
        en: `The container ${code(one.name)} is stopped${code_}${memory.en}, and its restart policy (${code(one.restartPolicy)}) says that it is to run.`,
      },
      seen: `${one.state}${code_}`,
    };
  return undefined;
}

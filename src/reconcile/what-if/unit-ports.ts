import { code } from '#model/text.ts';
import { boundOf } from './addresses.ts';
import { type Foretold, lineOf, nothing, say, withFirst } from './effect.ts';
import { freePort, holderAffected, holdersOf, holderText, holds } from './holders.ts';
import { type Ground, isActive } from './unit-ground.ts';

/** A variable that names the port on which a program listens, not one to which it connects. */
const LISTENS = /^(?:(?:HTTP|WEB|APP|API|SERVER|LISTEN|BIND|METRICS)_)?PORT$/i;

/** Ports that it would listen on and that something else has. */
export function portsOf(ground: Ground): Foretold {
  const { unit, host, loaded } = ground;
  const told = nothing();
  const holders = holdersOf(host);
  const taken = new Set(unit.ports.map(({ port }) => port));
  for (const { port, address, file, line } of unit.ports) {
    const variable = unit.environment.find((one) => one.file === file && one.line === line);
    if (variable && !LISTENS.test(variable.name)) continue;
    const bound = boundOf(address);
    if (bound === undefined) continue;
    const holder = holders.find(
      (one) =>
        one.unit !== unit.name &&
        !unit.triggers.includes(one.unit ?? '') &&
        holds(one, { bound, protocol: 'tcp', from: port, to: port }),
    );
    if (!holder) continue;
    const isNameless = !holder.container && holder.unit === undefined;
    // who listens is not told, and its own process may be the one; nor on which address a program listens by itself
    if ((isNameless && isActive(loaded)) || (address === undefined && typeof holder.bound !== 'string')) {
      told.unknown.push(
        say(
          `si ${holderText(holder).fr} laisserait le port ${code(port)} à l’unité`,
          `whether ${holderText(holder).en} would leave port ${code(port)} to the unit`,
        ),
      );
      continue;
    }
    const free = freePort(host, holders, port, taken);
    told.effects.push({
      id: 'port-collision',
      fails: true,
      severity: isActive(loaded) ? 'high' : 'medium',
      text: say(
        `L’unité ${code(unit.name)} écouterait sur ${code(port)}, que tient ${holderText(holder).fr}\u00a0: son programme s’arrête (${code('address already in use')}).`,
        `Unit ${code(unit.name)} would listen on ${code(port)}, which ${holderText(holder).en} holds: its program ends (${code('address already in use')}).`,
      ),
      evidence: withFirst(lineOf(file, line), [holder.evidence]),
      affects: [holderAffected(holder), { kind: 'Systemd::Unit', name: unit.name }],
      values: {
        port,
        protocol: 'tcp',
        holder: holderAffected(holder).name,
        ...(free !== undefined && { free }),
      },
    });
  }
  return told;
}

/**
 * No test speaks to another machine. Loaded before anything else in every process of the tests, and by NODE_OPTIONS in
 * every Node.js that they start: a connection to anything but this machine is an error that names the host. Plain
 * JavaScript, since an older Node.js may be among them.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import path from 'node:path';

/** What was tried, for whoever looks whether it stayed unseen: `host:port`, or `host` where a name was looked up. */
const tried = [];
globalThis[Symbol.for('constat.outgoing')] = tried;

/** Package managers bring what a test of the launcher installs. */
const isPackageManager = /^(npm|npx)(-cli)?(\.c?js)?$/.test(path.basename(process.argv[1] ?? ''));

const loopback = new net.BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
// Connecting to no address is connecting to this machine.
loopback.addAddress('0.0.0.0', 'ipv4');
loopback.addAddress('::', 'ipv6');

function isThisMachine(host) {
  const name = String(host || 'localhost').replace(/\.$/, '');
  const family = net.isIP(name);
  if (family) return loopback.check(name, `ipv${family}`);
  // RFC 6761, 6.3
  return /^(.+\.)?localhost$/i.test(name);
}

function refusal(where) {
  tried.push(where);
  const error = new Error(`a test tried to reach ${where}, which is not this machine`);
  return Object.assign(error, { code: 'ERR_NOT_THIS_MACHINE' });
}

/** What Socket.connect is given: options, a path, a port and perhaps a host, or all of that in one array. */
function whereTo(parameters) {
  const [first, second] = Array.isArray(parameters[0]) ? parameters[0] : parameters;
  if (first !== null && typeof first === 'object') return first;
  if (typeof first === 'string' && !/^\d+$/.test(first)) return { path: first };
  return { port: first, host: typeof second === 'string' ? second : undefined };
}

function guardSockets() {
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (...parameters) {
    const { path: pipe, host, port } = whereTo(parameters);
    if (pipe || isThisMachine(host)) return connect.apply(this, parameters);
    // Whoever connects still sets things on the socket before it listens to errors.
    const error = refusal(`${host}:${port}`);
    process.nextTick(() => this.destroy(error));
    return this;
  };
  for (const method of ['send', 'connect']) {
    const original = dgram.Socket.prototype[method];
    dgram.Socket.prototype[method] = function (...parameters) {
      const host = parameters.find(
        (one) => typeof one === 'string' && (net.isIP(one) || /^[\w-]+(\.[\w-]+)+$/.test(one)),
      );
      if (host && !isThisMachine(host)) throw refusal(host);
      return original.apply(this, parameters);
    };
  }
}

/** Names are looked up by other machines. */
function guardNames() {
  for (const method of Object.keys(dns).filter((name) => /^(lookup|resolve|reverse)/.test(name))) {
    const original = dns[method];
    dns[method] = (host, ...rest) => {
      if (isThisMachine(host)) return original(host, ...rest);
      const answer = rest.at(-1);
      const error = refusal(String(host));
      if (typeof answer !== 'function') throw error;
      process.nextTick(answer, error);
    };
    const promised = dns.promises[method];
    if (promised)
      dns.promises[method] = async (host, ...rest) => {
        if (!isThisMachine(host)) throw refusal(String(host));
        return promised(host, ...rest);
      };
  }
}

if (!isPackageManager) {
  guardSockets();
  guardNames();
  // For what imports functions of these modules by name.
  syncBuiltinESMExports();
}

import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

cryptoProvider.set(webcrypto as Crypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 86_400_000;

type Pair = webcrypto.CryptoKeyPair;
const newKeys = (): Promise<Pair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<Pair>;

/** A certificate and its key, as a server takes them. */
export interface Identity {
  cert: string;
  key: string;
}

/** What a certificate of a test says. */
export interface Wanted {
  names: string[];
  /** Days from now until it expires, negative for one that has; default 90. */
  days?: number;
  /** Signed by its own key. */
  selfSigned?: boolean;
}

/** For tests: an authority that was made just now, which nobody else trusts. */
export class TestAuthority {
  readonly #keys: Pair;
  readonly #root: X509Certificate;

  private constructor(keys: Pair, root: X509Certificate) {
    this.#keys = keys;
    this.#root = root;
  }

  static async create(): Promise<TestAuthority> {
    const keys = await newKeys();
    const root = await X509CertificateGenerator.createSelfSigned({
      name: 'CN=Authority of a test',
      notBefore: new Date(Date.now() - 400 * DAY),
      notAfter: new Date(Date.now() + 400 * DAY),
      keys: keys as never,
      signingAlgorithm: ALGORITHM,
      extensions: [new BasicConstraintsExtension(true, 1, true)],
    });
    return new TestAuthority(keys, root);
  }

  /** Its own certificate, PEM. */
  get root(): string {
    return this.#root.toString('pem');
  }

  async issue({ names, days = 90, selfSigned = false }: Wanted): Promise<Identity> {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.create({
      subject: `CN=${names[0]}`,
      issuer: selfSigned ? `CN=${names[0]}` : this.#root.subject,
      notBefore: new Date(Date.now() - 300 * DAY),
      notAfter: new Date(Date.now() + days * DAY + 60_000),
      publicKey: keys.publicKey as never,
      signingKey: (selfSigned ? keys : this.#keys).privateKey as never,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new SubjectAlternativeNameExtension(
          names.map((value) => ({
            type: /^[\d.]+$|:/.test(value) ? ('ip' as const) : ('dns' as const),
            value,
          })),
        ),
      ],
    });
    const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
    return { cert: certificate.toString('pem'), key };
  }
}

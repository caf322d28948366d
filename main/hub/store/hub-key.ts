import { createHash, createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { HubStartError } from '../ports';
import type { Disk } from './disk';
import { readIfThere, replaceFile } from './durable-file';

/** Of a file that is the office's identity: it goes into every backup. */
export const hubKeyName = 'hub-key.pem';

/** Who the hub is on the network (SECURITY.md, "Joining" 1): an address may change, this does not. */
export interface HubKey {
  /** Both as PEM. */
  key: string;
  certificate: string;
  fingerprint: string;
}

/** What desktops are pinned to: SHA-256 of the certificate, as base64url (43 characters). */
export function fingerprintOf(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('base64url');
}

/** Made on the first start that needs it. */
export async function openHubKey(disk: Disk, folder: string): Promise<HubKey> {
  const path = join(folder, hubKeyName);
  const kept = readIfThere(disk, path)?.toString('utf8');
  if (kept !== undefined) return readHubKey(path, kept);
  const made = await makeHubKey();
  replaceFile(disk, path, made);
  return readHubKey(path, made);
}

function readHubKey(path: string, text: string): HubKey {
  const [key, certificate] = ['PRIVATE KEY', 'CERTIFICATE'].map((label) => blockOf(text, label));
  try {
    if (!key || !certificate) throw new Error('a part is missing');
    const parsed = new X509Certificate(certificate);
    if (!parsed.checkPrivateKey(createPrivateKey(key))) throw new Error('key and certificate do not belong together');
    return { key, certificate, fingerprint: fingerprintOf(parsed.raw) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message =
      `${path} is damaged: ${why}. Put it back from a backup; without it every desktop of the team has to join anew, ` +
      'and then the file can be deleted.';
    throw new HubStartError('damaged', message);
  }
}

function blockOf(text: string, label: string): string | null {
  return new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----\\n?`).exec(text)?.[0] ?? null;
}

/** P-256, signed by itself, without an end: whoever joined is pinned to it, and nobody else believes it. */
async function makeHubKey(): Promise<string> {
  // Needed once in an office's life.
  await import('reflect-metadata');
  const { cryptoProvider, PemConverter, X509CertificateGenerator } = await import('@peculiar/x509');
  cryptoProvider.set(webcrypto as unknown as Crypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as unknown as CryptoKeyPair;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Foyer hub',
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('9999-12-31'),
    signingAlgorithm: algorithm,
    keys,
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey as unknown as webcrypto.CryptoKey);
  return `${PemConverter.encode(key, 'PRIVATE KEY')}\n${certificate.toString('pem')}\n`;
}

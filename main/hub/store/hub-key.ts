import { createHash, createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { HubStartError } from '../hub-start-error';
import type { Disk } from './disk';
import { readIfThere, replaceFile } from './durable-file';

/** The file with the office's identity, included in every backup. */
export const hubKeyName = 'hub-key.pem';
/** Its successor; exists while desktops are being told of it. */
export const nextHubKeyName = 'hub-key-next.pem';
/** How long desktops trust both keys: one that connects within this time switches by itself. */
export const bothKeysMs = 30 * 24 * 60 * 60_000;

/** The hub's identity on the network (SECURITY-MODEL.md, "Joining"), which stays when its address changes. */
export interface HubKey {
  /** Both as PEM. */
  key: string;
  certificate: string;
  fingerprint: string;
  /** 2020 for an office's first key, whenever it was made, because no desktop had joined before it. */
  madeAt: number;
}

/** The certificates desktops accept, the current one first, and when the next replaces it (null: there is no next). */
export interface HubPins {
  pins: string[];
  switchesAt: number | null;
}

/** The pin that desktops check: SHA-256 of the certificate, as base64url (43 characters). */
export function fingerprintOf(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('base64url');
}

/** The office's key, created on first use. */
export async function openHubKey(disk: Disk, folder: string): Promise<HubKey> {
  const kept = keyIn(disk, folder, hubKeyName);
  if (kept) return kept;
  replaceFile(disk, join(folder, hubKeyName), await makeHubKey(new Date('2020-01-01')));
  return openHubKey(disk, folder);
}

/** The next key, if the office is changing its key. */
export function findNextHubKey(disk: Disk, folder: string): HubKey | null {
  return keyIn(disk, folder, nextHubKeyName);
}

export async function makeNextHubKey(disk: Disk, folder: string, nowMs: number): Promise<HubKey> {
  replaceFile(disk, join(folder, nextHubKeyName), await makeHubKey(new Date(nowMs)));
  return findNextHubKey(disk, folder)!;
}

/** Makes the next key the office's key. A crash in between leaves it under both names. */
export function takeNextHubKey(disk: Disk, folder: string): void {
  const next = join(folder, nextHubKeyName);
  replaceFile(disk, join(folder, hubKeyName), disk.read(next));
  disk.remove(next);
  disk.syncFolder(folder);
}

/** Null: there is no such file. */
export function keyIn(disk: Disk, folder: string, name: string): HubKey | null {
  const path = join(folder, name);
  const kept = readIfThere(disk, path)?.toString('utf8');
  return kept === undefined ? null : readHubKey(path, kept);
}

function readHubKey(path: string, text: string): HubKey {
  const [key, certificate] = ['PRIVATE KEY', 'CERTIFICATE'].map((label) => blockOf(text, label));
  try {
    if (!key || !certificate) throw new Error('a part is missing');
    const parsed = new X509Certificate(certificate);
    if (!parsed.checkPrivateKey(createPrivateKey(key))) throw new Error('key and certificate do not belong together');
    return { key, certificate, fingerprint: fingerprintOf(parsed.raw), madeAt: Date.parse(parsed.validFrom) };
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

/** P-256, self-signed, without an end date: joined desktops are pinned to it, and no other client trusts it. */
async function makeHubKey(notBefore: Date): Promise<string> {
  // Loaded lazily: needed once or twice in an office's life.
  await import('reflect-metadata');
  const { cryptoProvider, PemConverter, X509CertificateGenerator } = await import('@peculiar/x509');
  cryptoProvider.set(webcrypto as unknown as Crypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as unknown as CryptoKeyPair;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Foyer hub',
    notBefore,
    notAfter: new Date('9999-12-31'),
    signingAlgorithm: algorithm,
    keys,
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey as unknown as webcrypto.CryptoKey);
  return `${PemConverter.encode(key, 'PRIVATE KEY')}\n${certificate.toString('pem')}\n`;
}

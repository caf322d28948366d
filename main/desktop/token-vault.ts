import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from './json-file';

/** The used part of Electron's safeStorage: the asynchronous calls where they exist, else the older ones. */
export interface Keyring {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
  isAsyncEncryptionAvailable?(): Promise<boolean>;
  encryptStringAsync?(text: string): Promise<Buffer>;
  decryptStringAsync?(encrypted: Buffer): Promise<{ result: string }>;
  getSelectedStorageBackend?(): string;
}

/** Stores the device's token: encrypted by the system's keyring, or in a file that only its owner can read. */
export interface TokenVault {
  /** Whether the system's keyring is in use. */
  isSecure(): Promise<boolean>;
  read(): Promise<string | null>;
  write(token: string): Promise<void>;
  clear(): Promise<void>;
}

export function createTokenVault(folder: string, keyring: Keyring, platform: NodeJS.Platform): TokenVault {
  const sealed = join(folder, 'token.sealed');
  const plain = join(folder, 'token');

  const isSecure = async () => {
    try {
      // Without a keyring Linux "encrypts" with a password that is in Chromium's source.
      if (platform === 'linux' && keyring.getSelectedStorageBackend?.() === 'basic_text') return false;
      return await (keyring.isAsyncEncryptionAvailable?.() ?? keyring.isEncryptionAvailable());
    } catch {
      return false;
    }
  };
  const encrypt = async (text: string) => keyring.encryptStringAsync?.(text) ?? keyring.encryptString(text);
  const decrypt = async (bytes: Buffer) =>
    keyring.decryptStringAsync ? (await keyring.decryptStringAsync(bytes)).result : keyring.decryptString(bytes);
  const clear = async () => {
    await Promise.all([rm(sealed, { force: true }), rm(plain, { force: true })]);
  };

  return {
    isSecure,
    async read() {
      try {
        if (await isSecure()) return await decrypt(await readFile(sealed));
      } catch {
        // Missing, or encrypted by another keyring: there may be a plain file.
      }
      return readFile(plain, 'utf8').catch(() => null);
    },
    async write(token) {
      const secure = await isSecure();
      await replaceFile(secure ? sealed : plain, secure ? await encrypt(token) : token);
      await rm(secure ? plain : sealed, { force: true });
    },
    clear,
  };
}

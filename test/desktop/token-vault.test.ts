import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProfileStore } from '../../main/desktop/profile-store';
import { createTokenVault, type Keyring } from '../../main/desktop/token-vault';

const reverse = (text: string) => [...text].reverse().join('');

/** A keyring that "encrypts" by reversing; without one every call throws, as Electron's do. */
function keyring(state: { there: boolean; backend?: string }): Keyring {
  const use = <T>(value: T): T => {
    if (!state.there) throw new Error('no keyring');
    return value;
  };
  return {
    isEncryptionAvailable: () => use(true),
    encryptString: (text) => use(Buffer.from(reverse(text))),
    decryptString: (bytes) => use(reverse(bytes.toString())),
    getSelectedStorageBackend: () => state.backend ?? 'gnome_libsecret',
  };
}

describe("the device's token", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'foyer-vault-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is sealed by the keyring where there is one', async () => {
    const vault = createTokenVault(folder, keyring({ there: true }), 'linux');
    await vault.write('secret-token');
    expect(await vault.isSecure()).toBe(true);
    expect(await readdir(folder)).toEqual(['token.sealed']);
    expect(await readFile(join(folder, 'token.sealed'), 'utf8')).toBe('nekot-terces');
    expect(await vault.read()).toBe('secret-token');
  });

  it.each([
    ['there is none', { there: false }],
    ["Chromium's own password would seal it", { there: true, backend: 'basic_text' }],
  ])('is in a file of its owner when %s', async (_name, state) => {
    const vault = createTokenVault(folder, keyring(state), 'linux');
    await vault.write('secret-token');
    expect(await vault.isSecure()).toBe(false);
    expect((await stat(join(folder, 'token'))).mode & 0o777).toBe(0o600);
    expect(await vault.read()).toBe('secret-token');
  });

  it('leaves no plain copy once a keyring has come', async () => {
    const state = { there: false };
    const vault = createTokenVault(folder, keyring(state), 'linux');
    await vault.write('one');
    state.there = true;
    expect(await vault.read()).toBe('one');
    await vault.write('two');
    expect(await readdir(folder)).toEqual(['token.sealed']);
    expect(await vault.read()).toBe('two');
  });

  it('uses the asynchronous calls where Electron has them', async () => {
    const old = keyring({ there: false });
    const vault = createTokenVault(
      folder,
      {
        ...old,
        isAsyncEncryptionAvailable: async () => true,
        encryptStringAsync: async (text) => Buffer.from(reverse(text)),
        decryptStringAsync: async (bytes) => ({ result: reverse(bytes.toString()) }),
      },
      'darwin',
    );
    await vault.write('secret-token');
    expect(await vault.read()).toBe('secret-token');
    expect(await readdir(folder)).toEqual(['token.sealed']);
  });

  it('goes with the profile, and is not in its file', async () => {
    const profiles = createProfileStore(folder, createTokenVault(folder, keyring({ there: true }), 'linux'));
    const profile = { mode: 'join', agentUrl: 'ws://127.0.0.1:1', deviceId: 'd', token: 'secret-token' } as const;
    expect(await profiles.read()).toBeNull();
    await profiles.write(profile);
    expect(await profiles.read()).toEqual(profile);
    expect(await readFile(join(folder, 'profile.json'), 'utf8')).not.toContain('secret');
    await profiles.write(null);
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves the real profile alone while sample data is looked at', async () => {
    const open = () => createProfileStore(folder, createTokenVault(folder, keyring({ there: true }), 'linux'));
    const real = { mode: 'join', agentUrl: 'ws://127.0.0.1:1', deviceId: 'd', token: 'secret-token' } as const;
    const sample = { ...real, mode: 'sample', deviceId: 's' } as const;
    const profiles = open();
    await profiles.write(real);
    await profiles.write(sample);
    expect(await profiles.read()).toEqual(sample);
    expect(await open().read()).toEqual(real);
    await profiles.write(null);
    expect(await profiles.read()).toEqual(real);
  });
});

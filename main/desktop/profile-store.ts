import { join } from 'node:path';
import * as z from 'zod';
import type { Profile } from '../../shared/desktop-api';
import { fingerprint, profile } from './call-arguments';
import { type JsonFile, jsonFile } from './json-file';
import type { TokenVault } from './token-vault';

const kept = profile.omit({ token: true }).extend({ pins: z.array(fingerprint).max(2).exactOptional() });

/** `pins`: the hub's certificates as it has announced them; absent: only the fingerprint in its address. */
export type KeptProfile = Profile & { pins?: string[] };

/** The hub and agent that this desktop is signed in as. The token is stored apart from the rest. */
export interface ProfileStore {
  read(): Promise<KeptProfile | null>;
  write(value: KeptProfile | null): Promise<void>;
}

export function createProfileStore(folder: string, vault: TokenVault): ProfileStore {
  const file: JsonFile<z.infer<typeof kept>> = jsonFile(join(folder, 'profile.json'), kept);
  // Sample data lasts only as long as the app runs, so its profile is not stored.
  let sample: KeptProfile | null = null;
  return {
    async read() {
      if (sample) return sample;
      const found = await file.read();
      return found === null ? null : { ...found, token: (await vault.read()) ?? '' };
    },
    async write(value) {
      if (value?.mode === 'sample') {
        sample = value;
        return;
      }
      if (sample && value === null) {
        sample = null;
        return;
      }
      sample = null;
      if (value === null) {
        await file.remove();
        await vault.clear();
        return;
      }
      const { token, ...rest } = value;
      // The token first: a profile without its token would look signed in and be refused.
      await vault.write(token);
      await file.write(rest);
    },
  };
}

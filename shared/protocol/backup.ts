import * as z from 'zod';
import { passphraseLengthMax, passphraseProblem } from '../passphrase';

/** Whoever has the file can try as often as they like. */
export const backupPassphrase = z
  .string()
  .max(passphraseLengthMax)
  .refine((passphrase) => passphraseProblem(passphrase) === null);

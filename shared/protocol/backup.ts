import * as z from 'zod';
import { passphraseLengthMax, passphraseProblem } from '../passphrase';

/** The file can be attacked offline, without a limit of tries. */
export const backupPassphrase = z
  .string()
  .max(passphraseLengthMax)
  .refine((passphrase) => passphraseProblem(passphrase) === null);

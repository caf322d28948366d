import * as z from 'zod';

/** How long ended conversations and what was noted in the audit log are kept, in days. There is no "never". */
export const retentionDays = z.number().int().min(30).max(3_650);
export const retentionDaysDefault = 365;

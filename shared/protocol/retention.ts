import { integerIn } from './fields';
import { retentionDaysRange } from './limits';

/** How long ended conversations and what was noted in the audit log are kept, in days. There is no "never". */
export const retentionDays = integerIn(retentionDaysRange);
export const retentionDaysDefault = 365;

import { integerIn } from './fields';
import { retentionDaysRange } from './limits';

/** How long ended conversations and audit log entries are kept, in days. There is no "for ever". */
export const retentionDays = integerIn(retentionDaysRange);
export const retentionDaysDefault = 365;

import { auditMonths, readMonth } from '../../../main/hub/store/audit-files';
import type { Disk } from '../../../main/hub/store/disk';
import { dataFolder } from './disk';
import type { Truth } from './truth';

/** Even after crashes the files hold every audit entry exactly once, in order. */
export function brokenByAudit({ settledAudit }: Truth, disk: Disk): string[] {
  const months = auditMonths(disk, dataFolder);
  const filed = months.flatMap((name) => readMonth(disk, dataFolder, name, null, Number.POSITIVE_INFINITY).reverse());
  const known = settledAudit.map((entry) => JSON.stringify(entry));
  const from = filed[0] ? known.indexOf(JSON.stringify(filed[0])) : 0;
  return filed.flatMap((entry, place) => {
    const text = JSON.stringify(entry);
    return text === known[from + place] ? [] : [`audit: in place ${place} of the files stands ${text}`];
  });
}

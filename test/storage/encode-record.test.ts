import { expect, test } from 'vitest';
import { encodeRecord } from '../../main/hub/loop/encode-record';
import { livedRecords } from './support/lived';

test('a record is encoded as JSON.stringify does, with messages by either side and texts that need escapes', async () => {
  const records = await livedRecords(7, 150);
  const kinds = new Set<string>();
  for (const record of records) {
    const { json, only: said } = encodeRecord(record);
    expect(json).toBe(JSON.stringify(record));
    if (!said) continue;
    kinds.add(said.message.from.kind);
    expect(JSON.parse(said.added.json)).toEqual(said.message);
    const odd = structuredClone(record);
    const event = odd.events[1]!.event;
    if (event.type === 'message.added') event.message.text = '"\\\n\u2028</script>订单👋\ud800';
    expect(encodeRecord(odd).json).toBe(JSON.stringify(odd));
  }
  expect(kinds).toEqual(new Set(['agent', 'customer']));
});

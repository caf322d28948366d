import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

test('what can’t be saved beside the journal is said to supervisors, also to those who come later, and to nobody else', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const sam = await office.supervisor();
  office.store.hold(['snapshot']);
  const faults = [{ kind: 'notSaved', at: office.clock.now() }];
  expect(sam.events('faults.changed').at(-1)).toMatchObject({ faults });
  expect(ana.events('faults.changed')).toEqual([]);
  sam.leave();
  const again = await office.supervisor();
  expect(again.events('faults.changed').at(-1)).toMatchObject({ faults });
  office.store.hold([]);
  expect(again.events('faults.changed').at(-1)).toMatchObject({ faults: [] });
});

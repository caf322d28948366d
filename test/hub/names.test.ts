import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

test('two groups or two agents of one name are refused, in whatever case; one keeps its own', async () => {
  const office = await TestHub.start();
  const boss = await office.supervisor();
  const { groupId } = boss.command({ op: 'group.put', name: 'Sales' }).result;
  const taken = { type: 'refused', code: 'nameTaken', field: 'name' };
  expect(boss.command({ op: 'group.put', name: ' sales ' })).toMatchObject(taken);
  const other = boss.command({ op: 'group.put', name: 'Returns' }).result.groupId;
  expect(boss.command({ op: 'group.put', groupId: other, name: 'SALES' })).toMatchObject(taken);
  expect(boss.command({ op: 'group.put', groupId, name: 'SALES' }).type).toBe('ack');
  const ana = { op: 'agent.put', name: 'Ana', role: 'agent', capacity: 1, groups: [] };
  const { agentId } = boss.command(ana).result;
  expect(boss.command({ ...ana, name: 'ANA' })).toMatchObject(taken);
  expect(boss.command({ ...ana, agentId, capacity: 3 }).type).toBe('ack');
  const ben = boss.command({ ...ana, name: 'Ben' }).result.agentId;
  expect(boss.command({ ...ana, agentId: ben })).toMatchObject(taken);
  boss.command({ op: 'agent.remove', agentId });
  expect(boss.command({ ...ana, agentId: ben }).type).toBe('ack');
});

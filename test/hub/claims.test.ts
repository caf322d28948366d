import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

/** Ana and Ben are connected but busy, so that Mei waits. */
async function waiting() {
  const office = await TestHub.start();
  const ana = await office.agent('Ana');
  const ben = await office.agent('Ben');
  for (const agent of [ana, ben]) agent.command({ op: 'status.set', status: 'busy' });
  const mei = await office.customer('Mei');
  const claim = (agent: typeof ana) =>
    agent.command({ op: 'conversation.claim', conversationId: mei.conversation.conversationId });
  return { office, ana, ben, mei, claim };
}

test('[TR1] what waits may be claimed once; the second is told who has it', async () => {
  const { ana, ben, mei, claim } = await waiting();
  expect(claim(ana).type).toBe('ack');
  expect(ana.conversation).toMatchObject({ stage: 'active', agentId: ana.welcome.agentId, why: { rule: 'TR1' } });
  expect(mei.conversation).toMatchObject({ stage: 'active', agentName: 'Ana' });
  expect(claim(ben)).toMatchObject({
    type: 'refused',
    code: 'alreadyTaken',
    now: { agentId: ana.welcome.agentId, stage: 'active' },
  });
  expect(claim(ana)).toMatchObject({ code: 'alreadyYours' });
  expect(ben.conversation).toMatchObject({ agentId: ana.welcome.agentId });
});

test('[TR1] where agents may not claim what waits, they are told so', async () => {
  const { office, ana, mei, claim } = await waiting();
  await office.settings({ routing: { agentsMayClaim: false } });
  expect(claim(ana)).toMatchObject({ type: 'refused', code: 'notAllowed' });
  expect(mei.conversation.stage).toBe('waiting');
});

/** Mei has been missed once too often. */
async function flagged() {
  const office = await TestHub.start();
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  await office.settings({
    routing: { agentsMayClaim: false },
    reception: { redirect: { enabled: true, afterSeconds: 10 }, maxRedirects: 1 },
  });
  const ana = await office.online('Ana');
  const ben = await office.online('Ben');
  const eve = await office.agent('Eve', { groups: [] });
  const mei = await office.customer('Mei');
  office.advance(20_000);
  return { office, boss, ana, ben, eve, mei };
}

test('[RD4] missed too often: supervisors are alerted, members see the flag, nobody else anything', async () => {
  const { boss, ana, ben, eve, mei } = await flagged();
  expect(boss.events('notice').at(-1)).toMatchObject({
    code: 'flagged',
    conversationId: mei.conversation.conversationId,
    params: { name: 'Mei' },
  });
  for (const client of [boss, ana, ben])
    expect(client.conversation).toMatchObject({ stage: 'waiting', flagged: true, redirects: 2 });
  expect([...ana.notices, ...ben.notices]).not.toContain('flagged');
  expect(eve.conversations).toEqual([]);
  expect(mei.conversation.stage).toBe('waiting');
});

test('[TR1] a flagged one may always be claimed; the flag goes, and the second is told who has it', async () => {
  const { ana, ben, mei } = await flagged();
  const command = { op: 'conversation.claim', conversationId: mei.conversation.conversationId };
  expect(ben.command(command).type).toBe('ack');
  expect(ana.conversation).toMatchObject({ stage: 'active', flagged: false, agentId: ben.welcome.agentId });
  expect(ana.command(command)).toMatchObject({ code: 'alreadyTaken', now: { agentId: ben.welcome.agentId } });
});

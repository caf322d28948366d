import { deskOf } from '../../e2e/pages/desk';
import type { Desktop } from '../../support/electron';
import { framesOf, HubClient, type HubReady } from '../load/hub-client';
import { ServerProcess } from '../load/server-process';
import { type BenchReport, medianOf, percentileOf, reportOf, takeTurns } from '../measure';
import type { Sizes } from '../sizes';
import { openBareWindow, openDesktop } from './apps';
import { newOffice } from './office';

const conversations = 500;
const messagesEach = 200;
const capacity = 100;
const keysPerRound = 100;
const words = 'Could you tell me when my order will arrive? It was to come last Tuesday.';

interface Typing {
  name: string;
  desktop: Desktop;
  key: string;
  p95Ms: number[];
}

/**
 * From a key to the frame that shows it, with 500 active conversations and 100,000 messages: typing into the composer,
 * and opening the next conversation of the list. In milliseconds, beside a field on a bare page.
 */
export async function keyToPaint({ rounds }: Sizes, folder: string): Promise<BenchReport[]> {
  await newOffice(`${folder}/foyer`);
  await fill(`${folder}/foyer/hub`);
  const desktop = await openDesktop(`${folder}/foyer`);
  const desk = deskOf(desktop.page);
  await desk.openChats();
  const window = await openBareWindow(`${folder}/bare`);
  await window.page.getByRole('textbox').focus();
  const bare: Typing = { name: 'a key on a bare page', desktop: window, key: 'a', p95Ms: [] };
  const typing: Typing = { name: 'a key in the composer', desktop, key: 'a', p95Ms: [] };
  const moving: Typing = { name: 'the next conversation', desktop, key: 'Alt+ArrowDown', p95Ms: [] };
  await takeTurns(rounds, [bare, typing, moving], async (each) => {
    if (each !== bare) await desk.section('Mine').getByRole('button').first().click();
    if (each === typing) await desktop.page.getByRole('textbox', { name: /^Reply to/ }).focus();
    each.p95Ms.push(await press(each));
  });
  await desktop.quit();
  await window.quit();
  const shown = (values: number[]) => `${medianOf(values).toFixed(1)} ms`;
  const spread = { median: medianOf(typing.p95Ms), min: Math.min(...typing.p95Ms), max: Math.max(...typing.p95Ms) };
  return [
    reportOf(
      'desktop.key',
      spread,
      { atMost: 50 },
      [bare, typing, moving].map(({ name, p95Ms }) => [`${name}, p95`, shown(p95Ms)]),
    ),
  ];
}

async function press({ desktop: { page }, key }: Typing): Promise<number> {
  await page.evaluate(() => globalThis.foyerPainted.keysMs());
  for (let count = 0; count < keysPerRound; count += 1) {
    await page.keyboard.press(key);
    // Two frames later the key has been drawn, and the page is idle for the next one.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }
  const taken = await page.evaluate(() => globalThis.foyerPainted.keysMs());
  if (taken.length < keysPerRound) throw new Error(`only ${taken.length} of ${keysPerRound} keys were drawn`);
  return percentileOf(taken, 95);
}

/** Acknowledges each conversation assigned to this agent (AR2). */
function serve(agent: HubClient): void {
  const served = new Set<string>();
  const own = `"agentId":"${agent.personId}"`;
  agent.wire.heard = (message) => {
    for (const text of framesOf(message)) {
      // Events are broadcast to all agents; parse only one's own.
      if (!text.includes('"name":"conversation.changed"') || !text.includes(own)) continue;
      const { conversationId, stage } = JSON.parse(text).conversation;
      if (stage !== 'active' || served.has(conversationId)) continue;
      served.add(conversationId);
      agent.post(`ack-${conversationId}`, { op: 'conversation.ack', conversationId });
    }
  };
}

/** Fills the supervisor to capacity, who also sees the conversations of the others. */
async function fill(dataFolder: string): Promise<void> {
  const hub = await ServerProcess.start<HubReady>('hub.mjs', [dataFolder]);
  const supervisor = await HubClient.agent(hub.ready.agent, hub.ready.code, 'filler');
  await supervisor.command({ op: 'settings.update', settings: { reception: { automatic: true } } });
  const { groupId } = await supervisor.command({ op: 'group.put', name: 'Everybody' });
  const member = { role: 'agent', capacity, groups: [{ groupId, priority: 1 }] };
  const team = [supervisor];
  await supervisor.command({
    op: 'agent.put',
    ...member,
    role: 'supervisor',
    name: 'Sam',
    agentId: supervisor.personId,
  });
  for (let index = 1; index < conversations / capacity; index += 1) {
    const { agentId } = await supervisor.command({ op: 'agent.put', ...member, name: `Agent ${index}` });
    const { code } = await supervisor.command({ op: 'agent.code', agentId });
    team.push(await HubClient.agent(hub.ready.agent, code, `device-${index}`));
  }
  for (const agent of team) {
    await agent.command({ op: 'status.set', status: 'online' });
    serve(agent);
  }
  for (let index = 0; index < conversations; index += 1) {
    const customer = await HubClient.customer(hub.ready.customer, `tab-${index}`);
    await customer.command({ op: 'conversation.open', name: `Customer ${index}`, groupId });
    for (let count = 1; count < messagesEach; count += 1)
      customer.post(`message-${count}`, { op: 'message.send', text: `${count} ${words}` });
    await customer.command({ op: 'message.send', text: words });
    customer.wire.close();
  }
  for (const { wire } of team) wire.close();
  await hub.stop();
}

import type { Office } from './office';
import type { AssistantClient } from './people';

const weights = { answer: 40, handOver: 10, ask: 12, handBack: 8, stop: 5, start: 15, token: 2, put: 3 };

/** BO1 to BO5: what a program, its customers and agents do, and what happens to it. */
export function assistantAct(office: Office): void {
  const [client] = office.assistants;
  if (!client) return;
  const { robots, story } = office.run;
  const act = robots.weighted(weights);
  story.tell(() => `> ${client.name}: ${act}`);
  switch (act) {
    case 'answer':
    case 'handOver':
      speak(office, client, act);
      return;
    case 'ask': {
      const tab = office.tabs.find((each) => each.picture.conversation?.stage === 'assisted');
      if (tab) void tab.send({ op: 'conversation.handOver' });
      return;
    }
    case 'handBack': {
      const agent = robots.pick(office.agents);
      const own = [...agent.picture.conversations.values()].find(
        ({ stage, agentId }) => stage === 'active' && agentId === agent.agentId,
      );
      if (own) void agent.send({ op: 'conversation.handBack', conversationId: own.conversationId });
      return;
    }
    case 'stop':
      client.connection.stop();
      return;
    case 'start':
      if (client.isOff) client.reload();
      return;
    default:
      manage(office, client, act);
  }
}

function speak(office: Office, client: AssistantClient, act: 'answer' | 'handOver'): void {
  const { robots } = office.run;
  const { conversations } = client.picture;
  if (conversations.size === 0 || !client.isUp) return;
  const { conversationId, customerName } = robots.pick([...conversations.values()]);
  const text = `[${customerName}:${office.nextNumber()}] beep`;
  const to = robots.chance(0.3) ? { priority: robots.whole(0, 9), note: `note#${office.nextNumber()}` } : {};
  if (act === 'answer') void client.send({ op: 'message.send', conversationId, text });
  else void client.send({ op: 'conversation.handOver', conversationId, ...to });
}

/** By a supervisor; the assistant comes back with its new token. */
function manage(office: Office, client: AssistantClient, act: 'token' | 'put'): void {
  const { robots } = office.run;
  const boss = office.agents.find((each) => each.isUp && each.picture.agents.get(each.agentId)?.role === 'supervisor');
  if (!boss || client.assistantId === '') return;
  const { assistantId } = client;
  if (act === 'put') {
    const groupIds = [...boss.picture.groups.keys()].filter(() => robots.chance(0.7));
    void boss.send({ op: 'assistant.put', assistantId, name: client.name, groupIds });
    return;
  }
  void boss.send({ op: 'assistant.token', assistantId }).then((answer) => {
    if (!answer.ok || !answer.result) return;
    client.token = answer.result.token;
    client.reload();
  });
}

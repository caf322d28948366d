import type { Office } from './office';
import type { CustomerBody, CustomerClient } from './people';

const weights = { write: 50, leave: 6, leaveMessage: 4, reload: 7, newTab: 2, goAway: 3, comeBack: 8 };
const tabsMax = 2;
const long = 'and so on and on, '.repeat(80);

/** A customer's random acts: write, reload, open a second tab, leave, come back. */
export function customerAct(office: Office): void {
  const { random, run, tabs, browsers } = office;
  const act = random.weighted(weights);
  const tab = tabs.length > 0 ? random.pick(tabs) : null;
  if (act === 'comeBack' || !tab) {
    const away = browsers.filter((browser) => tabs.every((each) => each.browser !== browser));
    if (away.length === 0) return;
    const browser = random.pick(away);
    run.story.tell(() => `> ${browser.customerName} comes back`);
    office.tab(browser);
    return;
  }
  switch (act) {
    case 'reload':
      run.story.tell(() => `> ${tab.name} reloads`);
      tab.reload();
      return;
    case 'newTab': {
      // Before the customer has a token, two tabs would be two customers.
      const own = tabs.filter((each) => each.browser === tab.browser).length;
      if (own >= tabsMax || !tab.picture.conversation) return;
      run.story.tell(() => `> ${tab.browser.customerName} opens another tab`);
      office.tab(tab.browser);
      return;
    }
    case 'goAway':
      // Unsent commands would be lost with the tab; a person is warned of that.
      if (tab.connection.outbox.length > 0) return;
      run.story.tell(() => `> ${tab.name} is closed`);
      office.leave(tab);
      return;
    default:
      if (tab.isUp || random.chance(0.3)) say(office, tab, bodyFor(office, tab, act));
  }
}

function say(office: Office, tab: CustomerClient, body: CustomerBody): void {
  office.run.story.tell(() => `> ${tab.name}: ${JSON.stringify(body).slice(0, 200)}`);
  void tab.send(body);
}

function bodyFor(office: Office, tab: CustomerClient, act: 'write' | 'leave' | 'leaveMessage'): CustomerBody {
  const { random } = office;
  const { customerName: name } = tab.browser;
  const { conversation, groups } = tab.picture;
  const isOpen = conversation !== null && conversation.stage !== 'closed';
  const text = () => `[${name}:${office.nextNumber()}] ${random.chance(0.1) ? long : 'hello'}`;
  // Now and then while it is open, or for the third time.
  if (conversation && random.chance(isOpen ? 0.02 : 0.3)) {
    const { conversationId } = conversation;
    const comment = random.chance(0.5) ? 'thank you' : '';
    return { op: 'conversation.rate', conversationId, score: random.whole(1, 5), comment };
  }
  if (conversation && !isOpen && random.chance(0.4)) return { op: 'conversation.reopen' };
  const group = groups.length > 0 && random.chance(0.7) ? { groupId: random.pick(groups).groupId } : {};
  if (act === 'leaveMessage') return { op: 'message.leave', name, contact: 'by mail', text: text(), ...group };
  if (act === 'leave') return { op: 'conversation.leave' };
  if (isOpen || random.chance(0.05)) return { op: 'message.send', text: text() };
  return { op: 'conversation.open', name, ...group, ...(random.chance(0.7) ? { text: text() } : {}) };
}

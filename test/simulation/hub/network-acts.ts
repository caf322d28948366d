import type { Office } from './office';

const weights = { cut: 10, stall: 4, resume: 6, echo: 8, takeBack: 6, probe: 3, reload: 3, switchOff: 3, switchOn: 6 };

/** What happens to lines and devices. */
export function networkAct(office: Office): void {
  const { random, run } = office;
  const client = random.pick([...run.clients]);
  const { line, connection, name } = client;
  const tell = (what: string) => run.story.tell(() => `> ${name} ${what}`);
  switch (random.weighted(weights)) {
    case 'cut': {
      if (!line?.isOpen) return;
      const [here, there] = [random.whole(0, 3_000), random.pick([0, 50, 1_000, 15_000, 55_000])];
      tell(`loses the line; the hub learns of it in ${there} ms`);
      // A half-open line: the client notices by its own heartbeat.
      line.cut(random.chance(0.3) ? 90_000 : here, there);
      return;
    }
    case 'stall':
      if (!line?.isOpen) return;
      tell('takes nothing any more');
      line.stall();
      return;
    case 'resume': {
      const slow = [...run.clients].find((each) => each.line?.isStalled);
      if (!slow) return;
      run.story.tell(() => `> ${slow.name} takes what has waited`);
      slow.line?.resume();
      return;
    }
    case 'echo':
      if (!line?.isOpen || line.lastCommand === null) return;
      tell('sends its last command a second time');
      line.send(line.lastCommand);
      return;
    case 'takeBack':
      // The window that was closed because another one took over.
      if (connection.link.state !== 'refused') return;
      tell('tries again');
      connection.retryNow();
      return;
    case 'probe':
      tell('looks whether the line lives');
      connection.probe();
      return;
    case 'switchOff':
      if (client.role !== 'agent') return;
      tell('is switched off');
      connection.stop();
      return;
    case 'switchOn': {
      const off = [...run.clients].find((each) => each.isOff);
      if (!off) return;
      run.story.tell(() => `> ${off.name} is switched on`);
      off.reload();
      return;
    }
    case 'reload':
      tell('reloads');
      client.reload();
      return;
  }
}

import type { Answer } from '../../shared/client/answer';
import { createConnection } from '../../shared/client/connection';
import type { AgentWire } from '../../shared/client/wire';
import { protocolVersion } from '../../shared/protocol/fields';
import { hubTransport, type WriterPorts } from './writers';

/** Signs in as the supervisor, adds agents and creates a code for the first device of each. */
export function addAgents(ports: WriterPorts, passphrase: string, names: readonly string[]): Promise<string[]> {
  const groupIds: string[] = [];
  return new Promise((resolve, reject) => {
    const connection = createConnection<AgentWire>({
      transport: hubTransport(ports, 'agent'),
      clock: ports.clock,
      random: ports.random,
      storage: { read: () => null, write: () => undefined },
      url: 'agent',
      deviceId: 'device-of-the-supervisor',
      proto: protocolVersion,
      hello: () => ({ role: 'agent', auth: { kind: 'passphrase', passphrase }, deviceLabel: 'set-up' }),
      on: {
        link: (link) => {
          if (link.state === 'refused') reject(new Error(`the supervisor is refused: ${link.reason}`));
        },
        welcome: () => undefined,
        event: (event) => {
          if (event.name === 'group.changed') groupIds.push(event.group.groupId);
        },
        caughtUp: () => {
          const groups = groupIds.map((groupId) => ({ groupId, priority: 1 }));
          const add = async (name: string) => {
            const put = { op: 'agent.put', name, role: 'agent', capacity: 10, groups } as const;
            const { agentId } = resultOf(await connection.send(put).answer);
            const { code } = resultOf(await connection.send({ op: 'agent.code', agentId: String(agentId) }).answer);
            return String(code);
          };
          const done = () => queueMicrotask(() => connection.stop());
          Promise.all(names.map(add)).then(resolve, reject).finally(done);
        },
      },
    });
    connection.start();
  });
}

function resultOf<Result>(answer: Answer<Result>): Result {
  if (!answer.ok || !answer.result) throw new Error(answer.ok ? 'there is no result' : answer.message);
  return answer.result;
}

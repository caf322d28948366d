import { factsOf } from '../audit/facts';
import { officeOnly, ownOrSupervisor, relationToOffice } from '../rights/rights';
import { done, refused } from '../session/outcome';
import type { AgentCommandSpecs } from './command';

/** Which devices are signed in, and which that wait are let in. */
export const deviceCommands: AgentCommandSpecs<'device.revoke' | 'join.answer'> = {
  'device.revoke': {
    rights: ownOrSupervisor,
    relation({ state, agentId, command }) {
      const owner = state.config.devices.get(command.deviceId)?.agentId ?? agentId;
      return owner === agentId ? 'own' : 'other';
    },
    audit: {
      subject: ({ state: { config }, command }) =>
        config.accounts.get(config.devices.get(command.deviceId)?.agentId ?? '')?.name ?? null,
      facts: ({ state, command }) => factsOf({ device: state.config.devices.get(command.deviceId)?.label ?? null }),
    },
    step(step, { deviceId }, _session, { loop }) {
      const device = step.state.config.devices.get(deviceId);
      if (!device)
        return refused({ code: 'unknownDevice', message: 'there is no such device (any more)', field: 'deviceId' });
      step.add({ type: 'device.removed', deviceId });
      const session = loop.sessions.agent(device.agentId);
      if (session?.deviceId === deviceId) step.afterwards(() => loop.drop(session, 'tokenRevoked'));
      return done;
    },
  },
  'join.answer': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: { subject: () => null },
    step(_step, { joinId, accept }, _session, { invitations }) {
      if (invitations.answer(joinId, accept)) return done;
      const message = 'this device waits no more: it is gone, or somebody has answered it';
      return refused({ code: 'joinGone', message, field: 'joinId' });
    },
  },
};

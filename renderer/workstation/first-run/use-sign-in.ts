import { useCallback } from 'react';
import type { AgentAuth } from '../../../shared/protocol/agent-wire';
import { useServices } from '../services/services';
import { newDeviceId, type SignInResult, signIn } from '../session/sign-in';

/** Signs this device in at a hub; a new device each time, as a code is for one device. */
export function useSignIn(): (
  agentUrl: string,
  auth: AgentAuth,
  waiting?: (cancel: () => void) => void,
) => Promise<SignInResult & { deviceId: string }> {
  const { transport, clock, random, deviceLabel } = useServices();
  return useCallback(
    async (agentUrl, auth, waiting) => {
      const deviceId = newDeviceId(random);
      const result = await signIn({
        transport,
        clock,
        random,
        agentUrl,
        deviceId,
        deviceLabel,
        auth,
        ...(waiting ? { waiting } : {}),
      });
      return { ...result, deviceId };
    },
    [transport, clock, random, deviceLabel],
  );
}

import { openHub } from '../../main/hub/open-hub';
import type { RunningHub } from '../../main/hub/running-hub';
import { passphrase } from './hub';

type Ports = Parameters<typeof openHub>[1];

/** A hub over a real folder, with listeners of its own and the quickest scrypt. */
export function openRealHub(dataFolder: string, ports: Ports): Promise<RunningHub> {
  return openHub(
    {
      dataFolder,
      host: '127.0.0.1',
      agentPort: 0,
      customerPort: 0,
      lan: null,
      pages: { workstation: dataFolder, customer: dataFolder },
      setup: { officeName: 'Test', supervisorName: 'Sam', passphrase },
      sample: false,
    },
    ports,
    { scryptCost: 16 },
  );
}

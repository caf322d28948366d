import { type SettingPath, type SettingsPatch, settingRanges } from '../../shared/routing';
import type { Random } from './random';

/** Short times more often than long ones, as a small world would rarely reach long deadlines. */
function randomValue(random: Random, path: SettingPath): unknown {
  const field = settingRanges[path];
  switch (field.kind) {
    case 'switch':
      return random.chance(0.5);
    case 'choice':
      return random.pick(field.choices);
    case 'text':
      return random.pick([null, '', 'One moment, please.']);
    case 'number': {
      if (random.chance(0.1)) return random.pick([field.min, field.max]);
      if (path === 'queue.maxWaitSeconds' && random.chance(0.7)) return 0;
      return Math.min(field.max, field.min + random.whole(0, random.chance(0.8) ? 12 : 120));
    }
  }
}

function put(root: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  let node = root;
  for (const key of keys) {
    node[key] ??= {};
    node = node[key] as Record<string, unknown>;
  }
  node[last] = value;
}

/** A patch of some settings, now and then an invalid one that must be refused. */
export function randomSettings(random: Random, forGroup = false): Record<string, unknown> {
  const paths = Object.keys(settingRanges) as SettingPath[];
  const settings: Record<string, unknown> = {};
  const count = random.whole(1, random.chance(0.3) ? 14 : 5);
  for (let index = 0; index < count; index += 1) {
    const path = random.pick(paths);
    if (forGroup && path.startsWith('presence') && random.chance(0.95)) continue;
    put(settings, path, randomValue(random, path));
  }
  if (random.chance(0.05)) put(settings, random.pick(['reception.redirect.afterSeconds', 'nonsense', 'routing']), -1);
  return settings;
}

/** Everything that keeps conversations waiting despite able agents, all at once. */
export function patientSettings(random: Random): SettingsPatch {
  const seconds = () => random.whole(10, 300);
  return {
    routing: {
      agentPriority: true,
      priorityHoldSeconds: seconds(),
      lastReceptionist: true,
      lastReceptionistHoldSeconds: random.chance(0.5) ? seconds() : 0,
    },
    reception: { automatic: random.chance(0.2), maxRedirects: 0, roundPauseSeconds: seconds() },
    queue: { maxWaitSeconds: 0 },
  };
}

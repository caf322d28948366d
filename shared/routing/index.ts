/**
 * The routing core: pure, synchronous, deterministic. `route` decides and returns events, `apply` replays them.
 * The rules are in RULES.md; import nothing else of this folder from outside.
 */
export { apply } from './apply';
export { nextDeadline } from './deadlines';
export {
  agentView,
  assistantView,
  conversationView,
  groupView,
  inspect,
  isGroupAttended,
  queuePosition,
} from './inspect';
export { invariantViolations } from './invariants';
export { must } from './must';
export { type RouteResult, route } from './route';
export {
  defaultSettings,
  type SettingField,
  type SettingPath,
  settingRanges,
  settingsProblem,
  settingsSchema,
} from './settings';
export { exportState, importState, type SavedRouting } from './snapshot';
export { assistantOf, createRouting, holderOf, isQueued, offerOf, type RoutingState } from './state';
export * from './types';

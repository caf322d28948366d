import type { SavedRouting } from '../../../shared/routing/index';

/** What such a state says of the waits, beside the core: by group, and of each conversation. */
interface CountedByHub {
  waits: [groupId: string, msPerPlace: number[]][];
  conversations: { conversationId: string; attended: boolean; placeAtStart: number }[];
}

/** A state from before the core counted the waits itself (QU5): from then on it has what the hub had counted. */
export function upgradeWaits({ routing, desk }: { routing: SavedRouting; desk: object }): void {
  if (!('waits' in desk)) return;
  const { waits, conversations } = desk as CountedByHub;
  const waitsByGroup = new Map(waits);
  const known = new Map(conversations.map((each) => [each.conversationId, each]));
  for (const group of routing.groups) group.waitsPerPlaceMs = waitsByGroup.get(group.id) ?? [];
  for (const conversation of routing.conversations) {
    const { attended = true, placeAtStart = 1 } = known.get(conversation.id) ?? {};
    conversation.placeAtStart = attended ? null : placeAtStart;
  }
}

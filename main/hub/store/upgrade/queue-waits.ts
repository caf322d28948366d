import type { SavedRouting } from '../../../../shared/routing/index';

type SavedGroup = SavedRouting['groups'][number];
type SavedConversation = SavedRouting['conversations'][number];

/** The core's state up to format 3, when the hub counted places and waiting times (QU5) outside the core. */
export interface RoutingWithoutWaits extends Omit<SavedRouting, 'groups' | 'conversations'> {
  groups: (Omit<SavedGroup, 'waitsPerPlaceMs'> & { recentWaitsMs: number[] })[];
  conversations: Omit<SavedConversation, 'placeAtStart'>[];
}

/** The hub's own counts, up to format 3. */
export interface WaitsBesideCore {
  waits: [groupId: string, msPerPlace: number[]][];
  conversations: { conversationId: string; attended: boolean; placeAtStart: number }[];
}

/** Moves the hub's counts into the core's state. */
export function withWaits(routing: RoutingWithoutWaits, { waits, conversations }: WaitsBesideCore): SavedRouting {
  const waitsByGroup = new Map(waits);
  const known = new Map(conversations.map((each) => [each.conversationId, each]));
  return {
    ...routing,
    groups: routing.groups.map(({ recentWaitsMs: _, ...group }) => {
      return { ...group, waitsPerPlaceMs: waitsByGroup.get(group.id) ?? [] };
    }),
    conversations: routing.conversations.map((conversation) => {
      const { attended = true, placeAtStart = 1 } = known.get(conversation.id) ?? {};
      return { ...conversation, placeAtStart: attended ? null : placeAtStart };
    }),
  };
}

interface Said {
  text: string;
  attachments?: readonly { attachmentId: string }[] | undefined;
}

/** Whether the hub's copy is of these own words; it makes a file's name harmless, so only what the file is can be compared. */
export function saysSame(one: Said, other: Said): boolean {
  return one.text === other.text && idsOf(one) === idsOf(other);
}

function idsOf({ attachments = [] }: Said): string {
  return attachments.map(({ attachmentId }) => attachmentId).join();
}

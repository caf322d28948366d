/** The largest frame the hub accepts from each role, in bytes of UTF-8 (main/hub/SECURITY-MODEL.md). */
export const frameBytesMax = { agent: 64 * 1024, customer: 16 * 1024, assistant: 64 * 1024 } as const;

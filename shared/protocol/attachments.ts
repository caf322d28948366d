import * as z from 'zod';
import { attachmentTypeNames, fileNameMax } from './file-name';

/** The file's SHA-256: the same file is stored once, and an id always stands for the same bytes. */
export const attachmentId = z.string().regex(/^[0-9a-f]{64}$/);
const attachmentType = z.enum(attachmentTypeNames);

/** A picture's size in pixels: as the sender's client declares it, or as the hub has read it. */
const pixels = z.number().int().min(1).max(100_000);

/** An uploaded file as its sender describes it. */
export const attachmentRef = z.strictObject({
  attachmentId,
  name: z.string().max(fileNameMax),
  width: pixels.optional(),
  height: pixels.optional(),
});

/** What the hub found on upload: the type, for pictures also the size, and the number of frames if animated. */
export const uploadedFile = z.object({
  attachmentId,
  type: attachmentType,
  bytes: z.number().int().positive(),
  width: pixels.optional(),
  height: pixels.optional(),
  frames: z.number().int().min(2).optional(),
});

/** The size as the hub read it; in messages older than that feature, as the sender declared it. */
export const attachmentView = uploadedFile.extend({ name: z.string() });

export type AttachmentRef = z.infer<typeof attachmentRef>;
export type UploadedFile = z.infer<typeof uploadedFile>;
export type AttachmentView = z.infer<typeof attachmentView>;

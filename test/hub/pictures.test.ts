import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { pictureSize } from '../../main/hub/store/picture-size';
import type { AttachmentType } from '../../shared/protocol/file-name';
import { isShownAtOnce, type PictureSize } from '../../shared/protocol/pictures';
import { AttachmentOffice } from '../support/attachment-office';
import { files } from '../support/files';

const u16 = (value: number) => [value & 255, value >> 8];
const u32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const chars = (text: string) => [...text].map((each) => each.charCodeAt(0));

function pngChunk(kind: string, data: Buffer | number[]): Buffer {
  return Buffer.concat([Buffer.from([...u32(data.length), ...chars(kind)]), Buffer.from(data), Buffer.alloc(4)]);
}

function png(width: number, height: number, data = Buffer.alloc(0), frames = 0): Buffer {
  const frame = [0, 1, 2].slice(0, frames).map(() => pngChunk('fcTL', Buffer.alloc(26)));
  const head = pngChunk('IHDR', [...u32(width), ...u32(height), 1, 0, 0, 0, 0]);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, head, ...frame, pngChunk('IDAT', data), pngChunk('IEND', [])]);
}

function gif(width: number, height: number, ...frames: [number, number, number, number][]): Buffer {
  const all = frames.map((sides) => [
    ...[0x21, 0xf9, 4, 0, 0, 0, 0, 0],
    ...[0x2c, ...sides.flatMap(u16), 0x80, 1, 1, 1, 2, 2, 2, 2, 2, 0x4c, 0x01, 0],
  ]);
  const head = [...chars('GIF89a'), ...u16(width), ...u16(height), 0x80, 0, 0, 1, 1, 1, 2, 2, 2];
  return Buffer.from([...head, ...all.flat(), 0x3b]);
}

/** With a comment that holds what looks like a head, and filling before the real one. */
function jpeg(width: number, height: number, marker = 0xc2): Buffer {
  const false_ = [0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 17, 0];
  const comment = [0xff, 0xfe, 0, false_.length + 2, ...false_];
  const tables = [0xff, 0xc4, 0, 4, 0, 0];
  const head = [0xff, 0xff, marker, 0, 11, 8, ...u32(height).slice(2), ...u32(width).slice(2), 1, 1, 17, 0];
  return Buffer.from([0xff, 0xd8, ...comment, ...tables, 0x07, ...head, 0xff, 0xda]);
}

function webp(kind: 'VP8 ' | 'VP8L' | 'VP8X', data: number[], ...more: number[]): Buffer {
  const little = (value: number) => u32(value).reverse();
  const body = [...chars('WEBP'), ...chars(kind), ...little(data.length), ...data, ...more];
  return Buffer.from([...chars('RIFF'), ...little(body.length), ...body]);
}
const lossy = [0, 0, 0, 0x9d, 1, 0x2a, ...u16(800), ...u16(600 | 0x4000), 0, 0];
const lossless = [0x2f, ...u32((799 | (599 << 14)) >>> 0).reverse(), 0, 0, 0, 0, 0];
const anmf = [...chars('ANMF'), 1, 0, 0, 0, 9, 0];
const extended = [2, 0, 0, 0, ...u32(799).reverse().slice(0, 3), ...u32(599).reverse().slice(0, 3)];

const read = (file: Buffer) => async (at: number, length: number) => file.subarray(at, at + length);
const sizeOf = (type: AttachmentType, file: Buffer) => pictureSize(type, read(file));
const size = { width: 800, height: 600 };

test.each<[string, AttachmentType, Buffer, object | null]>([
  ['a PNG', 'image/png', png(800, 600), size],
  ['a PNG that moves', 'image/png', png(800, 600, undefined, 3), { ...size, frames: 3 }],
  ['a PNG without its head', 'image/png', files.png.subarray(0, 20), null],
  ['a JPEG, behind what looks like one', 'image/jpeg', jpeg(800, 600), size],
  ['a JPEG of another kind', 'image/jpeg', jpeg(800, 600, 0xc9), size],
  ['a JPEG without a height', 'image/jpeg', jpeg(800, 0), null],
  ['a JPEG that ends', 'image/jpeg', jpeg(800, 600).subarray(0, 32), null],
  ['a GIF', 'image/gif', gif(800, 600, [0, 0, 800, 600]), size],
  ['a GIF that moves', 'image/gif', gif(800, 600, [0, 0, 9, 9], [0, 0, 9, 9]), { ...size, frames: 2 }],
  ['a GIF whose frame is larger than it says', 'image/gif', gif(1, 1, [100, 0, 700, 600]), size],
  ['a WebP', 'image/webp', webp('VP8 ', lossy), size],
  ['a lossless WebP', 'image/webp', webp('VP8L', lossless), size],
  ['a WebP with more to it', 'image/webp', webp('VP8X', extended), size],
  ['a WebP that moves', 'image/webp', webp('VP8X', extended, ...anmf, ...anmf), { ...size, frames: 2 }],
  ['a WebP of no kind', 'image/webp', webp('VP8L', [1, 2, 3]), null],
])('%s is as large as its head says', async (_what, type, file, expected) => {
  expect(await sizeOf(type, file)).toEqual(expected);
});

test('whatever a head holds, reading it ends', async () => {
  let seed = 7;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed >>> 24;
  };
  const heads: [AttachmentType, Buffer][] = [
    ['image/png', png(9, 9, undefined, 2)],
    ['image/jpeg', jpeg(9, 9)],
    ['image/gif', gif(9, 9, [0, 0, 9, 9], [0, 0, 9, 9])],
    ['image/webp', webp('VP8X', extended, ...anmf)],
  ];
  for (const [type, head] of heads)
    for (let round = 0; round < 300; round += 1) {
      const file = Buffer.concat([head, Buffer.from(Array.from({ length: 40 }, random))]);
      for (let change = 0; change < 6; change += 1) file[12 + (random() % (file.length - 12))] = random();
      await sizeOf(type, file.subarray(0, 12 + (random() % file.length)));
    }
});

async function served() {
  const desk = await AttachmentOffice.open();
  const ana = await desk.office.online('Ana');
  const mei = await desk.office.customer('Mei', { text: 'Hello' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  return { desk, ana, mei };
}

test('a few bytes that are half a billion pixels are refused, and leave nothing behind', async () => {
  const { desk, mei } = await served();
  const bomb = png(22_000, 22_000, deflateSync(Buffer.alloc(22_000 * 2_751)));
  expect(bomb.length).toBeLessThan(100_000);
  const got = await desk.upload(mei, bomb);
  expect([got.status, got.json]).toEqual([
    413,
    { code: 'pictureTooLarge', message: 'The picture has more than 40 megapixels: make it smaller.' },
  ]);
  const id = createHash('sha256').update(bomb).digest('hex');
  expect(
    mei.command({ op: 'message.send', text: '', attachments: [{ attachmentId: id, name: 'a.png' }] }),
  ).toMatchObject({ code: 'attachmentUnknown' });
  const moving = gif(
    6_000,
    6_000,
    ...Array.from({ length: 120 }, (): [number, number, number, number] => [0, 0, 1, 1]),
  );
  for (const each of [png(40_001, 1), gif(1, 1, [0, 0, 9_000, 9_000]), jpeg(9_000, 9_000), moving])
    expect((await desk.upload(mei, each)).json.code).toBe('pictureTooLarge');
  expect((await desk.upload(mei, jpeg(9, 0))).json).toMatchObject({ code: 'pictureUnreadable' });
});

test('the size that is told is the hub’s, whatever the sender says; a photograph may lie on its side', async () => {
  const { desk, ana, mei } = await served();
  const send = async (file: Buffer, said: object) => {
    const { attachmentId } = (await desk.upload(mei, file)).json;
    mei.command({ op: 'message.send', text: '', attachments: [{ attachmentId, name: 'a', ...said }] });
    const [{ width, height, frames } = {}] = (ana.messages.at(-1)?.attachments ?? []) as Partial<PictureSize>[];
    return { width, height, frames };
  };
  expect(await send(png(5_000, 4_000), { width: 10, height: 10 })).toEqual({ width: 5_000, height: 4_000 });
  expect(await send(jpeg(5_000, 4_000), { width: 4_000, height: 5_000 })).toEqual({ width: 4_000, height: 5_000 });
  expect(await send(gif(9, 9, [0, 0, 9, 9], [0, 0, 9, 9]), {})).toEqual({ width: 9, height: 9, frames: 2 });
});

test('a page shows small pictures by itself, larger ones and long films when somebody asks', () => {
  expect(isShownAtOnce({})).toBe(true);
  expect(isShownAtOnce({ width: 4_000, height: 3_000 })).toBe(true);
  expect(isShownAtOnce({ width: 4_001, height: 3_000 })).toBe(false);
  expect(isShownAtOnce({ width: 500, height: 500, frames: 200 })).toBe(true);
  expect(isShownAtOnce({ width: 2_000, height: 2_000, frames: 200 })).toBe(false);
});

// Draws the app's and the tray's icons into main/desktop/assets: a speech bubble with a reception bell.
// Run by hand after a change here; the pictures are kept in the repository.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { encodePng } from './lib/png.mjs';

const blue = [47, 111, 237];
const white = [255, 255, 255];
const tray = { online: [34, 160, 88], busy: [217, 72, 64], 'short-break': [224, 148, 32], offline: [128, 136, 148] };

// Shapes are signed distances in a unit square: negative inside.
const circle = (cx, cy, r) => (x, y) => Math.hypot(x - cx, y - cy) - r;
const roundedBox = (cx, cy, w, h, r) => (x, y) => {
  const [dx, dy] = [Math.abs(x - cx) - w / 2 + r, Math.abs(y - cy) - h / 2 + r];
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - r;
};
const union =
  (...shapes) =>
  (x, y) =>
    Math.min(...shapes.map((shape) => shape(x, y)));
const both =
  (...shapes) =>
  (x, y) =>
    Math.max(...shapes.map((shape) => shape(x, y)));
const above = (level) => (_x, y) => y - level;
const triangle =
  ([ax, ay], [bx, by], [cx, cy]) =>
  (x, y) => {
    const side = (px, py, qx, qy) => ((qy - py) * (x - px) - (qx - px) * (y - py)) / Math.hypot(qx - px, qy - py);
    return Math.max(side(ax, ay, bx, by), side(bx, by, cx, cy), side(cx, cy, ax, ay));
  };

const plate = roundedBox(0.5, 0.5, 0.92, 0.92, 0.21);
const bubble = union(
  roundedBox(0.5, 0.46, 0.66, 0.52, 0.16),
  triangle([0.3, 0.66], [0.3, 0.86], [0.52, 0.66]),
  triangle([0.52, 0.66], [0.3, 0.86], [0.3, 0.66]),
);
const bell = union(
  both(circle(0.5, 0.54, 0.185), above(0.54)),
  roundedBox(0.5, 0.585, 0.45, 0.05, 0.025),
  circle(0.5, 0.335, 0.034),
);
const trayBubble = union(
  roundedBox(0.5, 0.44, 0.92, 0.72, 0.24),
  triangle([0.2, 0.7], [0.2, 0.98], [0.5, 0.7]),
  triangle([0.5, 0.7], [0.2, 0.98], [0.2, 0.7]),
);
const trayBell = union(
  both(circle(0.5, 0.54, 0.25), above(0.54)),
  roundedBox(0.5, 0.61, 0.6, 0.08, 0.04),
  circle(0.5, 0.26, 0.055),
);

const layers = {
  icon: [
    [plate, blue],
    [bubble, white],
    [bell, blue],
  ],
};
for (const [status, colour] of Object.entries(tray)) {
  layers[`tray-${status}`] = [
    [trayBubble, colour],
    [trayBell, white],
  ];
}

const folder = join(root, 'main/desktop/assets');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'icon.png'), draw(layers.icon, 512));
for (const status of Object.keys(tray))
  await writeFile(join(folder, `tray-${status}.png`), draw(layers[`tray-${status}`], 44));

/** Layers of [shape, colour], the last on top, softened over one pixel. */
function draw(shapes, size) {
  const pixels = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let [r, g, b, a] = [0, 0, 0, 0];
      for (const [shape, colour] of shapes) {
        const cover = Math.min(1, Math.max(0, 0.5 - shape((column + 0.5) / size, (row + 0.5) / size) * size));
        const outA = cover + a * (1 - cover);
        const mix = (over, under) => (outA === 0 ? 0 : (over * cover + under * a * (1 - cover)) / outA);
        [r, g, b, a] = [mix(colour[0], r), mix(colour[1], g), mix(colour[2], b), outA];
      }
      pixels.set([Math.round(r), Math.round(g), Math.round(b), Math.round(a * 255)], (row * size + column) * 4);
    }
  }
  return encodePng(pixels, size, size);
}

import { app, BrowserWindow } from 'electron';
import { placeBytes } from '../load/bare-frame';

/** A nearly empty window: a word to paint, a field, and the frames of a socket, if there is one. */
const page = `<!doctype html><meta charset="utf-8"><title>bare</title><p>bare</p><textarea></textarea>
<script>
  const url = new URLSearchParams(location.hash.slice(1)).get('socket');
  if (url) new WebSocket(url).onmessage = ({ data }) => {
    const card = document.createElement('article');
    card.id = data.slice(${placeBytes});
    card.textContent = card.id;
    document.body.append(card);
  };
</script>`;

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800 });
  const socket = new URLSearchParams({ socket: process.env.FOYER_BENCH_SOCKET ?? '' });
  void window.loadURL(`data:text/html,${encodeURIComponent(page)}#${socket}`);
});

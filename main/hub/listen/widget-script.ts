import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { ChatPage } from '../../../shared/protocol/chat-page';
import type { WidgetSettings } from '../../../shared/protocol/widget';
import { themeColors } from '../../../shared/theme-colors';
import type { PageFile } from './pages';

/** How long a shop's visitors may use the script without asking for it again. */
export const widgetCacheSeconds = 300;

/**
 * The built script with the office's settings before it, so that the launcher knows what to do while the hub is away.
 * Made anew only when one of the two has changed.
 */
export class WidgetScript {
  private made: { settings: string; built: PageFile; file: PageFile } | null = null;

  file(built: PageFile, { whenAway, greetAfterSeconds }: WidgetSettings, { look, words }: ChatPage): PageFile {
    const { theme, onTheme, link } = themeColors(look.color).light;
    const greeting = { en: words.en['widget.greeting'], zh: words.zh['widget.greeting'] };
    const colors = { theme, onTheme, link };
    const settings = JSON.stringify({ whenAway, greetAfterSeconds, colors, launcher: look.launcher, greeting });
    if (this.made?.settings !== settings || this.made.built !== built)
      this.made = { settings, built, file: withSettings(built, settings) };
    return this.made.file;
  }
}

function withSettings({ type, plain }: PageFile, settings: string): PageFile {
  const body = Buffer.concat([Buffer.from(`self.foyerWidget=${settings};`), plain.body]);
  const etag = (name: string) => `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}-${name}"`;
  return {
    type,
    isHashed: false,
    plain: { encoding: null, body, etag: etag('plain') },
    smaller: [
      { encoding: 'br', body: brotliCompressSync(body), etag: etag('br') },
      { encoding: 'gzip', body: gzipSync(body, { level: 9 }), etag: etag('gzip') },
    ],
  };
}

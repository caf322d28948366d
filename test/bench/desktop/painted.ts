/** Runs inside a page, as `globalThis.foyerPainted`. Moments are Unix milliseconds. */
export interface Painted {
  /** When the frame has been drawn that first shows an element of this selector. */
  shown(selector: string): Promise<number>;
  /** For each key since the last call: milliseconds until the frame after it was drawn. */
  keysMs(): number[];
}

declare global {
  // A `var` is the only way to type a property of globalThis.
  var foyerPainted: Painted;
}

export function watchPainted(): void {
  const afterFrame = (then: (atMs: number) => void) =>
    requestAnimationFrame(() => {
      // A message's task runs after the frame is done.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => then(performance.now());
      port2.postMessage(null);
    });
  let keysMs: number[] = [];
  addEventListener('keydown', ({ timeStamp }) => afterFrame((atMs) => keysMs.push(atMs - timeStamp)), true);
  globalThis.foyerPainted = {
    shown: (selector) =>
      new Promise((resolve) => {
        const look = () => {
          if (!document.querySelector(selector)) return;
          observer.disconnect();
          afterFrame((atMs) => resolve(performance.timeOrigin + atMs));
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { subtree: true, childList: true });
        look();
      }),
    keysMs() {
      const taken = keysMs;
      keysMs = [];
      return taken;
    },
  };
}

/** The median frame time of this page, in milliseconds. */
export async function frameMs(): Promise<number> {
  const at: number[] = [];
  while (at.length < 61) at.push(await new Promise<number>((resolve) => requestAnimationFrame(resolve)));
  const taken = at.slice(1).map((each, index) => each - at[index]!);
  return taken.sort((a, b) => a - b)[30]!;
}

/** The sound of an incoming conversation: synthesised, so that no file can be missing. */
export interface Chime {
  /** Plays once. False if the browser blocks sound until the user clicks. */
  play(): Promise<boolean>;
  /** To be called in a click handler: browsers allow sound only after a user gesture. */
  unlock(): Promise<void>;
  /** Repeats until `stop`. */
  start(): void;
  /** Stops at once, even in the middle of a tone. */
  stop(): void;
  readonly ringing: boolean;
  /** The browser blocks sound. Subscribers are called when this changes. */
  readonly blocked: boolean;
  subscribe(listen: () => void): () => void;
}

const repeatMs = 2_400;
const tones = [
  { hz: 659.3, atSeconds: 0 },
  { hz: 880, atSeconds: 0.16 },
  { hz: 659.3, atSeconds: 0.32 },
] as const;

export function createChime(createContext: () => AudioContext): Chime {
  let context: AudioContext | null = null;
  let loudness: GainNode | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;
  let blocked = false;
  const listeners = new Set<() => void>();

  function setBlocked(next: boolean) {
    if (blocked === next) return;
    blocked = next;
    for (const listen of listeners) listen();
  }

  async function ready(): Promise<AudioContext | null> {
    try {
      context ??= createContext();
      if (context.state !== 'running') {
        // Without a click `resume` stays pending in some browsers, so it is not awaited.
        void context.resume().then(
          () => setBlocked(false),
          () => {},
        );
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      setBlocked(context.state !== 'running');
      return context.state === 'running' ? context : null;
    } catch {
      setBlocked(true);
      return null;
    }
  }

  function ring(audio: AudioContext) {
    silence();
    const volume = audio.createGain();
    volume.gain.value = 0.5;
    volume.connect(audio.destination);
    loudness = volume;
    for (const { hz, atSeconds } of tones) {
      const begin = audio.currentTime + atSeconds;
      const tone = audio.createOscillator();
      const shape = audio.createGain();
      tone.type = 'sine';
      tone.frequency.value = hz;
      shape.gain.setValueAtTime(0, begin);
      shape.gain.linearRampToValueAtTime(0.6, begin + 0.015);
      shape.gain.exponentialRampToValueAtTime(0.001, begin + 0.5);
      tone.connect(shape).connect(volume);
      tone.start(begin);
      tone.stop(begin + 0.55);
    }
  }

  function silence() {
    loudness?.disconnect();
    loudness = null;
  }

  async function play() {
    const audio = await ready();
    if (audio) ring(audio);
    return audio !== null;
  }

  return {
    play,
    async unlock() {
      await ready();
    },
    start() {
      if (timer !== null) return;
      const again = async () => {
        const audio = await ready();
        // `stop` may have been called while the context resumed.
        if (audio && timer !== null) ring(audio);
      };
      timer = setInterval(() => void again(), repeatMs);
      void again();
    },
    stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      silence();
    },
    get ringing() {
      return timer !== null;
    },
    get blocked() {
      return blocked;
    },
    subscribe(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}

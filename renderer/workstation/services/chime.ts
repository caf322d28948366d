/** The sounds of an incoming conversation and of a message: synthesised, so that no file can be missing. */
export interface Chime {
  /** Plays an incoming conversation's sound once. False if the browser blocks sound until the user clicks. */
  play(): Promise<boolean>;
  /** Plays a message's short sound. */
  playNote(): Promise<boolean>;
  /** To be called in a click handler: browsers allow sound only after a user gesture. */
  unlock(): Promise<void>;
  /** Repeats until `stop`. */
  start(): void;
  /** Stops what repeats at once, even in the middle of a tone. */
  stop(): void;
  readonly ringing: boolean;
  /** The browser blocks sound. Subscribers are called when this changes. */
  readonly blocked: boolean;
  subscribe(listen: () => void): () => void;
}

interface Tone {
  hz: number;
  atSeconds: number;
}

const repeatMs = 2_400;
const ringing: readonly Tone[] = [
  { hz: 659.3, atSeconds: 0 },
  { hz: 880, atSeconds: 0.16 },
  { hz: 659.3, atSeconds: 0.32 },
];
const note: readonly Tone[] = [{ hz: 987.8, atSeconds: 0 }];

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

  function sound(audio: AudioContext, tones: readonly Tone[]) {
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

  async function play(tones: readonly Tone[]) {
    const audio = await ready();
    if (audio) sound(audio, tones);
    return audio !== null;
  }

  return {
    play: () => play(ringing),
    playNote: () => play(note),
    async unlock() {
      await ready();
    },
    start() {
      if (timer !== null) return;
      const again = async () => {
        const audio = await ready();
        // `stop` may have been called while the context resumed.
        if (audio && timer !== null) sound(audio, ringing);
      };
      timer = setInterval(() => void again(), repeatMs);
      void again();
    },
    stop() {
      if (timer === null) return;
      clearInterval(timer);
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

import { element, icon, setAttribute, show } from '../dom';
import type { Keep } from '../keep';
import { screenOf } from '../reading';
import type { PageState } from '../state';
import type { Say } from './later-words';

export interface SoundPorts {
  document: Document;
  /** Where the switch is remembered, for all tabs. */
  kept: Keep;
  createAudio(): AudioContext;
}

const bell = 'M6 10a6 6 0 0 1 12 0c0 5 2 6 2 6H4s2-1 2-6M10 20h4';
const crossed = `${bell}M4 4l16 16`;

/** A short tone for an answer that comes while the chat is out of sight, and its switch. */
export function createSound({ document, kept, createAudio }: SoundPorts) {
  let audio: AudioContext | null = null;
  let unreadBefore: number | null = null;
  let redraw = () => {};
  const root = element('button', { type: 'button', class: 'sound', hidden: true });
  const isOn = () => kept.get('sound') !== 'off';

  root.addEventListener('click', () => {
    kept.set('sound', isOn() ? 'off' : null);
    redraw();
    // So that it is heard what has been switched on.
    if (isOn()) play();
  });
  // Browsers let a page sound only once somebody has done something on it; before that nothing is tried.
  if (document.defaultView?.navigator.userActivation?.hasBeenActive) unlock();
  for (const gesture of ['pointerup', 'keydown']) document.addEventListener(gesture, unlock, { passive: true });

  function unlock(): void {
    if (!isOn()) return;
    try {
      audio ??= createAudio();
      if (audio.state === 'suspended') void audio.resume().catch(() => {});
    } catch {
      // There is no sound here.
    }
  }

  function play(): void {
    unlock();
    if (audio?.state !== 'running') return;
    const begin = audio.currentTime;
    const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
    tone.frequency.setValueAtTime(784, begin);
    tone.frequency.setValueAtTime(1_047, begin + 0.12);
    loudness.gain.setValueAtTime(0.0001, begin);
    loudness.gain.exponentialRampToValueAtTime(0.25, begin + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, begin + 0.6);
    tone.connect(loudness).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + 0.6);
  }

  /** `unread`: answers that are not on screen; there are none while the chat is in sight. */
  function update(state: PageState, unread: number, say: Say): void {
    redraw = () => update(state, unread, say);
    if (state.ready) {
      if (unreadBefore !== null && unread > unreadBefore && isOn() && audio !== null) play();
      unreadBefore = unread;
    }
    const screen = screenOf(state);
    show(root, screen === 'queue' || screen === 'chat');
    setAttribute(root, 'aria-pressed', String(isOn()));
    setAttribute(root, 'aria-label', say('sound.switch'));
    setAttribute(root, 'title', say('sound.switch'));
    root.replaceChildren(icon(isOn() ? bell : crossed));
  }

  return { root, update };
}

import type { RoutingEvent } from '../../../shared/routing';
import { loadOf, queueOf } from '../../simulation/model';
import { Run } from '../../simulation/runner';
import { clockText, narrate, narrateRefusal } from './narrate';
import { type Story, StoryError, type StoryLine } from './story';
import { commandsOf, type Scene } from './verbs';

// The script has just said so.
const untold = new Set<RoutingEvent['type']>(['settings.updated', 'group.put', 'agent.put', 'assistant.put']);
const wakeUpsMax = 10_000;

/** Lives the story through, every rule checked on the way; gives a transcript for each block. */
export function playStory(story: Story): string[][] {
  const run = new Run();
  const scene: Scene = { at: firstTime(story), model: run.model, newest: new Map(), started: new Map() };
  return story.blocks.map((block) => {
    const transcript: string[] = [];
    for (const line of block.lines) {
      try {
        playLine(run, scene, line, transcript);
      } catch (error) {
        throw new StoryError(line.number, line.text, error instanceof Error ? error.message : String(error));
      }
    }
    return transcript;
  });
}

function firstTime(story: Story): number {
  for (const block of story.blocks) {
    for (const line of block.lines) if (line.at !== null) return line.at;
  }
  throw new StoryError(1, story.title, 'no line of this story has a time');
}

function playLine(run: Run, scene: Scene, line: StoryLine, transcript: string[]): void {
  if (line.at !== null && line.at < scene.at) throw new Error('the time goes back');
  const target = line.at ?? scene.at;
  // A machine that slept has no timer.
  if (!line.text.startsWith('the machine wakes')) wakeUntil(run, target, transcript);
  scene.at = target;
  if (line.text === 'who has what?') {
    check(run.perform({ command: { type: 'tick', at: target } }));
    tell(run, transcript, target);
    transcript.push(...pictureOf(run).map((each) => `${clockText(target)}  ${each}`));
    return;
  }
  for (const command of commandsOf(scene, line.text)) {
    check(run.perform({ command }));
    tell(run, transcript, target);
  }
}

/** What the hub's timer does between two lines. */
function wakeUntil(run: Run, target: number, transcript: string[]): void {
  for (let count = 0; count < wakeUpsMax; count += 1) {
    const { deadline } = run;
    if (deadline === null || deadline >= target) return;
    check(run.perform({ command: { type: 'tick', at: deadline } }));
    tell(run, transcript, deadline);
  }
  throw new Error('the hub wakes up without an end');
}

function check(broken: string[]): void {
  if (broken.length > 0) throw new Error(`this breaks a rule: ${broken.join('; ')}`);
}

function tell(run: Run, transcript: string[], at: number): void {
  const { events, refusal } = run.outcome;
  for (const event of events) {
    const sentence = untold.has(event.type) ? null : narrate(event);
    if (sentence !== null) transcript.push(`${clockText(event.at)}  ${sentence}`);
  }
  // What was due ended before the command could be refused.
  if (refusal) transcript.push(`${clockText(at)}  ${narrateRefusal(refusal)}`);
}

function pictureOf(run: Run): string[] {
  const { model } = run;
  const waiting = queueOf(model).map((each) => `${each.id}${each.flagged ? ' (needs attention)' : ''}`);
  const lines = [`Waiting: ${waiting.join(', ') || 'nobody'}.`];
  for (const agent of model.agents.values()) {
    const list = [...model.conversations.values()].flatMap((each) => {
      if (each.fromAgentId === agent.id) return [`${each.id} (being handed over)`];
      return each.agentId === agent.id ? [`${each.id}${each.stage === 'offered' ? ' (rings)' : ''}`] : [];
    });
    const status = `${agent.status === 'shortBreak' ? 'short break' : agent.status}${agent.connected ? '' : ', not connected'}`;
    lines.push(
      `${agent.id}: ${status}, ${loadOf(model, agent.id)} of ${agent.capacity}${list.length > 0 ? `, ${list.join(', ')}` : ''}.`,
    );
  }
  for (const assistant of model.assistants.values()) {
    const list = [...model.conversations.values()].flatMap((each) =>
      each.assistantId === assistant.id ? each.id : [],
    );
    const line = assistant.connected ? '' : ' (no line)';
    lines.push(`${assistant.id}, the assistant${line}: ${list.join(', ') || 'nobody'}.`);
  }
  return lines;
}

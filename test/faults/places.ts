/** A part of all places to test: every `stride`th, from `from` on. */
export interface Share {
  from: number;
  stride: number;
}

export interface Looked {
  places: number;
  /** The failures, each with its place. */
  wrong: string[];
}

/** Tests the places below `count` that are in the share; `each` throws on a failure. */
export async function look(
  count: number,
  { from, stride }: Share,
  each: (place: number) => void | Promise<void>,
): Promise<Looked> {
  const looked: Looked = { places: 0, wrong: [] };
  for (let place = from; place < count; place += stride) {
    looked.places += 1;
    try {
      await each(place);
    } catch (error) {
      looked.wrong.push(`${place}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return looked;
}

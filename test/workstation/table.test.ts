import { describe, expect, it } from 'vitest';
import { Table } from '../../renderer/workstation/session/table';

const rows = (table: Table<string>) => [...table];

describe('a table', () => {
  it('is another one after a change, and the old one stays as it was', () => {
    const empty = Table.empty<string>();
    const one = empty.set('a', 'first');
    const two = one.set('b', 'second').set('a', 'changed');
    const three = two.delete('b');
    expect(rows(three)).toEqual([['a', 'changed']]);
    expect(rows(two)).toEqual([
      ['a', 'changed'],
      ['b', 'second'],
    ]);
    expect(rows(one)).toEqual([['a', 'first']]);
    expect(rows(empty)).toEqual([]);
  });

  it('is the same one after a change that changes nothing', () => {
    const table = Table.empty<string>().set('a', 'first');
    expect(table.set('a', 'first')).toBe(table);
    expect(table.delete('b')).toBe(table);
    expect(table.without(() => false)).toBe(table);
  });

  it('can be changed in two ways from one state', () => {
    const one = Table.empty<string>().set('a', 'first');
    const left = one.set('b', 'left');
    const right = one.set('b', 'right');
    expect([left.get('b'), right.get('b'), one.get('b')]).toEqual(['left', 'right', undefined]);
  });

  it('holds at every moment what a map would hold, whichever of them is read first', () => {
    const changes = [
      ['a', '1'],
      ['a', '2'],
      ['b', '1'],
      ['a', null],
      ['b', null],
    ] as const;
    const length = 4;
    for (let run = 0; run < changes.length ** length; run += 1) {
      const map = new Map<string, string>();
      const moments = [{ table: Table.empty<string>(), expected: rows(Table.empty()) }];
      for (let place = 0; place < length; place += 1) {
        const [id, row] = changes[Math.floor(run / changes.length ** place) % changes.length]!;
        const { table } = moments.at(-1)!;
        if (row === null) map.delete(id);
        else map.set(id, row);
        moments.push({ table: row === null ? table.delete(id) : table.set(id, row), expected: [...map] });
      }
      const first = moments[run % moments.length]!;
      expect(new Map(first.table)).toEqual(new Map(first.expected));
      for (const { table, expected } of moments) expect(new Map(table)).toEqual(new Map(expected));
      expect(rows(moments.at(-1)!.table)).toEqual([...map]);
    }
  });
});

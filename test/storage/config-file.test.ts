import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { configFromJson, configToJson, emptyConfig } from '../../main/hub/state/config';
import { configFile } from '../../main/hub/store/data-folder';
import { MemoryDisk } from './support/memory-disk';

const groups = [{ groupId: 'group-a', name: 'Orders', open: true, settings: {}, hours: null }];
const path = '/data/config.json';

type Edit = (file: {
  sum: string;
  config: { groups: { hours?: unknown }[]; cannedReplies?: unknown; officeHours?: unknown };
}) => void;

function saved(edit: Edit): MemoryDisk {
  const disk = new MemoryDisk();
  configFile(disk, '/data').save({ seq: 3, content: { ...configToJson(emptyConfig()), groups } });
  const file = JSON.parse(disk.peek(path)!.toString());
  edit(file);
  disk.spoil(path, Buffer.from(JSON.stringify(file)));
  return disk;
}

test('[HR1] a file from before there were hours is read as it is: every group is always open', () => {
  const disk = saved((file) => {
    delete file.config.groups[0]!.hours;
    file.sum = createHash('sha256').update(JSON.stringify(file.config), 'utf8').digest('hex');
  });
  expect(configFile(disk, '/data').load()?.content.groups).toEqual(groups);
  expect(disk.paths()).toEqual([path]);
});

test('[HR1] a file from before the office had hours is read as one of an office that is always open', () => {
  const disk = saved((file) => {
    delete file.config.officeHours;
    file.sum = createHash('sha256').update(JSON.stringify(file.config), 'utf8').digest('hex');
  });
  const content = configFile(disk, '/data').load()?.content;
  expect(content && configFromJson(content)).toMatchObject({ officeHours: null });
});

test('a file from before there were canned replies is read as one without any', () => {
  const disk = saved((file) => {
    delete file.config.cannedReplies;
    file.sum = createHash('sha256').update(JSON.stringify(file.config), 'utf8').digest('hex');
  });
  const content = configFile(disk, '/data').load()?.content;
  expect(content && configFromJson(content).cannedReplies).toEqual(new Map());
});

test('a file that was changed by hand is put aside, not used', () => {
  const disk = saved((file) => {
    delete file.config.groups[0]!.hours;
  });
  expect(configFile(disk, '/data').load()).toBeNull();
  expect(disk.paths()).toEqual(['/data/quarantine/config.json']);
});

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configToJson, emptyConfig } from '../../main/hub/state/config';
import { ConfigStore } from '../../main/hub/store/config-file';
import { temporaryFolder } from '../support/folder';

const groups = [{ groupId: 'group-a', name: 'Orders', open: true, settings: {}, hours: null }];

async function saved() {
  const path = join(temporaryFolder(), 'config.json');
  await new ConfigStore(path).save({ seq: 3, config: { ...configToJson(emptyConfig()), groups } });
  const change = (edit: (file: { sum: string; config: { groups: { hours?: unknown }[] } }) => void) => {
    const file = JSON.parse(readFileSync(path, 'utf8'));
    edit(file);
    writeFileSync(path, JSON.stringify(file));
  };
  return { path, change };
}

test('[HR1] a file from before there were hours is read as it is: every group is always open', async () => {
  const { path, change } = await saved();
  change((file) => {
    delete file.config.groups[0]!.hours;
    file.sum = createHash('sha256').update(JSON.stringify(file.config), 'utf8').digest('hex');
  });
  const store = new ConfigStore(path);
  expect((await store.load())?.config.groups).toEqual(groups);
  expect(store.wasBad).toBe(false);
});

test('a file that was changed by hand is not used', async () => {
  const { path, change } = await saved();
  change((file) => {
    delete file.config.groups[0]!.hours;
  });
  const store = new ConfigStore(path);
  expect(await store.load()).toBeNull();
  expect(store.wasBad).toBe(true);
});

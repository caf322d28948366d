import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { nodeDisk } from '../../main/hub/store/disk';
import { openHubKey } from '../../main/hub/store/hub-key';

const program = '/usr/sbin/nginx';

/** `npm test` installs it as root on Debian. */
function ensureNginx(): void {
  if (!existsSync(program)) throw new Error('nginx is missing. Type: sudo apt-get install -y nginx-light');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Clients of this nginx may claim another address, so that tests can come from networks that do not exist. */
export const claimedAddress = 'X-Claimed-Address';

/** nginx in front of the hub at `hubPort`, with the recipe of main/hub/listen/PROXY.md. Its files go into `folder`. */
export async function openNginx(folder: string, port: number, hubPort: number): Promise<{ stop(): Promise<void> }> {
  ensureNginx();
  for (const name of ['logs', 'body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) mkdirSync(join(folder, name));
  const { key, certificate } = await openHubKey(nodeDisk, folder);
  writeFileSync(join(folder, 'key.pem'), key);
  writeFileSync(join(folder, 'certificate.pem'), certificate);
  const recipe = /```nginx\n([\s\S]*?)```/.exec(readFileSync('main/hub/listen/PROXY.md', 'utf8'))![1]!;
  const fitted = recipe
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('listen [::]:443 ssl;', '')
    .replace('/etc/ssl/chat.example.com.pem', join(folder, 'certificate.pem'))
    .replace('/etc/ssl/chat.example.com.key', join(folder, 'key.pem'))
    .replaceAll('127.0.0.1:7801', `127.0.0.1:${hubPort}`);
  const temporary = ['client_body:body', 'proxy:proxy', 'fastcgi:fastcgi', 'uwsgi:uwsgi', 'scgi:scgi']
    .map((each) => each.split(':'))
    .map(([name, path]) => `${name}_temp_path ${join(folder, path!)};`);
  const config = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/logs/error.log;
events { worker_connections 2048; }
http { access_log off; set_real_ip_from 127.0.0.0/8; real_ip_header ${claimedAddress}; ${temporary.join(' ')}
${fitted}}`;
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, config);
  const nginx = spawn(program, ['-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  nginx.stderr.on('data', (data) => {
    said += data;
  });
  while (!(await answers(port))) if (nginx.exitCode !== null) throw new Error(`nginx has ended: ${said}`);
  return { stop: () => stop(nginx) };
}

async function stop(nginx: ChildProcess): Promise<void> {
  if (nginx.exitCode !== null) return;
  const ended = once(nginx, 'exit');
  nginx.kill('SIGKILL');
  await ended;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => setTimeout(() => resolve(false), 20));
  });
}

import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { installs } from './installs.ts';

const read = (text: string, path = 'scripts/install.sh') => collectFiles(installs, { [path]: text });

test('a unit in a here-document, with the line of the script', () => {
  const { facts, artifacts } = read(`#!/bin/bash
APP=shop
USER_NAME="$1"
cat > /etc/systemd/system/\${APP}.service <<EOF
[Unit]
Description=$APP
[Service]
User=$USER_NAME
WorkingDirectory=/srv/$APP
ExecStart=/srv/$APP/run --pid \\$MAINPID
Restart=always
EOF
sudo tee /etc/systemd/system/shop.timer > /dev/null <<'EOF'
[Timer]
OnCalendar=daily
EOF
`);
  expect(facts).toMatchObject([
    {
      name: 'shop.service',
      evidence: { file: 'scripts/install.sh', line: 10 },
      properties: {
        execStart: ['/srv/shop/run --pid $MAINPID'],
        workingDirectory: '/srv/shop',
        restart: 'always',
        installedAs: '/etc/systemd/system/shop.service',
      },
    },
    { name: 'shop.timer', evidence: { line: 15 } },
  ]);
  expect(facts[0]?.properties).not.toHaveProperty('user');
  expect(artifacts.unitFiles[0]?.user).toBe('⟨USER_NAME⟩');
});

test('a variable that may have another value is not put in', () => {
  const { facts } = read(
    'NAME=a\nif x; then\n  NAME=b\nfi\nread -p "port: " PORT\nPORT=80\ncat <<EOF > /etc/systemd/system/$NAME-api.service\n[Service]\nExecStart=/x --port $PORT\nEOF\n',
  );
  expect(facts).toMatchObject([{ name: '⟨NAME⟩-api.service', nameStatus: 'template' }]);
  expect(facts[0]?.properties).toEqual({ installedAs: '/etc/systemd/system/⟨NAME⟩-api.service' });
});

test('nor is one that is given two values, or one on a condition of a line', () => {
  const named = (before: string) =>
    read(`${before}\ncat > /etc/systemd/system/$NAME.service <<E\n[Service]\nExecStart=/x\nE\n`).facts.map(
      ({ name }) => name,
    );
  expect(named('NAME=a')).toEqual(['a.service']);
  expect(named('NAME=a\nNAME=b')).toEqual(['⟨NAME⟩.service']);
  expect(named('NAME=a\n[ -z "$1" ] || NAME=b')).toEqual(['⟨NAME⟩.service']);
});

test('a Dockerfile and a workflow', () => {
  expect(
    read(
      'FROM debian:13\nCOPY <<EOF /etc/systemd/system/a.service\n[Service]\nExecStart=/a\nEOF\n',
      'Dockerfile',
    ).facts,
  ).toMatchObject([{ name: 'a.service', sort: 'reference' }]);
  const run = [
    'on: push',
    'jobs:',
    '  x:',
    '    steps:',
    '      - run: |',
    "          ssh host 'sudo tee /etc/systemd/system/b.service <<EOF",
    '          [Service]',
    '          Environment=TOKEN=${{ secrets.TOKEN }}',
    '          ExecStart=/b',
    "          EOF'",
  ].join('\n');
  const { facts, artifacts } = read(run, '.github/workflows/d.yml');
  expect(facts).toMatchObject([{ name: 'b.service', evidence: { line: 9 } }]);
  expect(artifacts.unitFiles[0]?.environment[0]).not.toHaveProperty('digest');
});

test('what a script changes afterwards is stated by nothing', () => {
  const { facts } = read(
    'cat > /etc/systemd/system/a.service <<E\n[Service]\nUser=a\nExecStart=/a\nEnvironment=A=1\nE\nsed -i "s/a/$X/" /etc/systemd/system/a.service\n',
  );
  expect(facts).toMatchObject([{ name: 'a.service' }]);
  expect(facts[0]?.properties).toEqual({ installedAs: '/etc/systemd/system/a.service' });
});

test('the forms in which scripts write units', () => {
  const body = '[Service]\nExecStart=/a\nE\n';
  for (const command of [
    'sudo bash -c "cat > /etc/systemd/system/a.service" <<E',
    'cat <<E | sudo tee /etc/systemd/system/a.service > /dev/null',
    'sudo tee "/etc/systemd/system/a.service" >/dev/null << \'E\'',
    'cat << "E" >/etc/systemd/system/a.service',
    'install -m 644 /dev/stdin /etc/systemd/system/a.service <<-E',
  ])
    expect(read(`${command}\n${body}`).facts.map(({ name }) => name)).toEqual(['a.service']);
});

test('drop-ins of the same script change its unit', () => {
  const { artifacts } = read(
    'cat > /etc/systemd/system/a.service <<E\n[Service]\nUser=a\nE\ncat > /etc/systemd/system/a.service.d/o.conf <<E\n[Service]\nUser=b\nE\n',
  );
  expect(artifacts.unitFiles).toMatchObject([{ name: 'a.service', user: 'b' }]);
});

test('tables of cron, by here-document, by pipe and by echo', () => {
  const { facts } = read(`cat > /etc/cron.d/backup <<'EOF'
# nightly
MAILTO=root
0 3 * * * root /usr/local/bin/backup --password kP2vX9qLw7ZtB4nM
EOF
crontab -u deploy - <<EOF
@daily /srv/x
EOF
(crontab -l 2>/dev/null; echo "*/5 * * * * /srv/check.sh") | crontab -
echo "0 4 * * 1 www-data /srv/report" | sudo tee /etc/cron.d/report
echo "this is about crontab -l"
# echo "0 4 * * 1 root /no" > /etc/cron.d/no
`);
  expect(
    facts.map(({ name, properties, evidence }) => [
      name,
      properties?.schedule,
      properties?.user,
      'line' in evidence && evidence.line,
    ]),
  ).toEqual([
    ['/etc/cron.d/backup /usr/local/bin/backup --password …', '0 3 * * *', 'root', 4],
    ['crontab of deploy /srv/x', '@daily', undefined, 7],
    ['crontab /srv/check.sh', '*/5 * * * *', undefined, 9],
    ['/etc/cron.d/report /srv/report', '0 4 * * 1', 'www-data', 10],
  ]);
  expect(JSON.stringify(facts)).not.toContain('kP2vX9qLw7ZtB4nM');
});

test('other here-documents are left alone, and one that never ends costs nothing', () => {
  expect(read('cat > /etc/app.conf <<EOF\n[Service]\nUser=a\nEOF\n').facts).toEqual([]);
  expect(read('cat > /etc/systemd/system/a.service <<EOF\n[Service]\nUser=a\n').facts).toEqual([]);
  const started = performance.now();
  read(`${'cat > /etc/systemd/system/a.service <<EOF\n'.repeat(5_000)}[Service]\n`);
  read(`${'$('.repeat(900)}\n[Service]\n<<\n${'`'.repeat(900)}\ncrontab`.repeat(50));
  expect(performance.now() - started).toBeLessThan(3_000);
});

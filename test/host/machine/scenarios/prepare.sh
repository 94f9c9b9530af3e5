# shellcheck shell=sh
# Before the boot, in the machine's root folder: users, keys, rights, what depends on today's date.
set -eu
useradd --system --home-dir /opt/phare --shell /usr/sbin/nologin phare
useradd --create-home --shell /bin/bash exploit
useradd --create-home --shell /bin/sh visiteur
printf 'exploit:%s\n' "$(head -c 18 /dev/urandom | base64)" | chpasswd
for user in exploit visiteur; do
  install -d -m 700 -o "$user" -g "$user" "/home/$user/.ssh"
  install -m 600 -o "$user" -g "$user" /root/.ssh/authorized_keys "/home/$user/.ssh/authorized_keys"
done
chmod 600 /root/.ssh/authorized_keys
chown -R root:root /root/.ssh /etc/sudoers.d /etc/cron.d /etc/ssh
chmod 440 /etc/sudoers.d/exploit
chmod 644 /etc/cron.d/phare

# The default of the example file is in use: nobody replaced it.
cat >/opt/phare/backend/.env <<'END'
PHARE_SECRET_KEY=change-this-secret-before-production
PHARE_ADMIN_PASSWORD=env-canary-0d84b7c2f1a94e63
DATABASE_URL=sqlite:///./phare.db
PHARE_MODE=direct
PHARE_TOKEN_HOURS=24
END
sqlite3 /opt/phare/backend/phare.db 'create table runs (id integer primary key, at text);'
chown -R phare:phare /opt/phare/backend
chmod 600 /opt/phare/backend/.env /opt/phare/backend/phare.db
chmod 750 /opt/phare/backend

mkdir -p -m 755 /etc/ssl/phare
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 5 -subj '/CN=phare.example' \
  -addext 'subjectAltName=DNS:phare.example,DNS:www.phare.example' \
  -keyout /etc/ssl/phare/phare.example.key -out /etc/ssl/phare/phare.example.crt 2>/dev/null
chmod 600 /etc/ssl/phare/phare.example.key

rm -f /etc/nginx/sites-enabled/default
ln -sf ../sites-available/phare-legacy /etc/nginx/sites-enabled/phare-legacy
systemctl --quiet enable phare-api.service phare-backup.timer phare-import.service phare-notify.socket nftables.service
systemctl --quiet mask systemd-resolved.service systemd-timesyncd.service 2>/dev/null || :

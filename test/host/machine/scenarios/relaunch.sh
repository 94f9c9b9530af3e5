# shellcheck shell=sh
# Somebody starts the retired Compose file, with the program of Compose itself. What it says is kept: it fails on the port
# that the running front has.
cd /opt/phare/compose
docker-compose --ansi never --project-name phare --file docker-compose.yml.RETIRED up --detach --no-build \
  >/var/log/relaunch.log 2>&1
printf 'exit code %s\n' "$?" >>/var/log/relaunch.log

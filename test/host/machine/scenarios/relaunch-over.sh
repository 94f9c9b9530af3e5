# shellcheck shell=sh
# The same with the name of the project that runs: what has the name of a running service is put in its place.
cd /opt/phare/compose
docker-compose --ansi never --project-name phare --file docker-compose.yml.RETIRED up --detach --no-build \
  >/var/log/relaunch.log 2>&1
printf 'exit code %s\n' "$?" >>/var/log/relaunch.log

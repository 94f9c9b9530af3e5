# shellcheck shell=sh
# Somebody starts the retired Compose file where it lies, with the program of Compose itself: its project is called as its
# folder. What it says is kept: it fails on the port that the running front has.
cd /opt/phare/compose
docker-compose --ansi never --file docker-compose.yml.RETIRED up --detach --no-build >/var/log/relaunch.log 2>&1
printf 'exit code %s\n' "$?" >>/var/log/relaunch.log

# shellcheck shell=sh
# What somebody changed by hand, and did not tell.
set -eu
# A newer image than the file says, with another address of the API.
docker rm --force phare-front >/dev/null
docker tag registry.example/phare/front:1.4.2 registry.example/phare/front:1.5.0-rc1
# shellcheck disable=SC2046
docker run --detach --name phare-front --network edge-net --network-alias front --restart no --publish 0.0.0.0:8002:80 \
  --env PHARE_API=http://192.168.100.46:8001 \
  $(printf -- '--label com.docker.compose.%s\n' project=phare service=front container-number=1 oneoff=False \
    project.config_files=/opt/phare/compose/docker-compose.yml project.working_dir=/opt/phare/compose version=1.29.2) \
  registry.example/phare/front:1.5.0-rc1 >/dev/null
# Containers that no file declares, with more rights than they need. The second is not started: a container in a container
# is given no privileges.
docker run --detach --name essai --cap-add SYS_ADMIN --publish 127.0.0.1:9229:80 --restart always \
  registry.example/phare/front:1.4.2 >/dev/null
docker create --name essai-complet --privileged registry.example/phare/front:1.4.2 >/dev/null
# Units that were stopped; last, because disabling one loads all files anew, the file of one that was changed since.
systemctl stop phare-notify.socket
systemctl --quiet disable phare-backup.timer
systemctl stop phare-backup.timer
sed -i 's/--host 0.0.0.0/--host 127.0.0.1/' /etc/systemd/system/phare-api.service

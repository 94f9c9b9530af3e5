# shellcheck shell=sh
# The real Traefik, with the same files and labels.
set -eu
docker rm --force phare-edge >/dev/null
# shellcheck disable=SC2046
docker run --detach --name phare-edge --network edge-net --restart unless-stopped --env HOME=/tmp \
  --publish 80:80 --publish 443:443 --publish 8080:8080 \
  --volume /var/run/docker.sock:/var/run/docker.sock:ro --volume /opt/phare/edge:/etc/traefik:ro \
  --volume /etc/ssl/phare:/etc/ssl/phare:ro --volume /opt/traefik:/opt/traefik:ro \
  $(printf -- '--label com.docker.compose.%s\n' project=edge service=traefik container-number=1 oneoff=False \
    project.config_files=/opt/phare/edge/docker-compose.yml project.working_dir=/opt/phare/edge version=1.29.2) \
  traefik:v3.6.7 /opt/traefik --configfile=/etc/traefik/traefik.yml >/dev/null
tries=0
until curl -fsS http://127.0.0.1:8080/api/rawdata 2>/dev/null | grep -q phare-front@file; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || { docker logs phare-edge; exit 1; }
  sleep 0.1
done

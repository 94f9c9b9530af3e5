# shellcheck shell=sh
# The host as it is meant to run, once it is up: images, networks, containers. There is no registry: images are made of
# the machine's own programs.
set -eu
layer=/var/lib/constat-layer
mkdir -p "$layer/etc" "$layer/tmp" "$layer/var/log/nginx" "$layer/var/lib/nginx" "$layer/run" "$layer/usr/share/nginx/html"
# Programs with the libraries that they ask for.
for program in /bin/sh /bin/sleep /usr/bin/test /usr/sbin/nginx /usr/bin/python3 \
  /usr/lib/python3.11/lib-dynload/_ssl.*.so; do
  { printf '%s\n' "$program" && readlink -f "$program" && ldd "$(readlink -f "$program")" | grep -o '/[^ ]*'; }
done | sort -u | tar -c -h -f - --ignore-failed-read -T - 2>/dev/null | tar -x -f - -C "$layer" 2>/dev/null
cp -a /usr/lib/python3.11 "$layer/usr/lib/" 2>/dev/null
rm -rf "$layer/usr/lib/python3.11/test" "$layer/usr/lib/python3.11/idlelib"
cp -r /etc/passwd /etc/group "$layer/etc/"
mkdir -p "$layer/etc/nginx" && cp /etc/nginx/mime.types "$layer/etc/nginx/"
cat >"$layer/etc/nginx/nginx.conf" <<'END'
error_log /dev/stderr;
events {}
http {
    include mime.types;
    access_log off;
    server {
        listen 80;
        root /usr/share/nginx/html;
        location = /health { return 200 "front\n"; }
    }
}
END
printf '<!doctype html><title>Phare, front</title>\n' >"$layer/usr/share/nginx/html/index.html"
import() {
  tag=$1
  shift
  tar -c -C "$layer" . | docker import "$@" - "$tag" >/dev/null
}
import registry.example/phare/front:1.4.2 --change 'CMD ["nginx", "-g", "daemon off;"]' --change 'EXPOSE 80' \
  --change 'ENV PATH=/usr/sbin:/usr/bin:/sbin:/bin' --change 'LABEL org.opencontainers.image.version=1.4.2'
# The others are the same layer with another name.
for tag in registry.example/phare/worker:1.4.2 registry.example/phare/front:1.1.0 registry.example/phare/backend:1.1.0 \
  traefik:v3.6.7; do
  docker tag registry.example/phare/front:1.4.2 "$tag"
done

folder=/opt/phare/compose
docker network create --subnet 192.168.200.0/24 --gateway 192.168.200.1 --label com.docker.compose.project=edge \
  --label com.docker.compose.network=edge-net edge-net >/dev/null
docker volume create --label com.docker.compose.project=phare --label com.docker.compose.volume=phare-data phare-data >/dev/null

# What Compose writes on the containers that it makes. $1 is the project, $2 the service, $3 its file.
labels() {
  printf -- '--label com.docker.compose.%s\n' "project=$1" "service=$2" "container-number=1" oneoff=False \
    "project.config_files=$3" "project.working_dir=${3%/*}" version=1.29.2
}
# shellcheck disable=SC2046
docker run --detach --name phare-front --network edge-net --network-alias front --restart unless-stopped \
  --publish 8002:80 --health-cmd 'test -s /run/nginx.pid' --health-interval 1s \
  --env PHARE_API=http://192.168.200.1:8001 --env FRONT_TOKEN=container-canary-51c7ae09d3b8f264 \
  $(labels phare front "$folder/docker-compose.yml") registry.example/phare/front:1.4.2 >/dev/null
# shellcheck disable=SC2046
docker run --detach --name phare-worker --network edge-net --restart always \
  $(labels phare worker "$folder/docker-compose.yml") registry.example/phare/worker:1.4.2 \
  sh -c 'sleep 0.2; exit 3' >/dev/null
# shellcheck disable=SC2046
docker run --detach --name phare-edge --network edge-net --restart unless-stopped --stop-timeout 1 \
  --publish 80:80 --publish 443:443 --publish 8080:8080 \
  --volume /var/run/docker.sock:/var/run/docker.sock:ro --volume /opt/phare/edge:/etc/traefik:ro \
  --volume /etc/ssl/phare:/etc/ssl/phare:ro \
  $(labels edge traefik /opt/phare/edge/docker-compose.yml) traefik:v3.6.7 \
  python3 /etc/traefik/stand-in/serve.py >/dev/null

# The proxy answers, the restarts of the one that fails are counted, and the other has said that it is well.
tries=0
until [ "$(docker inspect --format '{{.State.Health.Status}}' phare-front)" = healthy ] &&
  [ "$(docker inspect --format '{{.RestartCount}}' phare-worker)" -gt 0 ] &&
  curl -fsS -o /dev/null http://127.0.0.1:8080/api/version 2>/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 200 ] || { docker ps -a; exit 1; }
  sleep 0.1
done

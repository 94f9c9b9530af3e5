# shellcheck shell=sh
# The rules are those of iptables, for both families, and what containers publish is closed but for 80 and 443.
set -eu
# Not --now: stopping that unit flushes the tables of the Docker engine too.
systemctl disable --quiet nftables.service
nft delete table inet phare 2>/dev/null || :
for iptables in iptables ip6tables; do
  "$iptables" -A INPUT -i lo -j ACCEPT
  "$iptables" -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
  for port in 22 80 443; do "$iptables" -A INPUT -p tcp --dport "$port" -j ACCEPT; done
  "$iptables" -P INPUT DROP
done
iptables -A INPUT -s 192.168.200.0/24 -p tcp --dport 8001 -j ACCEPT
iptables -I DOCKER-USER -i eth0 -p tcp -m conntrack --ctorigdstport 80 -j RETURN
iptables -I DOCKER-USER 2 -i eth0 -p tcp -m conntrack --ctorigdstport 443 -j RETURN
iptables -I DOCKER-USER 3 -i eth0 -j DROP

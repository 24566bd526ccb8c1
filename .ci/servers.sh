# Servers and clients of Debian that tests talk to: a function for each says what it needs. Tests start them on ports of their own and stop them.
need() { for package in "$@"; do dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package"); done; }
need_collectd() { need collectd-core libyajl2 libcurl3-gnutls; }
need_prometheus() { need prometheus prometheus-node-exporter; }
need_mosquitto() { need mosquitto mosquitto-clients; }
need_rabbitmq() { need rabbitmq-server; }
need_redis() { need redis-server; }
need_nats() { need nats-server; }
need_pymongo() { need python3 python3-pymongo; }
need_influxdb() { need influxdb python3 python3-influxdb; }
need_postgres() { need postgresql; }
need_stress() { need stress-ng; }
need_systemd() { need systemd; }

#!/usr/bin/env bash
set -euo pipefail
IP=127.0.0.1
NAME=n1
CLUSTER="n2=http://${IP}:2380"
exec /opt/etcd/etcd \
 --name "$NAME" --data-dir=/opt/etcd/data \
 --initial-cluster "$CLUSTER"

#!/usr/bin/env bash
# Runs a command under mpirun with one rank on each of two hosts: network namespaces with an address and a name of their own, a wire between them, and no memory shared by MPI.
#   two-hosts.sh COMMAND...             both ranks run the command
#   two-hosts.sh --cut SECONDS COMMAND  the wire is cut after so many seconds; the last line of the output says how long mpirun then took to end
# Needs root and ip. Nothing is left behind, however it ends.
set -uo pipefail
cut=0
if [ "$1" = --cut ]; then
  cut=$2
  shift 2
fi

name=ranks$$
work=$(mktemp -d)
trap 'for host in 1 2; do ip netns pids "$name-$host" 2>/dev/null | xargs -r kill -9; ip netns delete "$name-$host" 2>/dev/null; done; rm -rf "$work"' EXIT
for host in 1 2; do
  ip netns add "$name-$host" || exit 77
  ip -n "$name-$host" link set lo up
done
ip link add "$name-1" netns "$name-1" type veth peer name "$name-2" netns "$name-2" || exit 77
for host in 1 2; do
  ip -n "$name-$host" address add "10.77.0.$host/24" dev "$name-$host"
  ip -n "$name-$host" link set "$name-$host" up
  # Each way takes half a millisecond, where the kernel has netem.
  ip netns exec "$name-$host" tc qdisc add dev "$name-$host" root netem delay 500us 2>/dev/null || echo "host $host: no netem in this kernel, the wire has no delay"
done

# What ssh is between real machines: mpirun calls it with an address and a command line.
cat >"$work/remote" <<REMOTE
#!/usr/bin/env bash
shift
exec ip netns exec "$name-2" unshare --uts bash -c 'hostname second-host; '"\$*"
REMOTE
chmod +x "$work/remote"

ip netns exec "$name-1" unshare --uts bash -c 'hostname first-host; exec "$@"' _ \
  mpirun --allow-run-as-root --host 10.77.0.1,10.77.0.2 -n 2 --mca plm_rsh_agent "$work/remote" --mca btl self,tcp \
  --mca oob_tcp_keepalive_time 2 --mca oob_tcp_keepalive_intvl 1 --mca oob_tcp_keepalive_probes 2 "$@" &
job=$!
if [ "$cut" != 0 ]; then
  sleep "$cut"
  ip -n "$name-2" link set "$name-2" down
  since=$SECONDS
fi
wait "$job"
status=$?
[ "$cut" = 0 ] || echo "ended $((SECONDS - since)) seconds after the cut"
exit "$status"

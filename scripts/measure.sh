#!/usr/bin/env bash
# Measures what people wait for - the start and the first answer - and what the server takes while it idles, and prints
# a Markdown table. Runs the README's run command twice, on ports and data of its own: once to have data and a consent,
# once to measure. Needs bash, curl and ps; touches nothing but loopback and LOCAL_DATA_DIR.
set -Eeuo pipefail
trap 'echo "measure: gave up in line $LINENO" >&2' ERR
cd "$(dirname "$0")/.."

# A port that nobody listens on, unlike any that was answered before.
next_port=$((20000 + RANDOM % 8000))
free_port() {
  local -n chosen=$1
  [[ -z ${chosen:-} ]] || return 0
  while (exec 3<>"/dev/tcp/localhost/$next_port") 2>/dev/null; do next_port=$((next_port + 1)); done
  chosen=$next_port
  next_port=$((next_port + 1))
}
for variable in HTTP_PORT HTTPS_PORT DB_PORT ENTRA_PORT FOUNDRY_PORT HOSTED_AGENT_PORT; do
  free_port "$variable"
  export "${variable?}"
done

own_data=
if [[ -z ${LOCAL_DATA_DIR:-} ]]; then
  LOCAL_DATA_DIR=$(mktemp -d)
  own_data=$LOCAL_DATA_DIR
fi
export LOCAL_DATA_DIR
log=$(mktemp)
run=

readonly START_LIMIT=600 STOP_LIMIT=90 IDLE_SECONDS=30 ANSWERS=20
readonly WEB=http://localhost:$HTTP_PORT
readonly ENTRA=http://localhost:$ENTRA_PORT/c0ffee00-0000-4000-8000-000000000001/oauth2/v2.0
readonly APP="client_id=c0ffee00-0000-4000-8000-0000000000a2&redirect_uri=http%3A%2F%2Flocalhost%3A$HTTP_PORT%2F"
readonly SCOPE='api%3A%2F%2Fc0ffee00-0000-4000-8000-0000000000a1%2FOrders.Read'
readonly VERIFIER=dGhyb3VnaGxpbmUtcmVhZG1lLWV4YW1wbGUtdmVyaWZpZXItMDAwMQ
readonly CHALLENGE=BVKUq8BmRjG4kynFSE1ntrFJ7n9vqyW-liR2sao8IvY

say() { echo "$*" >&2; }

fail() {
  say "measure: $*"
  exit 1
}

# Milliseconds of a clock that only differences are taken of.
now() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }

# Milliseconds as seconds with one digit, rounded.
seconds() { local tenths=$((($1 + 50) / 100)); echo "$((tenths / 10)).$((tenths % 10)) s"; }

# The text between $2 and the next quote in $1; empty if there is none.
member() {
  [[ $1 == *"$2"* ]] || return 0
  local rest=${1#*"$2"}
  echo "${rest%%\"*}"
}

start() {
  mvn -B -ntp -Prun >"$log" 2>&1 </dev/null &
  run=$!
  local limit=$((SECONDS + START_LIMIT))
  until grep -q '^Started in' "$log"; do
    kill -0 "$run" 2>/dev/null || { grep -v '^\[INFO\]' "$log" | tail -n 20 >&2; fail "the run command ended early"; }
    ((SECONDS < limit)) || fail "not ready within $START_LIMIT s"
    sleep 0.1
  done
}

stop() {
  [[ -n $run ]] || return 0
  kill -TERM "$run" 2>/dev/null || true
  local limit=$((SECONDS + STOP_LIMIT))
  while kill -0 "$run" 2>/dev/null && ((SECONDS < limit)); do sleep 0.2; done
  kill -KILL "$run" 2>/dev/null || true
  wait "$run" 2>/dev/null || true
  run=
}

clean_up() {
  stop
  rm -f "$log"
  [[ -z $own_data ]] || rm -rf "$own_data"
}
trap clean_up EXIT

# A token of Vic's for the order desk, by the scripted sign-in of the Entra stand-in.
token() {
  local sent_to answer
  sent_to=$(curl -sS -m 10 -o /dev/null -w '%{redirect_url}' "$ENTRA/authorize?$APP&response_type=code&scope=$SCOPE\
&code_challenge=$CHALLENGE&code_challenge_method=S256&login_hint=vic%40contoso.example&prompt=none")
  sent_to=${sent_to#*code=}
  answer=$(curl -sS -m 10 "$ENTRA/token" \
    -d "$APP&grant_type=authorization_code&code=${sent_to%%&*}&code_verifier=$VERIFIER")
  member "$answer" '"access_token":"'
}

chat() {
  curl -sS -m 60 "$WEB/api/v1/chat" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -H 'Accept: application/json' "$@"
}

# Milliseconds until the complete answer to one question in a new conversation.
answer_time() {
  local begin end answer
  begin=$(now)
  answer=$(chat -d '{"message":"list my orders"}')
  end=$(now)
  [[ $answer == *ORD-001* ]] || fail "the agent did not list Vic's orders"
  echo $((end - begin))
}

consent() {
  local answer link
  answer=$(chat -d '{"message":"list my orders"}')
  link=$(member "$answer" '"consent_link":"')
  [[ -n $link ]] || return 0
  curl -sS -m 30 -L -o /dev/null "${link//\\u0026/&}&login_hint=vic%40contoso.example&consent=accept"
}

say "Preparing: the first run builds, makes data and consents."
start
token=$(token)
consent
stop

say "Measuring."
begin=$(now)
start
warm_start=$(($(now) - begin))
reported=$(grep -o '^Started in [0-9.]* s' "$log")
sleep "$IDLE_SECONDS"
read -r server _ <"$LOCAL_DATA_DIR/server.pid"
rss=$(($(ps -o rss= -p "$server") / 1024))
token=$(token)
first=$(answer_time)
times=()
for ((i = 0; i < ANSWERS; i++)); do times+=("$(answer_time)"); done
mapfile -t sorted < <(printf '%s\n' "${times[@]}" | sort -n)
median=$(((sorted[ANSWERS / 2 - 1] + sorted[ANSWERS / 2]) / 2))
read -r load _ </proc/loadavg

cat <<TABLE
| Figure | Measured |
|---|---|
| Warm start: from the run command to ready | $(seconds "$warm_start") |
| of which the launcher, which Maven starts | ${reported#Started in } |
| Server memory (RSS), $IDLE_SECONDS s after ready | $rss MiB |
| First answer in the chat after the start, guided mode | $first ms |
| Answer in the chat, guided mode, median of $ANSWERS | $median ms |
| Load average of the machine at the end | $load |
TABLE

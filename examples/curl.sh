#!/usr/bin/env bash
# Usage: examples/curl.sh photo.jpg result.webp
set -euo pipefail

url=${NOGIL_URL:-http://localhost:4000}
photo=${1:?Usage: examples/curl.sh photo.jpg result.webp}
result=${2:?Usage: examples/curl.sh photo.jpg result.webp}

# Sends a query ($1) with variables as JSON ($2) and prints `data`; prints the errors and exits where there are any.
graphql() {
  jq -n --arg query "$1" --argjson variables "$2" '{ $query, $variables }' |
    curl -sS "$url/graphql" -H 'Content-Type: application/json' -H "Authorization: Bearer ${token-}" -d @- |
    data
}
data() {
  jq -e 'if .errors then .errors | halt_error else .data end'
}

# Register. `login` takes the same input for an account that exists.
account=$(jq -n --arg email "curl-$RANDOM-$$@example.com" '{ input: { $email, password: "correct horse battery" } }')
session=$(graphql 'mutation ($input: RegisterInput!) { register(input: $input) { accessToken refreshToken } }' "$account")
token=$(jq -r .register.accessToken <<<"$session")

# Upload: a GraphQL multipart request. The preflight header keeps other sites from sending it from a browser.
operations='{ "query": "mutation ($file: Upload!) { uploadImage(file: $file) { id width height } }", "variables": { "file": null } }'
image=$(curl -sS "$url/graphql" -H "Authorization: Bearer $token" -H 'apollo-require-preflight: 1' \
  -F operations="$operations" -F map='{ "0": ["variables.file"] }' -F "0=@$photo" | data)
id=$(jq -r .uploadImage.id <<<"$image")
echo "Uploaded $(jq -r '.uploadImage | "\(.width)x\(.height)"' <<<"$image")"

# Process one image and wait for the result.
operations='[{ "resize": { "width": 400, "height": 300, "fit": "COVER" } }, { "convert": { "format": "WEBP", "quality": 80 } }]'
input=$(jq -n --arg imageId "$id" --argjson operations "$operations" '{ input: { $imageId, $operations } }')
processed=$(graphql 'mutation ($input: ProcessImageInput!) { processImage(input: $input) { width height durationMs url } }' "$input")
echo "Processed to $(jq -r '.processImage | "\(.width)x\(.height)"' <<<"$processed")"

# Process many in the background: the job has an id at once. The key makes a repeated call return the same job.
input=$(jq -n --arg id "$id" --argjson operations "$operations" --arg idempotencyKey "example-$$" '{ input: { imageIds: [$id], $operations, $idempotencyKey } }')
job=$(graphql 'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }' "$input")
while :; do
  progress=$(graphql 'query ($id: ID!) { job(id: $id) { status completedCount totalCount } }' "$(jq .createBatchJob <<<"$job")")
  jq -r '.job | "Job \(.status): \(.completedCount) of \(.totalCount)"' <<<"$progress"
  case $(jq -r .job.status <<<"$progress") in QUEUED | PROCESSING) sleep 1 ;; *) break ;; esac
done

# The access token expires after minutes; the refresh token obtains a new pair.
session=$(graphql 'mutation ($refreshToken: String!) { refreshToken(refreshToken: $refreshToken) { accessToken refreshToken } }' "$(jq '.register | { refreshToken }' <<<"$session")")
token=$(jq -r .refreshToken.accessToken <<<"$session")
echo "Signed in as $(graphql '{ me { email } }' '{}' | jq -r .me.email)"

# Download: the address is signed and needs no token.
curl -sSf -o "$result" "$(jq -r .processImage.url <<<"$processed")"
echo "Saved $result"

#!/usr/bin/env python3
"""Usage: python3 examples/python.py photo.jpg result.webp

Python 3.9 or newer, standard library only.
"""
import base64
import json
import os
import pathlib
import socket
import ssl
import struct
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid

URL = os.environ.get("NOGIL_URL", "http://localhost:4000")
photo, result_file = map(pathlib.Path, sys.argv[1:3])
session = {}


def authorization():
    return {"Authorization": f"Bearer {session['accessToken']}"} if session else {}


def send(body, headers):
    """Sends a body to the API; returns `data`, or raises with the first error's code and message."""
    request = urllib.request.Request(f"{URL}/graphql", body, {**headers, **authorization()})
    try:
        with urllib.request.urlopen(request) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as error:
        answer = json.load(error)
    if "errors" in answer:
        error = answer["errors"][0]
        raise RuntimeError(f"{error['extensions']['code']}: {error['message']}")
    return answer["data"]


def graphql(query, variables=None):
    body = json.dumps({"query": query, "variables": variables or {}}).encode()
    return send(body, {"Content-Type": "application/json"})


def upload(path):
    """Uploads a file: a GraphQL multipart request."""
    query = "mutation ($file: Upload!) { uploadImage(file: $file) { id width height } }"
    fields = {
        "operations": json.dumps({"query": query, "variables": {"file": None}}),
        "map": json.dumps({"0": ["variables.file"]}),
    }
    boundary = uuid.uuid4().hex
    head = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    )
    head += f'--{boundary}\r\nContent-Disposition: form-data; name="0"; filename="{urllib.parse.quote(path.name)}"\r\n\r\n'
    body = head.encode() + path.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    return send(body, {"Content-Type": f"multipart/form-data; boundary={boundary}", "apollo-require-preflight": "1"})


class WebSocket:
    """A WebSocket client with what a subscription needs: text messages, pings, close."""

    def __init__(self, url, protocol):
        parts = urllib.parse.urlsplit(url)
        secure = parts.scheme == "https"
        self.socket = socket.create_connection((parts.hostname, parts.port or (443 if secure else 80)))
        if secure:
            self.socket = ssl.create_default_context().wrap_socket(self.socket, server_hostname=parts.hostname)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: {protocol}\r\n\r\n".encode()
        )
        self.stream = self.socket.makefile("rb")
        status = self.stream.readline().decode()
        if " 101 " not in status:
            raise RuntimeError(f"No WebSocket: {status.strip()}")
        while self.stream.readline() != b"\r\n":
            pass

    def send(self, message, opcode=1):
        data = message if isinstance(message, bytes) else json.dumps(message).encode()
        length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack("!H", len(data))
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))
        self.socket.sendall(bytes([0x80 | opcode]) + length + mask + masked)

    def receive(self):
        """The next message; raises when the server closes the socket."""
        text = b""
        while True:
            first, length = self.stream.read(2)
            if length >= 126:
                size = 2 if length == 126 else 8
                length = int.from_bytes(self.stream.read(size), "big")
            data = self.stream.read(length)
            opcode = first & 0x0F
            if opcode == 8:
                raise RuntimeError(f"Closed: {int.from_bytes(data[:2], 'big')} {data[2:].decode()}")
            if opcode == 9:
                self.send(data, opcode=10)
            elif opcode in (0, 1):
                text += data
                if first & 0x80:
                    return json.loads(text)


def subscribe(query, variables):
    """Yields the events of a subscription: the protocol graphql-transport-ws."""
    web_socket = WebSocket(f"{URL}/graphql", "graphql-transport-ws")
    web_socket.send({"type": "connection_init", "payload": authorization()})
    while True:
        message = web_socket.receive()
        kind = message["type"]
        if kind == "connection_ack":
            web_socket.send({"id": "1", "type": "subscribe", "payload": {"query": query, "variables": variables}})
        elif kind == "ping":
            web_socket.send({"type": "pong"})
        elif kind == "next":
            yield message["payload"]["data"]
        elif kind == "complete":
            web_socket.socket.close()
            return
        elif kind == "error":
            raise RuntimeError(json.dumps(message["payload"]))


# Register. `login` takes the same input for an account that exists.
TOKENS = "accessToken refreshToken"
account = {"email": f"python-{uuid.uuid4()}@example.com", "password": "correct horse battery"}
register = "mutation ($input: RegisterInput!) { register(input: $input) { %s } }" % TOKENS
session = graphql(register, {"input": account})["register"]

image = upload(photo)["uploadImage"]
print(f"Uploaded {image['width']}x{image['height']}")

# Process one image and wait for the result.
operations = [{"resize": {"width": 400, "height": 300, "fit": "COVER"}}, {"convert": {"format": "WEBP", "quality": 80}}]
process = "mutation ($input: ProcessImageInput!) { processImage(input: $input) { width height durationMs url } }"
result = graphql(process, {"input": {"imageId": image["id"], "operations": operations}})["processImage"]
print(f"Processed to {result['width']}x{result['height']}")

# Process many in the background. The key makes a repeated call return the same job.
create = "mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }"
asked = {"imageIds": [image["id"]], "operations": operations, "idempotencyKey": f"example-{image['id']}"}
job = graphql(create, {"input": asked})["createBatchJob"]
# The first event is the stored state, so nothing is missed; the subscription completes with the job.
progress = "subscription ($id: ID!) { jobProgress(jobId: $id) { status completedCount totalCount } }"
for event in subscribe(progress, job):
    state = event["jobProgress"]
    print(f"Job {state['status']}: {state['completedCount']} of {state['totalCount']}")

# The access token expires after minutes; the refresh token obtains a new pair.
refresh = "mutation ($refreshToken: String!) { refreshToken(refreshToken: $refreshToken) { %s } }" % TOKENS
session = graphql(refresh, {"refreshToken": session["refreshToken"]})["refreshToken"]
print(f"Signed in as {graphql('{ me { email } }')['me']['email']}")

# Download: the address is signed and needs no token.
with urllib.request.urlopen(result["url"]) as response:
    result_file.write_bytes(response.read())
print(f"Saved {result_file}")

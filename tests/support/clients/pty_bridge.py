"""Runs a command on a pseudo-terminal: standard input is typed there, and what it shows is written to standard output."""

import fcntl
import os
import pty
import select
import struct
import sys
import termios

ROWS, COLUMNS = 40, int(os.environ.get("PTY_COLUMNS", "100"))

pid, terminal = pty.fork()
if pid == 0:
    # Before the command starts, which may read the size at once.
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])
sources = [terminal, 0]
while terminal in sources:
    for source in select.select(sources, [], [])[0]:
        try:
            data = os.read(source, 65536)
        except OSError:  # Linux reports the end of a pseudo-terminal as an error.
            data = b""
        if not data:
            sources.remove(source)
        elif source == terminal:
            os.write(1, data)
        else:
            os.write(terminal, data)
_, status = os.waitpid(pid, 0)
code = os.waitstatus_to_exitcode(status)
# As a shell reports the end by a signal.
sys.exit(code if code >= 0 else 128 - code)

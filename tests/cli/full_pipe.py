"""Runs a command whose stdout is a small non-blocking pipe that is read late; prints what came."""

import fcntl
import os
import subprocess
import sys
import time

reader, writer = os.pipe()
fcntl.fcntl(writer, fcntl.F_SETFL, fcntl.fcntl(writer, fcntl.F_GETFL) | os.O_NONBLOCK)
if hasattr(fcntl, "F_SETPIPE_SZ"):
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
child = subprocess.Popen(sys.argv[1:], stdout=writer)
os.close(writer)
time.sleep(1)
while chunk := os.read(reader, 1000):
    sys.stdout.buffer.write(chunk)
sys.exit(child.wait())

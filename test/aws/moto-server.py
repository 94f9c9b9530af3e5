"""A moto server on a free port of the loopback interface. Says the port, and ends when its standard input does.

So it never outlives whoever started it, however that one ended.
"""

import sys

from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()

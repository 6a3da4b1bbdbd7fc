"""Stands in for the tracker of XGBoost: lets all workers meet, within a time, and ends when they have left."""

import socket
import threading
import time


class RabitTracker:
    def __init__(self, n_workers, host_ip, port, sortby, timeout):
        self.n_workers, self.timeout, self.error = n_workers, timeout, None
        self.listener = socket.create_server((host_ip, port))
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def start(self):
        self.thread.start()

    def serve(self):
        workers = []
        give_up = time.monotonic() + self.timeout
        try:
            while len(workers) < self.n_workers:
                self.listener.settimeout(max(0.01, give_up - time.monotonic()))
                worker = self.listener.accept()[0]
                worker.settimeout(5)
                if worker.recv(1):  # else somebody looked whether it is there
                    workers.append(worker)
            for worker in workers:
                worker.sendall(b"go")
            for worker in workers:
                worker.settimeout(self.timeout)
                worker.recv(1)
        except OSError as error:
            self.error = error
            for worker in workers:
                worker.close()

    def wait_for(self):
        self.thread.join()
        if self.error:
            raise RuntimeError(f"not all workers came: {self.error}")

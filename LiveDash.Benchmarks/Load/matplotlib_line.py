"""A line of n points, 800 x 450, as a PNG by matplotlib's Agg: prints the median milliseconds of one picture."""
import io
import statistics
import sys
import time

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

n, rounds = int(sys.argv[1]), int(sys.argv[2])
times = np.datetime64("2026-11-01", "ms") + np.arange(n) * np.timedelta64(100, "ms")
values = 40 + 15 * np.sin(np.arange(n) * 20 / n) + np.random.default_rng(1).normal(0, 3, n)
took = []
for _ in range(rounds + 1):
    begin = time.process_time()
    figure, axes = plt.subplots(figsize=(8, 4.5), dpi=100)
    axes.plot(times, values, linewidth=1.5, label="cpu.load")
    axes.set_title("cpu.load")
    axes.grid(True)
    # "best" would search all points for free room.
    axes.legend(loc="upper right")
    figure.savefig(io.BytesIO(), format="png")
    plt.close(figure)
    took.append((time.process_time() - begin) * 1000)
print(statistics.median(took[1:]))

"""The peer of GET /api/points: a Flask generator endpoint over points held in a list, as its documentation shows it, and with lines joined."""
import json
import random
import socket
import sys

from flask import Flask, Response

app = Flask(__name__)
rng = random.Random(1)
points = [{"pt": [round(rng.random() * 50, 3), round(rng.random() * 50, 3)], "id": i} for i in range(int(sys.argv[1]))]


@app.route("/get_points")
def get_points():
    def generate():
        for point in points:
            yield json.dumps(point) + "\n"
    return Response(generate(), mimetype="application/x-ndjson")


@app.route("/get_points_joined")
def get_points_joined():
    def generate():
        for start in range(0, len(points), 1000):
            yield "".join(json.dumps(point) + "\n" for point in points[start:start + 1000])
    return Response(generate(), mimetype="application/x-ndjson")


if __name__ == "__main__":
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app.run(port=port, threaded=True)

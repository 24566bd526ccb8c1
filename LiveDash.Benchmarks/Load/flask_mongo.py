"""The peer of GET /get_points over a collection: a Flask generator endpoint over a pymongo cursor, as their documentations show them."""
import json
import socket
import sys

from flask import Flask, Response
from pymongo import MongoClient

app = Flask(__name__)
coords = MongoClient(sys.argv[1])["test"]["coords"]


@app.route("/get_points")
def get_points():
    def generate():
        for point in coords.find({}, {"_id": 0}):
            yield json.dumps({"pt": point["pt"], "id": point["id"]}) + "\n"
    return Response(generate(), mimetype="application/x-ndjson")


if __name__ == "__main__":
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app.run(port=port, threaded=True)

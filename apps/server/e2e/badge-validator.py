"""Asks the validator of 1EdTech (openbadges 1.1.2) about badges, without a network.

Reads { "documents": { url: JSON, or PNG in base64 }, "badges": [{ "badge", "recipient"? }] } from
standard input and writes the list of its reports. The context of Open Badges 2.0 is the validator's own.
"""
import base64
import collections
import collections.abc
import json
import sys

# The validator and python-jose 3.0 look for these where they were before Python 3.10.
for name in ("Callable", "Iterable", "Mapping", "MutableMapping", "MutableSet", "Sequence", "Set"):
    setattr(collections, name, getattr(collections.abc, name))

import requests
import requests_cache

question = json.load(sys.stdin)
documents = question["documents"]


class Answer(requests.Response):
    from_cache = False


class Documents:
    """Stands where the validator opens its sessions, and answers from the documents alone."""

    def __init__(self, *args, **options):
        pass

    def get(self, url, **options):
        if url not in documents:
            raise requests.ConnectionError("There is no document at " + url)
        document = documents[url]
        is_picture = isinstance(document, str)
        answer = Answer()
        answer.url = url
        answer.status_code = 200
        answer.encoding = "utf-8"
        answer.headers["Content-Type"] = "image/png" if is_picture else "application/ld+json"
        answer._content = base64.b64decode(document) if is_picture else json.dumps(document).encode()
        return answer

    def remove_expired_responses(self):
        pass


requests.Session = requests_cache.CachedSession = Documents

from openbadges.verifier import verify
from openbadges.verifier.openbadges_context import (
    OPENBADGES_CONTEXT_V2_DICT,
    OPENBADGES_CONTEXT_V2_URI,
)

documents[OPENBADGES_CONTEXT_V2_URI] = OPENBADGES_CONTEXT_V2_DICT
reports = [verify(one["badge"], one.get("recipient"))["report"] for one in question["badges"]]
json.dump(reports, sys.stdout)

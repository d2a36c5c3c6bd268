import json
import logging
import sys

from mobilization.core.context import request_context
from mobilization.core.logs import JsonFormatter, RequestIdFilter


def line_for(message, *args, exc_info=None):
    record = logging.LogRecord("mobilization.test", logging.WARNING, __file__, 1, message, args, exc_info)
    RequestIdFilter().filter(record)
    return JsonFormatter().format(record)


def test_json_line_names_its_request():
    with request_context("abc12345"):
        entry = json.loads(line_for("Ký số %s", "01/QĐ"))
    assert (entry["message"], entry["request_id"], entry["level"]) == ("Ký số 01/QĐ", "abc12345", "WARNING")


def test_json_line_typed_newlines_stay_one_line():
    assert line_for("%s", 'a\n{"level": "FORGED"}').count("\n") == 0


def test_json_line_carries_the_exception():
    try:
        int("wrong")
    except ValueError:
        entry = json.loads(line_for("failed", exc_info=sys.exc_info()))
    assert entry["exception"].startswith("Traceback")

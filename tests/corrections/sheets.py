"""What the files of “Are papers on time?” say of a corrected target."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any


def assert_both_targets(visitor: Any) -> None:
    for name in ("notice", "notice-by-paper"):
        sheet = visitor.client.get(f"/boards/northfirth/{name}.csv").data.decode("utf-8-sig")
        for row in csv.DictReader(StringIO(sheet)):
            assert "The target for papers: was 7 days, now 14 days." in row["corrections"]
            assert (row["target_days"], row["target_days_uncorrected"]) == ("14", "7"), name

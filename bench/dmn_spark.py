"""
Decides people by SQL in a local Spark; run apart by bench/dmn_cross_check.py.

`dmn_spark.py ASKED.json`: a list of {people: a Parquet file, sql, rows: where they are written}.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql.functions import expr

session = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.session.timeZone", "UTC")
    .getOrCreate()
)
for asked in json.loads(Path(sys.argv[1]).read_text("utf-8")):
    people = session.read.parquet(asked["people"])
    rows = people.select("person", expr(asked["sql"]).cast("bigint").alias("row"))
    rows.write.parquet(asked["rows"])
session.stop()

#!/usr/bin/env python3
"""Clickpath's figures, calculated a second time and independently: no Clickpath code, no SQL, no package.

    python3 oracle.py FOLDER [TIME_ZONE] > figures.json

Reads FOLDER/*.csv and *.csv.gz and prints {figure: {key: {measure: integer}}}, sorted. The definitions are
those of the design page; where it leaves something open, the comment here says what was chosen.
oracle.duckdb.sql must print the same.
"""
import csv
import datetime
import decimal
import glob
import gzip
import json
import os
import re
import sys
import urllib.parse
import zoneinfo
from collections import defaultdict

SESSION_TIMEOUT_MS = 30 * 60 * 1000
LOOKBACK_MS = 7 * 24 * 60 * 60 * 1000
PURCHASES = ("checkout_completed", "purchase")
COLUMNS = ("client_id", "page_url", "referrer", "timestamp", "event_name", "event_data", "user_agent")


def canonical(header):
    return re.sub("[^a-z0-9]", "", header.lower())


def device(user_agent):
    """The one place of the device rule; first match wins."""
    agent = (user_agent or "").lower()
    if re.search("bot|crawl|spider|slurp|headlesschrome|python-requests|facebookexternalhit|lighthouse|curl/|wget/", agent):
        return "bot"
    if re.search("ipad|tablet|kindle|silk/", agent) or ("android" in agent and "mobile" not in agent):
        return "tablet"
    if re.search("iphone|ipod|android|windows phone|mobile", agent):
        return "mobile"
    if re.search("windows nt|macintosh|x11|cros|linux", agent):
        return "desktop"
    return "other"


def epoch_ms(text):
    """None where it is no ISO time; one without an offset is UTC."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.timezone.utc)
    return (moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)) // datetime.timedelta(milliseconds=1)


def decoded(text):
    """As given where the bytes are no UTF-8."""
    try:
        return urllib.parse.unquote(text.replace("+", " "), errors="strict")
    except UnicodeDecodeError:
        return text


def utm_source(url):
    """The first value that is not empty once decoded and trimmed; the name is matched exactly."""
    for value in re.findall(r"[?&]utm_source=([^&#]*)", url or ""):
        value = decoded(value).strip(" ")
        if value:
            return value
    return None


def cents(value):
    """A number, or a string that is one; halves away from zero."""
    if value is None or isinstance(value, (bool, list, dict)):
        return None
    try:
        number = decimal.Decimal(str(value))
        return int((number * 100).quantize(decimal.Decimal(1), decimal.ROUND_HALF_UP)) if number.is_finite() else None
    except decimal.InvalidOperation:
        return None


def whole(value):
    number = cents(value)
    return number // 100 if number is not None and number % 100 == 0 else None


def first(payload, *names):
    return next((payload[name] for name in names if payload.get(name) is not None), None)


def payload_of(text):
    for candidate in (text, text.replace("'", '"')):
        try:
            value = json.loads(candidate, parse_float=decimal.Decimal, parse_constant=int)  # int("NaN") raises: no JSON
            return value if isinstance(value, dict) else {}
        except ValueError:
            pass
    return {}


def read(folder):
    """Every record as (file number, record number, file name, {canonical column: text, None where the column is missing})."""
    names = sorted(os.path.basename(path) for pattern in ("*.csv", "*.csv.gz") for path in glob.glob(os.path.join(folder, pattern)))
    for number, name in enumerate(names):
        opener = gzip.open if name.endswith(".gz") else open
        with opener(os.path.join(folder, name), "rt", encoding="utf-8-sig", newline="") as stream:
            records = csv.reader(stream, strict=True)
            header = [canonical(cell) for cell in next(records, [])]
            place = {column: header.index(canonical(column)) for column in COLUMNS if canonical(column) in header}
            for line, record in enumerate(records):
                if len(record) == len(header):
                    yield number, line, name, {column: record[place[column]] if column in place else None for column in COLUMNS}


def figures(folder, zone_name="UTC"):
    zone = zoneinfo.ZoneInfo(zone_name)
    result = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))

    def add(figure, key, **measures):
        for measure, value in measures.items():
            result[figure][key][measure] += value

    def day(ms):
        return datetime.datetime.fromtimestamp(ms // 1000, zone).date().isoformat() if ms is not None else "unknown"

    # Load and drop exact duplicates: the raw text of DESIGN's seven, an absent column equal to an empty cell.
    seen, events = set(), []
    for number, line, name, record in read(folder):
        identity = (number, *(record[c] or "" for c in COLUMNS[:-1]))
        is_duplicate = identity in seen
        seen.add(identity)
        add("files", name, records=1, duplicates=int(is_duplicate), events=int(not is_duplicate))
        add("totals", "all", records=1, duplicates=int(is_duplicate), events=int(not is_duplicate))
        add("nulls", name, **{column: int(not record[column]) for column in COLUMNS})
        if is_duplicate:
            continue
        record["order"] = (number, line)
        record["ms"] = epoch_ms(record["timestamp"])
        record["client"] = record["client_id"] or None
        record["source"] = utm_source(record["page_url"])
        record["session"] = None
        events.append(record)
        add("events_by_day", day(record["ms"]), events=1)
        add("events_by_name", record["event_name"] or "", events=1)

    # Sessions: events of one client with a readable time.
    by_client = defaultdict(list)
    for event in events:
        if event["client"] is None:
            add("totals", "all", clientless_events=1)
        elif event["ms"] is None:
            add("totals", "all", untimed_events=1)
        else:
            by_client[event["client"]].append(event)
    sessions = []
    for own in by_client.values():
        own.sort(key=lambda e: (e["ms"], e["order"]))
        previous = None
        for event in own:
            if previous is None or event["ms"] - previous > SESSION_TIMEOUT_MS:
                sessions.append([])
            sessions[-1].append(event)
            event["session"] = sessions[-1]
            previous = event["ms"]
    add("totals", "all", users=len(by_client), sessions=0, bounces=0, orders=0, revenue_cents=0, clientless_events=0, untimed_events=0)

    # Orders with their attribution.
    payloads = defaultdict(list)
    for event in events:
        if event["event_name"] not in PURCHASES:
            continue
        payload = payload_of(event["event_data"] or "")
        revenue = cents(payload.get("revenue"))
        order_id = first(payload, "transaction_id", "order_id")
        touches = [t for t in by_client.get(event["client"], ())
                   if t["source"] and event["ms"] is not None and event["ms"] - LOOKBACK_MS <= t["ms"] <= event["ms"]]
        first_click, last_click = (touches[0]["source"], touches[-1]["source"]) if touches else ("direct", "direct")
        event["revenue"] = revenue or 0
        order = {"orders": 1, "revenue_cents": revenue or 0}
        kind = "pure_direct" if not touches else "single_channel" if first_click == last_click else "assisted"
        add("totals", "all", **order, clientless_orders=int(event["client"] is None),
            orders_without_id=int(not order_id), orders_without_revenue=int(revenue is None))
        add("revenue_by_day", day(event["ms"]), **order)
        agent = (event["session"][0] if event["session"] else event)["user_agent"]  # of no session: its own
        add("revenue_by_device", device(agent) if event["session"] or agent else "unknown", **order)
        add("first_click", first_click, **order)
        add("last_click", last_click, **order)
        add("conversion_type", kind, **order)
        if order_id:
            payloads[str(order_id)].append(event["event_data"])

        # Items, and whether their prices are of a line or of a unit.
        items = payload.get("items")
        items = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        prices = [cents(first(item, "item_price", "price")) for item in items]
        counts = [whole(item.get("quantity")) for item in items]
        priced = [(p, q) for p, q in zip(prices, counts) if p is not None]
        lines, units = sum(p for p, _ in priced), sum(p * (1 if q is None else q) for p, q in priced)
        fit = ("no_items" if not items else "no_prices" if not priced else
               "both" if lines == revenue == units else
               "line_price" if lines == revenue else "unit_price" if units == revenue else "neither")
        add("item_prices", fit, **order, items=len(items), unpriced_items=len(items) - len(priced), line_cents=lines, unit_cents=units)
        of_order = defaultdict(list)
        for item, price, quantity in zip(items, prices, counts):
            of_order[str(first(item, "item_id", "product_id", "sku") or "unknown")].append((price or 0, quantity or 0))
        for product, bought in of_order.items():
            add("products", product, orders=1, units=sum(q for _, q in bought), line_cents=sum(p for p, _ in bought), unit_cents=sum(p * q for p, q in bought))
    for order_id, data in payloads.items():
        if len(data) > 1:
            add("repeated_orders", order_id, orders=len(data), payloads=len(set(data)))

    for session in sessions:
        bought = [e for e in session if "revenue" in e]
        measures = {"sessions": 1, "bounces": int(len(session) == 1), "converting_sessions": int(bool(bought))}
        sources = [e["source"] for e in session if e["source"]]
        add("totals", "all", **measures, session_events=len(session), session_orders=len(bought))
        add("sessions_by_day", day(session[0]["ms"]), **measures)
        add("sessions_by_device", device(session[0]["user_agent"]), **measures)
        add("sessions_by_channel", sources[-1] if sources else "direct", **measures,
            orders=len(bought), revenue_cents=sum(e["revenue"] for e in bought))
    return result


if __name__ == "__main__":
    csv.field_size_limit(sys.maxsize)
    sys.stdout.reconfigure(encoding="utf-8")
    json.dump(figures(*sys.argv[1:3]), sys.stdout, indent=2, sort_keys=True, ensure_ascii=False)
    print()

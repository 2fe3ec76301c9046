-- Clickpath's figures as a user who knows DuckDB would calculate them, straight from the raw files. It shares
-- nothing with Clickpath's loader or models: it is the other side of the differential tests, and of the benchmark.
-- Before it runs: SET VARIABLE events = 'FOLDER/*.csv*'; SET VARIABLE zone = 'UTC'; the Parquet part also wants
-- SET VARIABLE out = 'FOLDER'. Lines "-- part: NAME" cut it into parts that can be left out from the end.
SET TimeZone = 'UTC';
SET VARIABLE files = (SELECT list(file ORDER BY parse_filename(file)) FROM glob(getvariable('events')));

-- part: models
-- The one place of the device rule; first match wins.
CREATE MACRO device(user_agent) AS CASE
    WHEN regexp_matches(lower(user_agent), 'bot|crawl|spider|slurp|headlesschrome|python-requests|facebookexternalhit|lighthouse|curl/|wget/') THEN 'bot'
    WHEN regexp_matches(lower(user_agent), 'ipad|tablet|kindle|silk/')
        OR (contains(lower(user_agent), 'android') AND NOT contains(lower(user_agent), 'mobile')) THEN 'tablet'
    WHEN regexp_matches(lower(user_agent), 'iphone|ipod|android|windows phone|mobile') THEN 'mobile'
    WHEN regexp_matches(lower(user_agent), 'windows nt|macintosh|x11|cros|linux') THEN 'desktop'
    ELSE 'other'
END;

-- As given where the bytes are no UTF-8.
CREATE MACRO decoded(value) AS coalesce(TRY(url_decode(replace(value, '+', ' '))), value);

-- Of a repeated parameter the first value that is not empty once decoded and trimmed.
CREATE MACRO utm(url, name) AS CASE WHEN contains(url, name || '=') THEN list_filter(
    list_transform(regexp_extract_all(url, '[?&]' || name || '=([^&#]*)', 1), lambda value: trim(decoded(value))),
    lambda value: value <> ''
)[1] END;

CREATE MACRO cents(value) AS CAST(TRY_CAST(value AS DECIMAL(18, 2)) * 100 AS BIGINT);

CREATE MACRO spelt(name, column_name) AS regexp_replace(lower(column_name), '[^a-z0-9]', '', 'g') = name;

-- Every record, in the order of the files: rowid is that order. The stub makes a column that no file has NULL.
CREATE TEMP TABLE raw AS
WITH files AS (
    SELECT NULL::VARCHAR AS client_id, NULL::VARCHAR AS page_url, NULL::VARCHAR AS referrer, NULL::VARCHAR AS timestamp,
        NULL::VARCHAR AS event_name, NULL::VARCHAR AS event_data, NULL::VARCHAR AS user_agent, NULL::VARCHAR AS file_path
    WHERE false
    UNION ALL BY NAME
    FROM read_csv(
        getvariable('files'), all_varchar = true, union_by_name = true, filename = 'file_path', header = true,
        delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = true, max_line_size = 16000000
    )
)

SELECT
    parse_filename(file_path) AS file,
    coalesce(*COLUMNS(lambda name: spelt('clientid', name))) AS client_id,
    coalesce(*COLUMNS(lambda name: spelt('pageurl', name))) AS page_url,
    coalesce(*COLUMNS(lambda name: spelt('referrer', name))) AS referrer,
    coalesce(*COLUMNS(lambda name: spelt('timestamp', name))) AS timestamp,
    coalesce(*COLUMNS(lambda name: spelt('eventname', name))) AS event_name,
    coalesce(*COLUMNS(lambda name: spelt('eventdata', name))) AS event_data,
    coalesce(*COLUMNS(lambda name: spelt('useragent', name))) AS user_agent
FROM files;

-- Hashes find the few suspects cheaply; the texts themselves decide.
CREATE TEMP TABLE duplicates AS
WITH hashed AS (
    SELECT rowid AS event_id, hash(file, timestamp, event_name, event_data, page_url, referrer, client_id) AS content_hash
    FROM raw
),

suspects AS (
    SELECT event_id
    FROM hashed
    WHERE content_hash IN (SELECT content_hash FROM hashed GROUP BY ALL HAVING count(*) > 1)
)

SELECT raw.rowid AS event_id
FROM raw
WHERE raw.rowid IN (FROM suspects)
QUALIFY row_number() OVER (
    PARTITION BY file, timestamp, event_name, event_data, page_url, referrer, client_id ORDER BY raw.rowid
) > 1;

-- Narrow, since it is sorted next.
CREATE TEMP TABLE cleaned AS
SELECT rowid AS event_id, client_id, epoch_ms(TRY_CAST(timestamp AS TIMESTAMPTZ)) AS occurred_at_ms
FROM raw
WHERE rowid NOT IN (FROM duplicates);

-- A session number for each timed event of a client, and its position among them.
CREATE TEMP TABLE numbered AS
WITH with_previous AS (
    SELECT
        *,
        row_number() OVER client_events AS position,
        coalesce(occurred_at_ms - lag(occurred_at_ms) OVER client_events > 30 * 60 * 1000, true) AS starts_session
    FROM cleaned
    WHERE client_id IS NOT NULL AND occurred_at_ms IS NOT NULL
    WINDOW client_events AS (PARTITION BY client_id ORDER BY occurred_at_ms, event_id)
)

SELECT
    event_id,
    position,
    starts_session,
    count(*) FILTER (WHERE starts_session) OVER (
        PARTITION BY client_id ORDER BY position ROWS UNBOUNDED PRECEDING
    ) AS session_number
FROM with_previous;

CREATE TEMP TABLE events AS
SELECT
    cleaned.*,
    session_number,
    position,
    coalesce(starts_session, false) AS starts_session,
    CAST(make_timestamp(occurred_at_ms * 1000)::TIMESTAMPTZ AT TIME ZONE getvariable('zone') AS DATE) AS event_date,
    CASE event_name WHEN 'checkout_completed' THEN 'purchase' ELSE event_name END AS event_name,
    event_name AS raw_event_name,
    file,
    page_url,
    referrer,
    event_data,
    user_agent,
    utm(page_url, 'utm_source') AS utm_source
FROM cleaned
JOIN raw ON raw.rowid = cleaned.event_id
LEFT JOIN numbered ON numbered.event_id = cleaned.event_id;

CREATE TEMP TABLE purchases AS
WITH payloads AS (
    SELECT
        event_id, client_id, session_number, occurred_at_ms, event_date, event_data,
        CASE WHEN user_agent <> '' THEN device(user_agent) END AS own_device_type,
        CASE
            WHEN json_valid(event_data) THEN event_data::JSON
            WHEN json_valid(replace(event_data, '''', '"')) THEN replace(event_data, '''', '"')::JSON
        END AS payload
    FROM events
    WHERE event_name = 'purchase'
)

SELECT
    *,
    coalesce(payload ->> '$.transaction_id', payload ->> '$.order_id') AS order_id,
    cents(payload ->> '$.revenue') AS revenue_cents
FROM payloads;

CREATE TEMP TABLE sessions AS
WITH rolled_up AS (
    SELECT
        client_id,
        session_number,
        min(occurred_at_ms) AS started_at_ms,
        max(occurred_at_ms) AS ended_at_ms,
        count(*) AS event_count,
        any_value(event_date) FILTER (WHERE starts_session) AS session_date,
        any_value(user_agent) FILTER (WHERE starts_session) AS user_agent,
        arg_max(utm_source, position) FILTER (WHERE utm_source IS NOT NULL) AS last_source
    FROM events
    WHERE session_number IS NOT NULL
    GROUP BY client_id, session_number
),

session_orders AS (
    SELECT client_id, session_number, count(*) AS orders, sum(revenue_cents) AS revenue_cents
    FROM purchases
    WHERE session_number IS NOT NULL
    GROUP BY client_id, session_number
),

-- Once per distinct user agent.
devices AS (
    SELECT user_agent, device(user_agent) AS device_type
    FROM (SELECT DISTINCT user_agent FROM rolled_up)
)

SELECT
    rolled_up.* EXCLUDE (user_agent, last_source),
    coalesce(last_source, 'direct') AS channel,
    device_type,
    coalesce(session_orders.orders, 0) AS orders,
    coalesce(session_orders.revenue_cents, 0)::BIGINT AS revenue_cents
FROM rolled_up
LEFT JOIN session_orders USING (client_id, session_number)
JOIN devices ON devices.user_agent IS NOT DISTINCT FROM rolled_up.user_agent;

CREATE TEMP TABLE users AS
SELECT
    client_id,
    min(started_at_ms) AS first_seen_ms,
    max(ended_at_ms) AS last_seen_ms,
    count(*) AS sessions,
    sum(orders)::BIGINT AS orders,
    sum(revenue_cents)::BIGINT AS revenue_cents
FROM sessions
GROUP BY client_id;

CREATE TEMP TABLE touchpoints AS
SELECT event_id, client_id, position, occurred_at_ms, utm_source
FROM events
WHERE session_number IS NOT NULL AND utm_source IS NOT NULL;

CREATE TEMP TABLE orders AS
WITH clicks AS (
    SELECT
        purchases.event_id,
        arg_min(utm_source, position) AS first_click,
        arg_max(utm_source, position) AS last_click
    FROM purchases
    JOIN touchpoints
        ON touchpoints.client_id = purchases.client_id
        AND touchpoints.occurred_at_ms BETWEEN purchases.occurred_at_ms - 7 * 24 * 60 * 60 * 1000 AND purchases.occurred_at_ms
    GROUP BY purchases.event_id
)

SELECT
    purchases.*,
    coalesce(device_type, own_device_type, 'unknown') AS device_type, -- of no session: the purchase's own
    coalesce(first_click, 'direct') AS first_click,
    coalesce(last_click, 'direct') AS last_click,
    CASE
        WHEN first_click IS NULL THEN 'pure_direct'
        WHEN first_click = last_click THEN 'single_channel'
        ELSE 'assisted'
    END AS conversion_type
FROM purchases
LEFT JOIN clicks USING (event_id)
LEFT JOIN sessions USING (client_id, session_number);

CREATE TEMP TABLE order_items AS
WITH items AS (
    SELECT event_id, unnest(payload -> '$.items[*]') AS item
    FROM orders
)

SELECT
    event_id,
    coalesce(nullif(coalesce(item ->> '$.item_id', item ->> '$.product_id', item ->> '$.sku'), ''), 'unknown') AS product_id,
    coalesce(item ->> '$.item_name', item ->> '$.name') AS product_name,
    coalesce(cents(item ->> '$.item_price'), cents(item ->> '$.price')) AS price_cents,
    CASE WHEN cents(item ->> '$.quantity') % 100 = 0 THEN cents(item ->> '$.quantity') // 100 END AS quantity
FROM items
WHERE json_type(item) = 'OBJECT';

-- part: figures
-- Long, so that any two engines' answers can be laid beside each other: one integer a row.
CREATE TEMP TABLE figures AS
WITH order_prices AS (
    SELECT
        event_id,
        count(*) AS items,
        count(*) FILTER (WHERE price_cents IS NULL) AS unpriced_items,
        coalesce(sum(price_cents), 0) AS line_cents,
        coalesce(sum(price_cents * coalesce(quantity, 1)), 0) AS unit_cents
    FROM order_items
    GROUP BY event_id
),

order_fits AS (
    SELECT
        orders.revenue_cents, order_prices.*,
        CASE
            WHEN items IS NULL THEN 'no_items'
            WHEN items = unpriced_items THEN 'no_prices'
            WHEN line_cents = revenue_cents AND unit_cents = revenue_cents THEN 'both'
            WHEN line_cents = revenue_cents THEN 'line_price'
            WHEN unit_cents = revenue_cents THEN 'unit_price'
            ELSE 'neither'
        END AS fit
    FROM orders
    LEFT JOIN order_prices USING (event_id)
),

wide AS (
    SELECT 'files' AS figure, file AS key, {
        'records': count(*), 'duplicates': count(*) FILTER (WHERE rowid IN (FROM duplicates)),
        'events': count(*) FILTER (WHERE rowid NOT IN (FROM duplicates))}::MAP(VARCHAR, BIGINT) AS measures
    FROM raw GROUP BY file

    UNION ALL
    SELECT 'nulls', file, {
        'client_id': count(*) - count(client_id), 'page_url': count(*) - count(page_url), 'referrer': count(*) - count(referrer),
        'timestamp': count(*) - count(timestamp), 'event_name': count(*) - count(event_name),
        'event_data': count(*) - count(event_data), 'user_agent': count(*) - count(user_agent)}::MAP(VARCHAR, BIGINT)
    FROM raw GROUP BY file

    UNION ALL
    SELECT 'totals', 'all', {'records': count(*), 'duplicates': (SELECT count(*) FROM duplicates)}::MAP(VARCHAR, BIGINT)
    FROM raw

    UNION ALL
    SELECT 'totals', 'all', {
        'events': count(*), 'clientless_events': count(*) FILTER (WHERE client_id IS NULL),
        'untimed_events': count(*) FILTER (WHERE client_id IS NOT NULL AND occurred_at_ms IS NULL)}::MAP(VARCHAR, BIGINT)
    FROM events

    UNION ALL
    SELECT 'totals', 'all', {
        'sessions': count(*), 'bounces': count(*) FILTER (WHERE event_count = 1), 'converting_sessions': count(*) FILTER (WHERE orders > 0),
        'session_events': sum(event_count), 'session_orders': sum(orders), 'users': (SELECT count(*) FROM users)}::MAP(VARCHAR, BIGINT)
    FROM sessions

    UNION ALL
    SELECT 'totals', 'all', {
        'orders': count(*), 'revenue_cents': sum(revenue_cents), 'clientless_orders': count(*) FILTER (WHERE client_id IS NULL),
        'orders_without_id': count(*) FILTER (WHERE coalesce(order_id, '') = ''),
        'orders_without_revenue': count(*) FILTER (WHERE revenue_cents IS NULL)}::MAP(VARCHAR, BIGINT)
    FROM orders

    UNION ALL
    SELECT 'events_by_day', coalesce(event_date::VARCHAR, 'unknown'), {'events': count(*)}::MAP(VARCHAR, BIGINT)
    FROM events GROUP BY ALL

    UNION ALL
    SELECT 'events_by_name', coalesce(raw_event_name, ''), {'events': count(*)}::MAP(VARCHAR, BIGINT)
    FROM events GROUP BY ALL

    UNION ALL
    SELECT figure, key, {
        'sessions': count(*), 'bounces': count(*) FILTER (WHERE event_count = 1),
        'converting_sessions': count(*) FILTER (WHERE orders > 0)}::MAP(VARCHAR, BIGINT)
    FROM sessions, LATERAL (VALUES
        ('sessions_by_day', session_date::VARCHAR), ('sessions_by_device', device_type), ('sessions_by_channel', channel)
    ) AS cuts(figure, key)
    GROUP BY figure, key

    UNION ALL
    SELECT 'sessions_by_channel', channel, {'orders': sum(orders), 'revenue_cents': sum(revenue_cents)}::MAP(VARCHAR, BIGINT)
    FROM sessions GROUP BY channel

    UNION ALL
    SELECT figure, key, {'orders': count(*), 'revenue_cents': sum(coalesce(revenue_cents, 0))}::MAP(VARCHAR, BIGINT)
    FROM orders, LATERAL (VALUES
        ('revenue_by_day', coalesce(event_date::VARCHAR, 'unknown')), ('revenue_by_device', device_type),
        ('first_click', first_click), ('last_click', last_click), ('conversion_type', conversion_type)
    ) AS cuts(figure, key)
    GROUP BY figure, key

    UNION ALL
    SELECT 'repeated_orders', order_id, {'orders': count(*), 'payloads': count(DISTINCT event_data)}::MAP(VARCHAR, BIGINT)
    FROM orders WHERE order_id <> '' GROUP BY order_id HAVING count(*) > 1

    UNION ALL
    SELECT 'item_prices', fit, {
        'orders': count(*), 'revenue_cents': sum(coalesce(revenue_cents, 0)), 'items': sum(coalesce(items, 0)),
        'unpriced_items': sum(coalesce(unpriced_items, 0)), 'line_cents': sum(coalesce(line_cents, 0)),
        'unit_cents': sum(coalesce(unit_cents, 0))}::MAP(VARCHAR, BIGINT)
    FROM order_fits GROUP BY fit

    UNION ALL
    SELECT 'products', product_id, {
        'orders': count(DISTINCT event_id), 'units': sum(coalesce(quantity, 0)), 'line_cents': sum(coalesce(price_cents, 0)),
        'unit_cents': sum(coalesce(price_cents, 0) * coalesce(quantity, 0))}::MAP(VARCHAR, BIGINT)
    FROM order_items GROUP BY product_id
)

SELECT figure, key, entry.key AS measure, coalesce(entry.value, 0) AS value
FROM (SELECT figure, key, unnest(map_entries(measures)) AS entry FROM wide)
ORDER BY figure, key, measure;

-- part: parquet
COPY events TO (getvariable('out') || '/cleaned_events.parquet') (FORMAT parquet, COMPRESSION zstd);
COPY sessions TO (getvariable('out') || '/sessions.parquet') (FORMAT parquet, COMPRESSION zstd);
COPY users TO (getvariable('out') || '/users.parquet') (FORMAT parquet, COMPRESSION zstd);
COPY orders TO (getvariable('out') || '/orders.parquet') (FORMAT parquet, COMPRESSION zstd);
COPY order_items TO (getvariable('out') || '/order_items.parquet') (FORMAT parquet, COMPRESSION zstd);
COPY touchpoints TO (getvariable('out') || '/touchpoints.parquet') (FORMAT parquet, COMPRESSION zstd);

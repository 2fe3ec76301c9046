-- description: The load tables: what the files said, parsed once, judged nowhere.
-- One row per input file. file_id orders files by the date in their name, then by name; its values mean nothing else.
CREATE TABLE input_files (
    file_id BIGINT NOT NULL PRIMARY KEY,
    file_name TEXT NOT NULL,           -- relative to the events folder, with /
    file_date TEXT,                    -- the date in the name (20250223 or 2025-02-23), ISO; NULL if none
    sha256 TEXT NOT NULL,              -- of the bytes on disk, lower-case hex
    byte_count BIGINT NOT NULL,        -- on disk
    record_count BIGINT NOT NULL,      -- records after the header = loaded_count + rejected_count
    loaded_count BIGINT NOT NULL,
    rejected_count BIGINT NOT NULL,
    ends_with_newline INTEGER NOT NULL, -- 0: the last record may have been cut off
    first_event_ms BIGINT,             -- the earliest and the latest time in the file; NULL where none can be read
    last_event_ms BIGINT,
    disordered_count BIGINT NOT NULL,  -- records with an earlier time than one before them, both within the file's day
    outside_day_count BIGINT NOT NULL  -- records that are on file_date neither in UTC nor in the report's time zone
);

-- How many events of a file fall on each day.
CREATE TABLE file_days (
    file_id BIGINT NOT NULL,
    event_date TEXT NOT NULL,          -- ISO day in the report's time zone
    event_count BIGINT NOT NULL,       -- events whose time could be read
    PRIMARY KEY (file_id, event_date)
);

-- One row per header cell, as the file really said it.
CREATE TABLE input_columns (
    file_id BIGINT NOT NULL,
    position BIGINT NOT NULL,          -- from 1
    raw_name TEXT NOT NULL,
    canonical_name TEXT,               -- NULL: a column that Clickpath does not know
    is_used INTEGER NOT NULL,          -- 0: unknown, or a second column of the same canonical name
    value_form TEXT,                   -- of its first value: time:zoned, time:local, time:epoch, url, json, agent, text, or a client_shape; NULL: all empty
    PRIMARY KEY (file_id, position)
);

-- One row per record that could not be read.
CREATE TABLE rejected_rows (
    file_id BIGINT NOT NULL,
    record_number BIGINT NOT NULL,     -- from 1, the header not counted
    line_number BIGINT NOT NULL,       -- physical line on which the record starts, from 1
    reason TEXT NOT NULL,              -- ragged, broken_quoting, invalid_utf8
    detail TEXT NOT NULL,              -- for a person: '6 fields, 7 expected'; never the row's values
    PRIMARY KEY (file_id, record_number)
);

-- Wide, repeating text is stored once. A key is a hash of the text, so that it is the same in
-- every run and every process may load without asking another.
-- distribute: client_key
CREATE TABLE clients (
    client_key BIGINT NOT NULL PRIMARY KEY,     -- positive
    client_id TEXT NOT NULL,
    client_shape TEXT NOT NULL,        -- the form: uuid, hex:32, digits:19, digits.digits, digits:10-text:12, text:21
    issued_at_ms BIGINT                -- the UTC epoch that the id holds; NULL where it holds none
);

CREATE TABLE pages (
    page_key BIGINT NOT NULL PRIMARY KEY,
    page_url TEXT NOT NULL,
    place_key BIGINT NOT NULL,         -- see places
    utm_content TEXT,                  -- as utm_source of places
    utm_term TEXT,
    value_count BIGINT NOT NULL,       -- parameters with a value
    hashed_count BIGINT NOT NULL       -- those of them whose value is hexadecimal, as hashes are
);

-- What a page has in common with the same page in other visits: all of its URL but the values of parameters, of which only the
-- campaign's are here. There are few places to many pages, as every click has an id of its own.
CREATE TABLE places (
    place_key BIGINT NOT NULL PRIMARY KEY,
    host TEXT,                         -- lower case, without port; NULL where the URL has none
    path TEXT,                         -- '/' at least, without query; NULL where the URL is not readable
    page_name TEXT,                    -- the last part of the path: 'thank-you'; NULL where there is none
    utm_source TEXT,                   -- decoded, trimmed; of a repeated parameter the first non-empty value
    utm_medium TEXT,
    utm_campaign TEXT,
    has_conflicting_utm INTEGER NOT NULL,       -- 1: a utm parameter is given twice with different non-empty values
    parameter_set_key BIGINT,          -- NULL: no query
    personal_data TEXT                 -- what the URL seems to hold: ' card email phone token '; NULL: nothing
);

-- The names, without values, of a URL's query parameters.
CREATE TABLE parameter_sets (
    parameter_set_key BIGINT NOT NULL PRIMARY KEY,
    parameter_names TEXT NOT NULL      -- lower case, distinct, sorted, each between spaces: ' gclid utm_source '
);

CREATE TABLE referrers (
    referrer_key BIGINT NOT NULL PRIMARY KEY,
    referrer TEXT NOT NULL,            -- '' where the cell was empty
    referrer_scheme TEXT,              -- https, android-app, ...
    referrer_host TEXT,                -- lower case, without port; NULL where there is none
    is_opaque_host INTEGER NOT NULL,   -- 1: a hash for a name, as anonymised hosts have
    personal_data TEXT,                -- as of places
    value_count BIGINT NOT NULL,
    hashed_count BIGINT NOT NULL
);

CREATE TABLE user_agents (
    user_agent_key BIGINT NOT NULL PRIMARY KEY,
    user_agent TEXT NOT NULL
);

CREATE TABLE payloads (
    payload_key BIGINT NOT NULL PRIMARY KEY,
    payload TEXT NOT NULL,
    payload_status TEXT NOT NULL       -- valid, repaired (single quotes), invalid
);

-- One row per record that was read, narrow: the text is in the tables above.
-- distribute: client_key
CREATE TABLE raw_events (
    event_id BIGINT NOT NULL PRIMARY KEY,       -- file_id * 2^32 + record_number: the order of the files
    file_id BIGINT NOT NULL,
    line_number BIGINT NOT NULL,       -- physical line on which the record starts, from 1
    client_key BIGINT NOT NULL,        -- negative (minus event_id) where has_client = 0, so that no shard takes them all
    has_client INTEGER NOT NULL,       -- 0: no client_id
    occurred_at_ms BIGINT,             -- UTC epoch milliseconds; NULL where the timestamp does not parse
    raw_timestamp TEXT,                -- only where it does not parse and is not empty
    event_date TEXT,                   -- ISO day in the report's time zone; NULL with occurred_at_ms
    hour_of_day INTEGER,               -- 0 to 23 in the report's time zone; NULL with occurred_at_ms
    event_name TEXT,                   -- as the file says; NULL where empty
    page_key BIGINT,                   -- NULL where the page_url is empty or its column missing
    place_key BIGINT,                  -- that of its page
    referrer_key BIGINT,               -- NULL where the file has no referrer column; the key of '' where empty
    user_agent_key BIGINT,             -- NULL where empty or missing
    payload_key BIGINT                 -- NULL where event_data is empty or missing
);

-- One row per event whose payload names an order or a revenue; whether it is a purchase is for SQL to say.
CREATE TABLE raw_orders (
    event_id BIGINT NOT NULL PRIMARY KEY,
    order_id TEXT,
    revenue_cents BIGINT,              -- NULL unless revenue_status is ok
    revenue_status TEXT NOT NULL,      -- ok (any finite number, also 0 or negative), missing, null, invalid, not_finite
    currency TEXT,                     -- upper case, as given
    customer_key BIGINT,               -- hash of the lower-cased e-mail or customer id in the payload, NULL if none
    item_count BIGINT NOT NULL
);

-- One row per entry of a payload's item list, for any event.
CREATE TABLE raw_order_items (
    event_id BIGINT NOT NULL,
    item_number BIGINT NOT NULL,       -- from 1, in the payload's order
    product_id TEXT,
    product_name TEXT,
    variant TEXT,
    quantity BIGINT,                   -- NULL where missing or no whole number
    price_cents BIGINT,                -- as given: of a unit or of the line, SQL infers which
    PRIMARY KEY (event_id, item_number)
);

-- How often each payload field was there: counts, not rows.
CREATE TABLE payload_field_counts (
    file_id BIGINT NOT NULL,
    event_date TEXT NOT NULL,          -- '' where the event has no readable time
    event_name TEXT NOT NULL,          -- '' where empty
    field_path TEXT NOT NULL,          -- revenue, items[].item_price; '' is the payload (or, as items[], the item) itself
    state TEXT NOT NULL,               -- value, null, empty
    value_count BIGINT NOT NULL,
    personal_count BIGINT NOT NULL,       -- those that look like an e-mail address or a card number
    PRIMARY KEY (file_id, event_date, event_name, field_path, state)
);

-- How the values of each column are written: counts, not rows.
CREATE TABLE notation_counts (
    file_id BIGINT NOT NULL,
    event_date TEXT NOT NULL,          -- '' where the event has no readable time
    column_name TEXT NOT NULL,         -- event_name, page_url, page path, page query, referrer, referrer query, user_agent, order_id, product_id, currency
    notation TEXT NOT NULL,            -- https://, small letters and digits, cut off, ...: never the value itself
    value_count BIGINT NOT NULL,       -- empty values are not counted
    first_line_number BIGINT NOT NULL, -- physical line on which the first such record starts, from 1
    PRIMARY KEY (file_id, event_date, column_name, notation)
);

-- Every day from the first to the last event or file date, filled by the loader: no date arithmetic in SQL.
CREATE TABLE calendar (
    event_date TEXT NOT NULL PRIMARY KEY,
    day_number BIGINT NOT NULL,        -- days since 1970-01-01
    weekday INTEGER NOT NULL,          -- 1 Monday to 7 Sunday
    iso_week TEXT NOT NULL,            -- 2025-W08
    month TEXT NOT NULL                -- 2025-02
);

-- What each SQL file's result was made of, so that the next run makes again only what may differ. For the runner alone.
CREATE TABLE file_results (
    path TEXT NOT NULL,
    part TEXT NOT NULL,                -- table: a model; rows, samples: a SELECT's rows; load: what is loaded
    name TEXT NOT NULL,                -- of the table or view
    recipe TEXT NOT NULL,              -- checksum of the SELECT, its parameters, and the versions of all that it reads
    version TEXT NOT NULL,             -- of the rows: the first recipe that made them; two of the same version have the same rows
    statement TEXT NOT NULL,           -- checksum of the SELECT
    parameters TEXT NOT NULL,
    inputs TEXT NOT NULL,              -- what it reads: name=version, ...
    row_count BIGINT NOT NULL,
    content TEXT,                      -- the rows as JSON; NULL of a model
    PRIMARY KEY (path, part)
);

-- What this run's checks found, so that insights and invariants can speak of it.
CREATE TABLE check_results (
    stage TEXT NOT NULL,               -- data_quality, invariants, monitor
    check_name TEXT NOT NULL,
    title TEXT NOT NULL,
    severity TEXT NOT NULL,            -- critical, warn, info
    status TEXT NOT NULL,              -- pass, fail, skipped: of the whole check
    subject_number BIGINT NOT NULL,    -- from 1, in the check's order
    subject TEXT NOT NULL,
    population BIGINT NOT NULL,
    passed INTEGER,                    -- 1, 0; NULL: nothing to judge
    message TEXT,                      -- where passed = 0
    remedy TEXT,                       -- what to do about it, where the check says it
    file_name TEXT,                    -- where it speaks of one file
    since TEXT,                        -- where it speaks of a time: an ISO day, or a day and a time
    until TEXT,
    events_touched BIGINT,             -- what it does to the numbers; NULL: the check does not say
    sessions_touched BIGINT,
    orders_touched BIGINT,
    revenue_cents_touched BIGINT,
    PRIMARY KEY (stage, check_name, subject_number)
);

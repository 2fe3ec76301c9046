-- description: How the values of each column are written, counted day by day, so that a change of their format is seen.
CREATE TABLE notation_counts (
    file_id BIGINT NOT NULL,
    event_date TEXT NOT NULL,          -- '' where the event has no readable time
    column_name TEXT NOT NULL,         -- event_name, page_url, page path, referrer, user_agent, order_id, product_id, currency
    notation TEXT NOT NULL,            -- https://, small letters and digits, cut off, ...: never the value itself
    value_count BIGINT NOT NULL,       -- empty values are not counted
    first_line_number BIGINT NOT NULL, -- physical line on which the first such record starts, from 1
    PRIMARY KEY (file_id, event_date, column_name, notation)
);

-- description: What advertising cost, where a spend.csv lies beside the events.
CREATE TABLE spend (
    line_number BIGINT NOT NULL PRIMARY KEY,
    spend_date TEXT NOT NULL,          -- ISO
    channel TEXT NOT NULL,             -- a utm_source or a channel group, as the file says
    amount_cents BIGINT NOT NULL
);

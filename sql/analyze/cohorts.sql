-- title: Visitors by the week they first came
-- description: Of the visitors first seen in a week, how many came back in each later week, and what they bought. A visitor is a cookie; known
--   bots are left out. A week that the export covers in part counts for what is there. The rate is of later weeks: in the first
--   all were there.
-- section: Visitors
-- chart: heatmap x=weeks_later y=first_week value=active_rate
-- format: visitors integer, active_visitors integer, active_rate percent 1, orders integer, revenue money, revenue_per_visitor money
WITH calendar_weeks AS (
    SELECT event_date, iso_week, CAST((day_number + 3 - (day_number + 3) % 7) / 7 AS BIGINT) AS week_number
    FROM calendar
),

first_days AS (
    SELECT first_seen_date, COUNT(*) AS visitors
    FROM users
    WHERE is_bot = 0
    GROUP BY first_seen_date
),

sizes AS (
    SELECT calendar_weeks.iso_week, calendar_weeks.week_number, CAST(SUM(first_days.visitors) AS BIGINT) AS visitors
    FROM first_days
    JOIN calendar_weeks ON calendar_weeks.event_date = first_days.first_seen_date
    GROUP BY calendar_weeks.iso_week, calendar_weeks.week_number
),

-- Most visitors come once: only the sessions of the others are read.
later_visits AS (
    SELECT DISTINCT users.client_key, users.first_seen_date, sessions.session_date
    FROM users
    JOIN sessions ON
        sessions.client_key = users.client_key
        AND sessions.session_number > 1
    WHERE users.session_count > 1 AND users.is_bot = 0
),

returns AS (
    SELECT
        first_weeks.week_number,
        later_weeks.week_number - first_weeks.week_number AS weeks_later,
        COUNT(DISTINCT later_visits.client_key) AS active_visitors
    FROM later_visits
    JOIN calendar_weeks AS first_weeks ON first_weeks.event_date = later_visits.first_seen_date
    JOIN calendar_weeks AS later_weeks ON later_weeks.event_date = later_visits.session_date
    WHERE later_weeks.week_number > first_weeks.week_number
    GROUP BY first_weeks.week_number, later_weeks.week_number - first_weeks.week_number
),

purchases AS (
    SELECT
        first_weeks.week_number,
        order_weeks.week_number - first_weeks.week_number AS weeks_later,
        COUNT(*) AS orders,
        CAST(SUM(orders.revenue_cents) AS BIGINT) AS revenue_cents
    FROM orders
    JOIN users ON users.client_key = orders.client_key
    JOIN calendar_weeks AS first_weeks ON first_weeks.event_date = users.first_seen_date
    JOIN calendar_weeks AS order_weeks ON order_weeks.event_date = orders.event_date
    WHERE users.is_bot = 0
    GROUP BY first_weeks.week_number, order_weeks.week_number - first_weeks.week_number
),

last_weeks AS (
    SELECT MAX(week_number) AS last_week_number
    FROM days
    JOIN calendar_weeks ON calendar_weeks.event_date = days.event_date
),

cells AS (
    SELECT sizes.iso_week, sizes.week_number, sizes.visitors, later.week_number - sizes.week_number AS weeks_later
    FROM sizes
    CROSS JOIN last_weeks
    JOIN (SELECT DISTINCT week_number FROM calendar_weeks) AS later ON
        later.week_number >= sizes.week_number
        AND later.week_number <= last_weeks.last_week_number
)

SELECT
    cells.iso_week AS first_week,
    cells.weeks_later,
    cells.visitors,
    CASE WHEN cells.weeks_later = 0 THEN cells.visitors ELSE COALESCE(returns.active_visitors, 0) END AS active_visitors,
    CASE WHEN cells.weeks_later > 0 THEN CAST(COALESCE(returns.active_visitors, 0) AS DOUBLE PRECISION) / cells.visitors END AS active_rate,
    COALESCE(purchases.orders, 0) AS orders,
    CAST(COALESCE(purchases.revenue_cents, 0) AS DOUBLE PRECISION) / 100 AS revenue,
    CAST(COALESCE(purchases.revenue_cents, 0) AS DOUBLE PRECISION) / 100 / cells.visitors AS revenue_per_visitor
FROM cells
LEFT JOIN returns ON returns.week_number = cells.week_number AND returns.weeks_later = cells.weeks_later
LEFT JOIN purchases ON purchases.week_number = cells.week_number AND purchases.weeks_later = cells.weeks_later
ORDER BY cells.week_number, cells.weeks_later

-- title: Known events
-- description: What you know and the data can't: a sale, a holiday, an outage. Days from starts_on to ends_on (both included) are left out
--   of every baseline of the metric ('all' for all of them). 'mute' raises nothing on those days; 'annotate' raises as
--   usual and says the note beside it. Add a row, and run again. The row here is an example.
-- grain: one row per event
-- key: starts_on, ends_on, metric, note
WITH known (starts_on, ends_on, metric, effect, note) AS (
    VALUES
        ('2000-01-01', '2000-01-02', 'all', 'annotate', 'Example: moved to the new servers')
)

SELECT starts_on, ends_on, metric, effect, note
FROM known

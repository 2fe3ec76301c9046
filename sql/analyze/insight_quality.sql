-- title: What to look into
-- description: The warnings of the quality stage, those with the most rows behind them first.
-- section: What to do next
-- kind: insight
-- format: found integer
-- param most_actions: 3
WITH failed AS (
    SELECT
        check_name,
        title,
        subject_number,
        message,
        population,
        COUNT(*) OVER (PARTITION BY check_name) AS found,
        ROW_NUMBER() OVER (PARTITION BY check_name ORDER BY population DESC, subject_number) AS message_rank
    FROM check_results
    WHERE stage = 'data_quality' AND severity IN ('critical', 'warn') AND passed = 0
),

ranked AS (
    SELECT failed.*, ROW_NUMBER() OVER (ORDER BY population DESC, check_name) AS action_number
    FROM failed
    WHERE message_rank = 1
)

SELECT
    'note' AS tone,
    CASE WHEN found = 1 THEN '{title}: {message}' ELSE '{title}: {message} ({found} findings in all.)' END AS sentence,
    title,
    message,
    found
FROM ranked
WHERE action_number <= :most_actions
ORDER BY action_number

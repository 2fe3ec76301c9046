-- title: Operating system rules
-- description: How a user agent tells the operating system: the first rule whose pattern is in the lower-cased text decides. An iPad
--   that asks for desktop pages calls itself a Mac, and is counted as one.
-- grain: one row per rule
-- key: rule_number
WITH rules (rule_number, pattern, operating_system) AS (
    VALUES
        (1, '%windows phone%', 'Windows Phone'),
        (2, '%cros %', 'ChromeOS'),
        (3, '%iphone%', 'iOS'),
        (4, '%ipod%', 'iOS'),
        (5, '%ipad%', 'iPadOS'),
        (6, '%appletv%', 'tvOS'),
        (7, '%tizen%', 'Tizen'),
        (8, '%web0s%', 'webOS'),
        (9, '%webos%', 'webOS'),
        (10, '%harmonyos%', 'HarmonyOS'),
        (11, '%kaios%', 'KaiOS'),
        (12, '%roku%', 'Roku'),
        (13, '%playstation%', 'PlayStation'),
        (14, '%xbox%', 'Xbox'),
        (15, '%silk/%', 'Fire OS'),
        (16, '%android%', 'Android'),
        (17, '%windows nt%', 'Windows'),
        (18, '%macintosh%', 'macOS'),
        (19, '%freebsd%', 'BSD'),
        (20, '%linux%', 'Linux'),
        (21, '%x11%', 'Linux')
)

SELECT rule_number, pattern, operating_system
FROM rules
